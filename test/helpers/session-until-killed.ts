/**
 * A live session that kills itself: `run|recover url sessions-folder points`. A point is each write to the journal (before
 * it, in its midst, after it, after its sync) and each append to the recording. With 0 points it lives to its end. What it
 * shows, a line a word, is what a person has seen.
 */
import {fdatasyncSync, readdirSync, writeSync} from 'node:fs';
import {join} from 'node:path';
import type {AudioSource} from '../../src/audio/source.ts';
import type {RealtimeEvent} from '../../src/realtime/events.ts';
import type {JournalDisk} from '../../src/realtime/journal.ts';
import {recoverSession} from '../../src/realtime/recover.ts';
import {runSession} from '../../src/realtime/session.ts';
import {SessionFolder} from '../../src/realtime/session-folder.ts';
import {systemClock} from '../../src/speechmatics/clock.ts';
import {RealtimeClient} from '../../src/speechmatics/realtime-client.ts';
import {CODED_RATE, codedAudio} from './coded-service.ts';

const BLOCKS = 60;
/** About 100 ms; never ends where the service is just undecided whether it heard a word. */
const PIECE_SAMPLES = 1499;
const START = {transcriptionConfig: {language: 'en', model: 'enhanced'}} as const;

const [mode, url, root, points] = process.argv.slice(2) as ['run' | 'recover', string, string, string];
let left = Number(points);

function point(): void {
	left -= 1;
	if (left === 0) process.kill(process.pid, 'SIGKILL');
}

const disk: JournalDisk = {
	write(file, bytes, position) {
		point();
		const half = bytes.length >> 1;
		writeSync(file, bytes, 0, half, position);
		point();
		writeSync(file, bytes, half, bytes.length - half, position + half);
		point();
		return bytes.length;
	},
	sync(file) {
		fdatasyncSync(file);
		point();
	},
};

function show(event: RealtimeEvent): void {
	if (event.type !== 'final') return;
	const words = event.results.map(({alternatives}) => alternatives![0]!.content);
	// Straight to the pipe: what a stream still holds dies with the process.
	writeSync(1, words.map((word) => `${word}\n`).join(''));
	point();
}

/** Like a microphone, but quicker. */
function microphone(): AudioSource {
	const bytes = new Uint8Array(codedAudio(BLOCKS).buffer);
	const piece = 2 * PIECE_SAMPLES;
	return {
		format: {type: 'raw', encoding: 'pcm_s16le', sample_rate: CODED_RATE},
		live: true,
		async *chunks() {
			for (let at = 0; at < bytes.length; at += piece) {
				yield bytes.subarray(at, at + piece);
				await new Promise((resolve) => setTimeout(resolve, 1));
			}
		},
		async stop() {},
	};
}

const newClient = () => new RealtimeClient({apiKey: 'k', url});
if (mode === 'run') {
	const folder = SessionFolder.create({source: 'mic', start: START, simulated: false}, {show, root, disk});
	const {recorder} = folder;
	const {transcript} = await runSession({
		newClient,
		openSource: async () => {
			const source = microphone();
			folder.startRecording(source.format);
			return source;
		},
		opening: 'starting microphone',
		start: START,
		pace: 'max',
		emit: folder.emit,
		stop: new AbortController().signal,
		clock: systemClock,
		spillTo: folder.spillTo,
		recorder: {
			append(bytes) {
				point();
				recorder.append(bytes);
				point();
			},
		},
	});
	await folder.finish(transcript);
} else {
	const [name] = readdirSync(root);
	await recoverSession(join(root, name!), {
		show,
		disk,
		send: {newClient, clock: systemClock, stop: new AbortController().signal},
	});
}
process.exit(0);
