/** `speechdeck jobs log`. */
import {printable} from '../../platform/printable.ts';
import {type ServiceFlags, withBatchService} from '../batch-service.ts';
import type {Streams} from '../streams.ts';
import {forEachJob} from './each-job.ts';

/** @returns the exit code */
export function jobsLogCommand(id: string, flags: ServiceFlags, streams: Streams): Promise<number> {
	return withBatchService(flags, streams, ({client, signal}) =>
		forEachJob([id], signal, streams, async () => {
			const log = printable((await client.getLog(id, {signal})).replaceAll('\r\n', '\n'), {lines: true});
			streams.out.write(log.endsWith('\n') ? log : `${log}\n`);
		}),
	);
}
