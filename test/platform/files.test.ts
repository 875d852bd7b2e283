import {afterAll, expect, test} from 'bun:test';
import {execFileSync, spawnSync} from 'node:child_process';
import {
	chmodSync,
	lstatSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	symlinkSync,
	utimesSync,
	writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {
	type Disk,
	replaceFile,
	sweepHalfFiles,
	writeNewFiles,
	writeNewSet,
} from '../../src/platform/files.ts';

const root = mkdtempSync(join(tmpdir(), 'speechdeck-test-'));
afterAll(() => rmSync(root, {recursive: true}));
const files = (content: string) => [
	{ending: '.txt', content},
	{ending: '.srt', content},
];

test('nothing that is there is overwritten, and what belongs together keeps one number', async () => {
	const folder = join(root, 'a/b');
	expect(await writeNewFiles(folder, 'talk', files('1'))).toEqual([
		join(folder, 'talk.txt'),
		join(folder, 'talk.srt'),
	]);
	writeFileSync(join(folder, 'talk-2.srt'), 'mine');
	expect(await writeNewFiles(folder, 'talk', files('2'))).toEqual([
		join(folder, 'talk-3.txt'),
		join(folder, 'talk-3.srt'),
	]);
	expect(readFileSync(join(folder, 'talk.txt'), 'utf8')).toBe('1');
	expect(readFileSync(join(folder, 'talk-2.srt'), 'utf8')).toBe('mine');
	expect(readdirSync(folder).sort()).toEqual([
		'talk-2.srt',
		'talk-3.srt',
		'talk-3.txt',
		'talk.srt',
		'talk.txt',
	]);
});

test('many writers at once never meet under one name', async () => {
	const folder = join(root, 'race');
	const written = await Promise.all(
		Array.from({length: 20}, (_, index) => writeNewFiles(folder, 'talk', files(String(index)))),
	);
	expect(new Set(written.flat()).size).toBe(40);
	for (const [index, paths] of written.entries()) {
		for (const path of paths) expect(readFileSync(path, 'utf8')).toBe(String(index));
	}
	expect(readdirSync(folder)).toHaveLength(40);
});

test('control characters do not get into a name', async () => {
	const [path] = await writeNewFiles(root, '\u001B[31mred\n', [{ending: '.txt', content: ''}]);
	expect(path).toBe(join(root, '_[31mred_.txt'));
});

test('a set of names goes into folders of its own, and a name that does not change gets a number all the same', async () => {
	const folder = join(root, 'set');
	const names = (number: number) => [`day/talk${number === 1 ? '' : `-${number}`}.txt`, 'same.srt'];
	expect(await writeNewSet(folder, names, ['1', '2'])).toEqual([
		join(folder, 'day/talk.txt'),
		join(folder, 'same.srt'),
	]);
	const again = await writeNewSet(folder, () => ['day/talk.txt', 'same.srt'], ['3', '4']);
	expect(again).toEqual([join(folder, 'day/talk-2.txt'), join(folder, 'same-2.srt')]);
	expect(again.map((path) => readFileSync(path, 'utf8'))).toEqual(['3', '4']);
	await expect(writeNewSet(folder, () => ['a', 'a'], ['', ''])).rejects.toThrow('one name');
});

test('a file is replaced whole, keeps its permissions, and a link stays a link', async () => {
	const folder = join(root, 'replaced');
	await replaceFile(join(folder, 'new.json'), 'secret', {mode: 0o600});
	if (process.platform !== 'win32') expect(statSync(join(folder, 'new.json')).mode & 0o777).toBe(0o600);

	writeFileSync(join(folder, 'talk.txt'), 'old');
	chmodSync(join(folder, 'talk.txt'), 0o640);
	symlinkSync('talk.txt', join(folder, 'link.txt'));
	await replaceFile(join(folder, 'link.txt'), 'new');
	expect(lstatSync(join(folder, 'link.txt')).isSymbolicLink()).toBeTrue();
	expect(readFileSync(join(folder, 'talk.txt'), 'utf8')).toBe('new');
	if (process.platform !== 'win32') expect(statSync(join(folder, 'talk.txt')).mode & 0o777).toBe(0o640);
	expect(readdirSync(folder).sort()).toEqual(['link.txt', 'new.json', 'talk.txt']);
});

test('half files of a killed program are swept away, those being written are not', async () => {
	const folder = join(root, 'swept');
	mkdirSync(folder);
	for (const name of ['.speechdeck-old.part', '.speechdeck-new.part', '.other.part', 'talk.txt']) {
		writeFileSync(join(folder, name), '');
		if (!name.includes('new')) utimesSync(join(folder, name), 1, 1);
	}
	await sweepHalfFiles(folder);
	expect(readdirSync(folder).sort()).toEqual(['.other.part', '.speechdeck-new.part', 'talk.txt']);
});

/** Takes so many writes whole, and of the next one a part. */
function fullAfter(writes: number): Disk {
	return {
		async write(file, content) {
			if (writes-- > 0) return file.writeFile(content);
			await file.writeFile(content.slice(0, 1));
			throw Object.assign(new Error('ENOSPC: no space left on device, write'), {code: 'ENOSPC'});
		},
	};
}

test('a disk that fills up leaves nothing new behind and the old as it was', async () => {
	const folder = join(root, 'full');
	const full = `no space is left on the disk of ${folder}`;
	await expect(writeNewFiles(folder, 'talk', files('content'), fullAfter(1))).rejects.toThrow(full);
	expect(readdirSync(folder)).toEqual([]);

	writeFileSync(join(folder, 'talk.txt'), 'old');
	await expect(replaceFile(join(folder, 'talk.txt'), 'new', {disk: fullAfter(0)})).rejects.toMatchObject({
		message: full,
		code: 'ENOSPC',
	});
	expect(readdirSync(folder)).toEqual(['talk.txt']);
	expect(readFileSync(join(folder, 'talk.txt'), 'utf8')).toBe('old');
});

/** A file system of 64 kB, where this user may make one. */
function mountTiny(): string | undefined {
	const folder = join(root, 'tiny');
	mkdirSync(folder);
	if (process.platform !== 'linux') return undefined;
	const {status} = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder], {stdio: 'ignore'});
	return status === 0 ? folder : undefined;
}

const tiny = mountTiny();
const why = tiny === undefined ? ' (skipped: needs the right to mount)' : '';
test.skipIf(tiny === undefined)(`a disk that is really full does too${why}`, async () => {
	try {
		const large = 'x'.repeat(48_000);
		writeFileSync(join(tiny!, 'old.txt'), 'old');
		await expect(writeNewFiles(tiny!, 'talk', files(large))).rejects.toThrow('no space is left');
		expect(readdirSync(tiny!)).toEqual(['old.txt']);
		await expect(replaceFile(join(tiny!, 'old.txt'), large + large)).rejects.toThrow('no space is left');
		expect(readdirSync(tiny!)).toEqual(['old.txt']);
		expect(readFileSync(join(tiny!, 'old.txt'), 'utf8')).toBe('old');
		expect(await writeNewFiles(tiny!, 'talk', files('fits'))).toHaveLength(2);
	} finally {
		execFileSync('umount', [tiny!]);
	}
});
