/** Bare HTTP calls to an emulator, as no client of ours makes them. */
import {type Emulator, type EmulatorOptions, startEmulator} from '../../src/emulator/server.ts';
import {SAMPLE_PATH} from './sample-sound.ts';

// biome-ignore lint/suspicious/noExplicitAny: what the tests expect of an answer is what they check of it.
export type Json = any;

export const CONFIG = {type: 'transcription', transcription_config: {language: 'en', diarization: 'speaker'}};
export const start = (options: EmulatorOptions = {}) => startEmulator({processingTime: () => 0, ...options});
export const KEY = {Authorization: 'Bearer key'};

export function call({batchUrl}: Emulator, path: string, init: RequestInit = {}): Promise<Response> {
	return fetch(batchUrl + path, {headers: KEY, ...init});
}

export async function jsonOf(response: Promise<Response>): Promise<Json> {
	return (await response).json();
}

export function submit(
	emulator: Emulator,
	config: object = CONFIG,
	file = true,
	path = '/jobs',
): Promise<Response> {
	const form = new FormData();
	form.append('config', JSON.stringify(config));
	if (file) form.append('data_file', Bun.file(SAMPLE_PATH), 'a.wav');
	return call(emulator, path, {method: 'POST', body: form});
}
