import {expect} from 'bun:test';
import type {Cue} from '../../src/captions/cues.ts';

/**
 * Text is conserved exactly when it can be read off the lines: each line continues the text where the last one ended, and
 * between two lines, and at the ends, there is white space in the text or nothing. A line of a shared cue has a dash more.
 */
export function expectConserved(cues: readonly Cue[], text: string): void {
	let place = 0;
	const skipSpace = () => {
		while (/^[^\S\u00A0\u2007\u202F]/u.test(text.slice(place, place + 1))) place += 1;
	};
	for (const {lines, speakers = []} of cues) {
		const shared = new Set(speakers).size > 1;
		for (const line of lines) {
			skipSpace();
			if (shared) expect(line).toStartWith('- ');
			const said = shared ? line.slice(2) : line;
			expect(said).not.toBe('');
			if (!text.startsWith(said, place)) expect(text.slice(place, place + said.length + 20)).toBe(said);
			place += said.length;
		}
	}
	skipSpace();
	expect(text.slice(place)).toBe('');
}
