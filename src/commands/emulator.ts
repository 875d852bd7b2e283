/** `speechdeck emulator`: a local Speechmatics for other programs to talk to. */
import {mkdir} from 'node:fs/promises';
import type {FaultInput} from '../emulator/faults.ts';
import type {Mode} from '../emulator/mode.ts';
import {startEmulator} from '../emulator/server.ts';
import {EXIT} from './failure.ts';
import {listenForInterrupts} from './interrupts.ts';
import {ndjsonLine, type Streams} from './streams.ts';

export interface EmulatorFlags {
	/** 0 takes any that is free. */
	readonly port: number;
	readonly host?: string;
	readonly mode: Mode;
	/** What is to go wrong. */
	readonly fault: readonly FaultInput[];
	/** Realtime sessions at once. */
	readonly quota?: number;
	/** Seconds that each batch job takes. */
	readonly processing?: number;
	/** Folder for what realtime sessions sent, one file of raw samples each. */
	readonly saveAudio?: string;
	/** Each request and session on stderr, as it comes. */
	readonly log?: boolean;
}

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|localhost)$/;

/** Serves until interrupted. @returns the exit code */
export async function emulatorCommand(
	{port, host, mode, fault, quota, processing, saveAudio, log}: EmulatorFlags,
	{out, err}: Streams,
): Promise<number> {
	if (saveAudio !== undefined) await mkdir(saveAudio, {recursive: true});
	using interrupts = listenForInterrupts(() => {});
	await using emulator = await startEmulator({
		port,
		mode,
		faults: fault,
		...(host !== undefined && {host}),
		...(quota !== undefined && {quota}),
		...(processing !== undefined && {processingTime: () => processing * 1000}),
		...(saveAudio !== undefined && {saveAudioTo: saveAudio}),
		...(log === true && {
			log: (line: object) => err.line(ndjsonLine({at: new Date().toISOString(), ...line})),
		}),
	});
	const {batchUrl, realtimeUrl} = emulator;
	out.line(
		ndjsonLine({
			type: 'listening',
			port: emulator.port,
			batchUrl,
			realtimeUrl,
			managementUrl: new URL(batchUrl).origin,
		}),
	);
	const reach =
		host === undefined || LOOPBACK.test(host)
			? 'on this machine only'
			: `for every machine that reaches ${host}, which is not protected by any key`;
	err.line(`A simulated Speechmatics listens ${reach}; any key will do. Ctrl-C stops it.`);
	await new Promise<void>((resolve) => interrupts.signal.addEventListener('abort', () => resolve()));
	out.line(ndjsonLine({type: 'stopped', ...emulator.statistics()}));
	return EXIT.ok;
}
