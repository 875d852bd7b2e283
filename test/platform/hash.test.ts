import {afterAll, expect, test} from 'bun:test';
import {createHash} from 'node:crypto';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {sha256OfFile} from '../../src/platform/hash.ts';

const root = mkdtempSync(join(tmpdir(), 'speechdeck-test-'));
afterAll(() => rmSync(root, {recursive: true}));

test('the SHA-256 of a file is that of its bytes, and hashing can be stopped', async () => {
	const bytes = Buffer.alloc(3_000_001, 'speech');
	writeFileSync(join(root, 'large'), bytes);
	expect(await sha256OfFile(join(root, 'large'))).toBe(createHash('sha256').update(bytes).digest('hex'));
	const stopped = AbortSignal.abort(new Error('enough'));
	await expect(sha256OfFile(join(root, 'large'), stopped)).rejects.toThrow('enough');
	await expect(sha256OfFile(join(root, 'none'))).rejects.toMatchObject({code: 'ENOENT'});
});
