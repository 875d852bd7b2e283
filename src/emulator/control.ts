/** What tests of other programs ask of the emulator itself, on the port of the service: `/_emulator/…`. */
import type {IncomingMessage, ServerResponse} from 'node:http';
import {json} from 'node:stream/consumers';
import {answerJson} from './answers.ts';
import type {FaultPlan} from './fault-plan.ts';
import {faultsOf} from './faults.ts';
import type {EmulatorStatistics} from './options.ts';

export interface Controlled {
	readonly faults: FaultPlan;
	readonly lines: readonly object[];
	readonly statistics: () => EmulatorStatistics;
}

export async function control(
	request: IncomingMessage,
	response: ServerResponse,
	path: readonly string[],
	{faults, lines, statistics}: Controlled,
): Promise<void> {
	switch (`${request.method} ${path.join('/')}`) {
		case 'PUT faults':
			try {
				faults.set(faultsOf(await json(request)));
			} catch (error) {
				return answerJson(response, 422, {code: 422, error: (error as Error).message});
			}
			return answerJson(response, 200, faults.pending);
		case 'DELETE faults':
			faults.set([]);
			return answerJson(response, 200, []);
		case 'GET faults':
			return answerJson(response, 200, faults.pending);
		case 'GET requests':
			return answerJson(response, 200, lines);
		case 'GET statistics':
			return answerJson(response, 200, statistics());
	}
	answerJson(response, 404, {code: 404, error: 'Not Found'});
}
