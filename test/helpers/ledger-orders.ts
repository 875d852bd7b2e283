import type {IntendedJob, Order} from '../../src/batch/ledger/records.ts';

export const ACCOUNT = 'service.example';

export function order(file: string, more: Partial<Order> = {}): Order {
	return {
		account: ACCOUNT,
		source: `/recordings/${file}`,
		kind: 'file',
		file,
		name: file,
		size: 100,
		seconds: 1,
		transcode: false,
		config: {type: 'transcription', transcription_config: {language: 'en'}},
		configHash: 'config',
		delivery: {to: 'files', folder: '/out', stem: file, template: '{stem}.{ext}', formats: ['txt']},
		priority: 0,
		...more,
	} as Order;
}

/** A job that is about to be asked for. */
export function workAt(file: string, more: Partial<IntendedJob> = {}): IntendedJob {
	return {
		account: ACCOUNT,
		reference: `speechdeck-${file}`,
		base: `speechdeck-${file}`,
		attempt: 1,
		content: file,
		configHash: 'config',
		size: 100,
		model: 'enhanced',
		language: 'en',
		audioSeconds: 1,
		...more,
	};
}
