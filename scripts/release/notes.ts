import {createHash} from 'node:crypto';
import {fileSize} from '../../src/platform/units.ts';
import type {Target} from './targets.ts';

/** What became of one target. */
export interface Outcome {
	readonly target: Target;
	/** Why it could not be built, in a sentence; undefined where it was. */
	readonly failure?: string;
	/** Bytes of the executable and of the archive. */
	readonly size: number;
	readonly archived: number;
	readonly archive: string;
	/** True where the capture addon is inside. */
	readonly addon: boolean;
	/** True where the executable was started and told its version. */
	readonly started: boolean;
}

/** The text of RELEASE.md: what each file contains, and what of it was tried. */
export function releaseNotes(version: string, host: string, outcomes: readonly Outcome[]): string {
	const rows = outcomes.map(({target, failure, size, archived, archive, addon, started}) => {
		const cells =
			failure === undefined
				? [archive, fileSize(archived), fileSize(size), microphone(target, addon), started ? 'yes' : 'no']
				: ['could not be built', '', '', '', ''];
		return `| ${[target.title, ...cells].join(' | ')} |`;
	});
	return `# speechdeck ${version}

Built on ${host} with Bun ${Bun.version}.

| system | archive | its size | unpacked | microphone | started where it was built |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}

Each archive holds the program, README.md, LICENSE and THIRD-PARTY-NOTICES.txt. The program needs nothing else to run;
with ffmpeg on the PATH it also streams and converts recordings that are not WAV. \`sha256sum -c SHA256SUMS\` checks what was downloaded.

The microphone needs a native addon, which is compiled on the system it is for. A program without it does everything
else, and captions live audio through a pipe: \`RECORDER | speechdeck realtime --source -\` (16 kHz mono s16le, or WAV).
To have one with the microphone on Linux or macOS, run \`bun run build\` there with a C++ compiler (and, except on Linux
x64, PortAudio's development package).
`;
}

function microphone({platform}: Target, addon: boolean): string {
	if (!addon) return 'no addon: through a pipe only';
	return platform === 'linux' ? 'yes; needs libasound2 and libstdc++6' : 'yes';
}

/** One line about a target, for whoever runs the release. */
export function outcomeSentence({target, failure, size, archived, addon, started}: Outcome): string {
	if (failure !== undefined) return `${target.name}: not built. ${failure}`;
	const sizes = `${fileSize(size)}, archive ${fileSize(archived)}`;
	const contents = addon
		? 'with the microphone'
		: 'without the microphone (its addon is built on that system)';
	return `${target.name}: ${sizes}; ${contents}; ${started ? 'started here' : 'not started here'}.`;
}

/** The lines of SHA256SUMS, as sha256sum writes and checks them. */
export function checksums(
	files: ReadonlyArray<{readonly name: string; readonly content: Uint8Array}>,
): string {
	return files
		.toSorted((a, b) => (a.name < b.name ? -1 : 1))
		.map(({name, content}) => `${createHash('sha256').update(content).digest('hex')}  ${name}\n`)
		.join('');
}
