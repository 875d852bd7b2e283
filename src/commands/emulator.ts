/** `speechdeck emulator`: a local Speechmatics for other programs to talk to. */
import {mkdir} from 'node:fs/promises';
import {startEmulator} from '../emulator/server.ts';
import {EXIT} from './failure.ts';
import {listenForInterrupts} from './interrupts.ts';
import {ndjsonLine, type Streams} from './streams.ts';

export interface EmulatorFlags {
	/** 0 takes any that is free. */
	readonly port: number;
	/** Folder for what realtime sessions sent, one file of raw samples each. */
	readonly saveAudio?: string;
}

/** Serves until interrupted. @returns the exit code */
export async function emulatorCommand(
	{port, saveAudio}: EmulatorFlags,
	{out, err}: Streams,
): Promise<number> {
	if (saveAudio !== undefined) await mkdir(saveAudio, {recursive: true});
	using interrupts = listenForInterrupts(() => {});
	await using emulator = await startEmulator({
		port,
		...(saveAudio !== undefined && {saveAudioTo: saveAudio}),
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
	err.line('A simulated Speechmatics listens on this machine only; any key will do. Ctrl-C stops it.');
	await new Promise<void>((resolve) => interrupts.signal.addEventListener('abort', () => resolve()));
	out.line(ndjsonLine({type: 'stopped', ...emulator.statistics()}));
	return EXIT.ok;
}
