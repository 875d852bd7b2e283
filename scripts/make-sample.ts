/**
 * Makes `src/emulator/sample.wav` anew from `src/emulator/script.ts`, with espeak-ng and sox. Only needed after a
 * change of the script: `bun scripts/make-sample.ts`.
 */
import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {SAMPLE_SENTENCES, type Sentence} from '../src/emulator/script.ts';

const VOICES: Record<Sentence['speaker'], readonly string[]> = {
	S1: ['-v', 'en-gb', '-p', '38', '-s', '180'],
	S2: ['-v', 'en-us+f3', '-p', '60', '-s', '195'],
};

/** Long enough that a pause is never taken for a comma; not all equal, as in a real meeting. */
const PAUSES_S = [0.55, 0.62, 0.58, 0.66, 0.6, 0.5];
const LEAD_IN_S = 0.3;
const RATE = 16_000;
/** A little noise instead of digital silence, so that the speech detector meets what a room gives it. */
const NOISE = ['synth', 'whitenoise', 'vol', '0.0004'];

const target = fileURLToPath(new URL('../src/emulator/sample.wav', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'speechdeck-sample-'));
try {
	const parts = SAMPLE_SENTENCES.map(({speaker, text}, index) => {
		const spoken = join(folder, `${index}-spoken.wav`);
		const part = join(folder, `${index}.wav`);
		execFileSync('espeak-ng', [...VOICES[speaker], '-w', spoken, text]);
		const trim = ['silence', '1', '0.01', '0.5%', 'reverse', 'silence', '1', '0.01', '0.5%', 'reverse'];
		const pause = ['pad', index === 0 ? String(LEAD_IN_S) : '0', String(PAUSES_S[index] ?? 0.6)];
		execFileSync('sox', ['-R', spoken, '-r', String(RATE), part, ...trim, 'norm', '-4', ...pause]);
		return part;
	});
	const speech = join(folder, 'speech.wav');
	execFileSync('sox', ['-R', ...parts, speech]);
	const noise = join(folder, 'noise.wav');
	execFileSync('sox', ['-R', speech, noise, ...NOISE]);
	// -R seeds the noise and the dither the same each time: the same script gives the same bytes.
	execFileSync('sox', ['-R', '-m', '-v', '1', speech, '-v', '1', noise, '-b', '16', target]);
} finally {
	rmSync(folder, {recursive: true, force: true});
}
