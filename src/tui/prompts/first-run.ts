import {input, password, select} from '@inquirer/prompts';
import {printable} from '../../platform/printable.ts';
import {parseEndpoint} from '../../speechmatics/endpoints.ts';
import {type Answer, ask, type PromptContext, SELECT_THEME} from './ask.ts';

/** How somebody without a key wants to use the program. */
export type FirstRunChoice =
	| {readonly kind: 'key'; readonly key: string}
	| ({readonly kind: 'service'} & ServiceAddresses)
	| {readonly kind: 'demo'}
	| {readonly kind: 'quit'};

export interface ServiceAddresses {
	readonly batchUrl: string;
	readonly realtimeUrl: string;
}

export interface FirstRunTrials {
	/** @returns undefined where the service takes the key, or one sentence that says why not */
	tryKey(key: string): Promise<string | undefined>;
	/** @returns undefined where the services answer, or one sentence that says why not */
	tryService(addresses: ServiceAddresses): Promise<string | undefined>;
}

const KEY_NOTE = `The key is kept until this program ends, written nowhere.
To keep it for good, run "speechdeck login", or set SPEECHMATICS_API_KEY.
`;

/**
 * Asks how to start, where no key is set. Esc goes one step back; Ctrl-C is the choice to quit.
 */
export async function firstRun(trials: FirstRunTrials): Promise<FirstRunChoice> {
	const ways = {
		key: () => askKey(trials),
		service: () => askService(trials),
		demo: async () => given<FirstRunChoice>({kind: 'demo'}),
		quit: async () => given<FirstRunChoice>({kind: 'quit'}),
	};
	for (;;) {
		const way = await ask((context) =>
			select(
				{
					message: 'How do you want to start?',
					choices: [
						{value: 'key', name: 'Paste an API key'},
						{value: 'service', name: 'Use a service of your own (on-prem)'},
						{value: 'demo', name: 'Try the demo, without an account'},
						{value: 'quit', name: 'Quit'},
					] as const,
					theme: SELECT_THEME,
				},
				context,
			),
		);
		if (way.type !== 'given') return {kind: 'quit'};
		const choice = await ways[way.value]();
		if (choice.type === 'given') return choice.value;
		if (choice.type === 'interrupted') return {kind: 'quit'};
	}
}

async function askKey({tryKey}: FirstRunTrials): Promise<Answer<FirstRunChoice>> {
	say(KEY_NOTE);
	for (;;) {
		const answer = await ask((context) =>
			password(
				{
					message: 'API key:',
					mask: '*',
					toggleMask: false,
					validate: (text) => text.trim() !== '' || 'Paste a key, or press Esc to go back.',
				},
				context,
			),
		);
		if (answer.type !== 'given') return answer;
		const key = answer.value.trim();
		if (await passes('Trying the key', () => tryKey(key))) return given({kind: 'key', key});
	}
}

async function askService({tryService}: FirstRunTrials): Promise<Answer<FirstRunChoice>> {
	let batchUrl = 'http://';
	let realtimeUrl = 'ws://';
	for (;;) {
		const batch = await ask(addressPrompt('Batch address:', batchUrl, ['https:', 'http:']));
		if (batch.type !== 'given') return batch;
		batchUrl = batch.value.trim();
		const realtime = await ask(addressPrompt('Realtime address:', realtimeUrl, ['wss:', 'ws:']));
		if (realtime.type !== 'given') return realtime;
		realtimeUrl = realtime.value.trim();
		const addresses = {batchUrl, realtimeUrl};
		if (await passes('Trying the service', () => tryService(addresses)))
			return given({kind: 'service', ...addresses});
	}
}

function addressPrompt(message: string, initial: string, protocols: readonly string[]) {
	return (context: PromptContext) =>
		input(
			{
				message,
				default: initial,
				prefill: 'editable',
				validate: (text) => {
					try {
						parseEndpoint(text.trim(), protocols);
						return true;
					} catch (error) {
						return (error as Error).message;
					}
				},
			},
			context,
		);
}

/** Runs a trial and tells what it found. */
async function passes(what: string, trial: () => Promise<string | undefined>): Promise<boolean> {
	say(`${what} ... `);
	const refusal = await trial().catch((error: Error) => error.message);
	say(refusal === undefined ? 'it works.\n' : `\n${printable(refusal)}\n`);
	return refusal === undefined;
}

function given<Value>(value: Value): Answer<Value> {
	return {type: 'given', value};
}

function say(text: string): void {
	process.stdout.write(text);
}
