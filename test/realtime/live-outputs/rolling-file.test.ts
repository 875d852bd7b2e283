import {expect, test} from 'bun:test';
import {RollingFile, type RollingHandle} from '../../../src/realtime/live-outputs/rolling-file.ts';

/** A file in memory. @returns what it held after each step on it */
function memoryFile() {
	let content = Buffer.alloc(0);
	let failsAfter = Number.POSITIVE_INFINITY;
	const seen: string[] = [];
	const handle: RollingHandle = {
		async truncate(length = 0) {
			content = Buffer.from(content.subarray(0, length));
			seen.push(content.toString());
		},
		write: (async (bytes: Buffer, offset: number, length: number, position: number) => {
			if (length > failsAfter) throw Object.assign(new Error('full'), {code: 'ENOSPC'});
			const grown = Buffer.alloc(Math.max(content.length, position + length));
			content.copy(grown);
			bytes.copy(grown, position, offset, offset + length);
			content = grown;
			seen.push(content.toString());
			return {bytesWritten: length, buffer: bytes};
		}) as RollingHandle['write'],
		async close() {},
	};
	const file = new RollingFile('x', async () => handle);
	return {
		file,
		seen,
		failAfter(bytes: number) {
			failsAfter = bytes;
		},
	};
}

test('a reader never meets the old end behind the new one', async () => {
	const {file, seen} = memoryFile();
	file.set({settled: 'A', tail: 'a very long end\n'});
	await file.flush();
	file.set({settled: 'B', tail: 'end\n'});
	await file.flush();
	file.set({settled: '', tail: ''});
	await file.flush();
	expect(seen.filter((text) => text !== 'A')).toEqual(['Aa very long end\n', 'ABend\n', 'AB']);
});

test('nothing is written where nothing is new', async () => {
	const {file, seen} = memoryFile();
	file.set({settled: '', tail: 'end'});
	await file.flush();
	file.set({settled: '', tail: 'end'});
	await file.flush();
	expect(seen).toEqual(['end']);
});

test('what a full disk refused comes with the next, in its order, of any script', async () => {
	const {file, seen, failAfter} = memoryFile();
	file.set({settled: 'eins·', tail: 'ü'});
	await file.flush();
	failAfter(3);
	file.set({settled: 'zwei·', tail: '長い'});
	expect(file.flush()).rejects.toThrow('full');
	file.set({settled: 'drei·', tail: '終'});
	expect(file.flush()).rejects.toThrow('full');
	failAfter(100);
	await file.flush();
	expect(seen.at(-1)).toBe('eins·zwei·drei·終');
});
