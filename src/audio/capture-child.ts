/** Starts a capture process and listens to it. */
import {type ChildProcess, spawn} from 'node:child_process';
import {closeSync} from 'node:fs';
import {createInterface} from 'node:readline';
import type {Readable} from 'node:stream';
import {logPath, openLog} from '../platform/log-file.ts';
import {type Command, selfCommand} from '../platform/self.ts';
import {CAPTURE_COMMAND, type CaptureStatus, PCM_DESCRIPTOR, STATUS_DESCRIPTOR} from './capture-messages.ts';
import {AudioError} from './source.ts';

/** How to start a capture process with these arguments. */
export type CaptureCommand = (args: readonly string[]) => Command;

/** This program itself, by its hidden command. */
export const captureCommand: CaptureCommand = (args) => selfCommand([CAPTURE_COMMAND, ...args]);

export interface CaptureListener {
	onStatus(status: CaptureStatus): void;
	onSamples(bytes: Uint8Array): void;
}

export interface CaptureChild {
	/** Fulfilled when the process is gone and everything it sent was delivered; with what went wrong, if anything did. */
	readonly ended: Promise<AudioError | undefined>;
	/** Asks it to send what it has captured and to end. */
	stop(): void;
	/** Ends it at once. */
	kill(): void;
}

/**
 * Starts a capture process. It ends by itself when this process does.
 *
 * @param environment variables it gets beside those of this process
 */
export function startCapture(
	{command, args}: Command,
	listener: CaptureListener,
	environment: Readonly<Record<string, string>> = {},
): CaptureChild {
	const log = openLog();
	let child: ChildProcess;
	try {
		const chatter = log ?? 'ignore';
		child = spawn(command, args, {
			stdio: ['pipe', chatter, chatter, 'pipe', 'pipe'],
			env: {...process.env, ...environment},
		});
	} finally {
		if (log !== undefined) closeSync(log);
	}

	const samples = child.stdio[PCM_DESCRIPTOR] as Readable;
	const statuses = child.stdio[STATUS_DESCRIPTOR] as Readable;
	let failure: AudioError | undefined;
	samples.on('data', (bytes) => listener.onSamples(bytes));
	createInterface({input: statuses}).on('line', (line) => {
		const status: CaptureStatus = JSON.parse(line);
		if (status.type === 'error') failure = new AudioError(status.message);
		else listener.onStatus(status);
	});
	// A process that has just ended cannot be asked to stop; its end says why.
	child.stdin!.on('error', () => {});

	const exited = new Promise<AudioError | undefined>((resolve) => {
		child.on('error', (error) => {
			resolve(new AudioError(`The capture process could not be started: ${error.message}.`));
		});
		child.on('exit', (code, signal) => resolve(code === 0 ? undefined : diedError(signal ?? `code ${code}`)));
	});
	// Bun's `close` event does not wait for the descriptors beyond stderr.
	const ended = Promise.all([exited, closed(samples), closed(statuses)]).then(([death]) => failure ?? death);
	return {
		ended,
		stop: () => child.stdin!.end('stop\n'),
		kill: () => child.kill('SIGKILL'),
	};
}

function closed(stream: Readable): Promise<unknown> {
	return new Promise((resolve) => {
		stream.on('end', resolve);
		stream.on('close', resolve);
		stream.on('error', resolve);
	});
}

function diedError(how: string): AudioError {
	return new AudioError(`The capture process died (${how}); the log ${logPath()} may say why.`);
}
