import {expect, test} from 'bun:test';
import {readdirSync, readFileSync} from 'node:fs';
import {dirname, join, relative, resolve} from 'node:path';

const SRC = resolve(import.meta.dir, '../src');

/** The engines, and what they stand on. */
const ENGINES = ['batch', 'realtime', 'captions', 'audio', 'settings', 'speechmatics', 'platform'];
const ABOVE_ENGINES = ['history', 'compare', 'doctor', ...ENGINES];

/** Which rooms a room may import, besides itself: the arrows of the README's architecture section. */
const ARROWS: Record<string, readonly string[]> = {
	platform: [],
	speechmatics: [],
	captions: ['speechmatics'],
	audio: ['speechmatics', 'platform'],
	settings: ['speechmatics', 'platform'],
	batch: ['captions', 'audio', 'settings', 'speechmatics', 'platform'],
	realtime: ['captions', 'audio', 'settings', 'speechmatics', 'platform'],
	compare: ENGINES,
	history: ENGINES,
	doctor: ENGINES,
	emulator: ['speechmatics', 'audio', 'platform'],
	tui: ABOVE_ENGINES,
	commands: ['tui', ...ABOVE_ENGINES, 'emulator'],
};

const sources = readdirSync(SRC, {recursive: true, encoding: 'utf8'}).filter((path) => /\.tsx?$/.test(path));

/** Specifiers of static imports and re-exports, or of dynamic imports. */
function importsOf(path: string, kind: 'static' | 'dynamic'): string[] {
	const text = readFileSync(join(SRC, path), 'utf8');
	const pattern =
		kind === 'static' ? /^(?:import|export)\s(?:[^;]*?\sfrom\s)?'([^']+)'/gm : /\bimport\('([^']+)'\)/g;
	return [...text.matchAll(pattern)].map((match) => match[1]!);
}

/** The file in src that a specifier means, or undefined for a package. */
function target(from: string, specifier: string): string | undefined {
	return specifier.startsWith('.') ? relative(SRC, resolve(SRC, dirname(from), specifier)) : undefined;
}

const roomOf = (path: string) => path.split('/')[0]!;

test('every room is on the map', () => {
	const rooms = new Set(sources.filter((path) => path.includes('/')).map(roomOf));
	expect([...rooms].filter((room) => ARROWS[room] === undefined)).toEqual([]);
});

test('imports follow the arrows between the rooms', () => {
	const wrong = sources
		.filter((path) => path.includes('/'))
		.flatMap((path) =>
			[...importsOf(path, 'static'), ...importsOf(path, 'dynamic')]
				.map((specifier) => target(path, specifier))
				.filter((to) => to !== undefined && !to.startsWith('..'))
				.filter((to) => roomOf(to!) !== roomOf(path) && !ARROWS[roomOf(path)]!.includes(roomOf(to!)))
				.map((to) => `${path} -> ${to}`),
		);
	expect(wrong).toEqual([]);
});

test('only the platform room knows Bun or Deno', () => {
	const knowing = sources.filter(
		(path) =>
			roomOf(path) !== 'platform' &&
			/\b(Bun|Deno)\./.test(readFileSync(join(SRC, path), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')),
	);
	expect(knowing).toEqual([]);
});

test('the door loads no screen: Ink and React are not in its static imports', () => {
	const loaded = new Set<string>();
	const packages = new Set<string>();
	const visit = (path: string) => {
		if (loaded.has(path)) return;
		loaded.add(path);
		for (const specifier of importsOf(path, 'static')) {
			const to = target(path, specifier);
			if (to === undefined) packages.add(specifier);
			else if (!to.startsWith('..')) visit(to);
		}
	};
	visit('main.ts');
	// What main imports dynamically runs for `--version` and `--help` too.
	visit('commands/program.ts');
	expect([...packages].filter((name) => /^(ink|react)\b|inquirer/.test(name))).toEqual([]);
	expect([...loaded]).toContain('commands/program.ts');
});
