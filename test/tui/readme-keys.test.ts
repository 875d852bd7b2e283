/**
 * The README's tables of keys are those that work. After a change of keys:
 * UPDATE_KEYS=1 bun test test/tui/readme-keys.test.ts
 */
import {expect, test} from 'bun:test';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {globalBindings} from '../../src/tui/keys/app-bindings.ts';
import type {BindingGroup} from '../../src/tui/keys/bindings.ts';
import {shownKey} from '../../src/tui/keys/key-names.ts';
import {viewerBindings} from '../../src/tui/keys/viewer-bindings.ts';
import {fakeApp} from '../helpers/fake-app.ts';
import {viewing} from '../helpers/viewed.ts';

const README = join(import.meta.dir, '../../README.md');
const SIZE = {rows: 20, columns: 80};
const SECTION = /(<!-- keys: .* -->\n)[\s\S]*?(<!-- \/keys -->)/;

/** A key as Markdown has it, in a table. */
const code = (key: string) => (key === '`' ? '`` ` ``' : `\`${shownKey(key).replace('|', '\\|')}\``);

function table({title, bindings}: BindingGroup): string {
	const rows = bindings
		.filter(({keys}) => keys.length > 0)
		.map(({keys, description}) => [keys.map(code).join(' '), description] as const);
	const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
	const line = (cells: readonly [string, string]) =>
		`| ${cells[0].padEnd(widths[0]!)} | ${cells[1].padEnd(widths[1]!)} |`;
	const rule = `| ${'-'.repeat(widths[0]!)} | ${'-'.repeat(widths[1]!)} |`;
	return [`**${title}**`, '', line(['', '']), rule, ...rows.map(line)].join('\n');
}

test('the keys in the README are those of the app', () => {
	const app = fakeApp();
	const groups = [
		globalBindings(app),
		...app.places.flatMap((place) => place.bindings(SIZE)),
		...viewerBindings(viewing('One. Two.').viewer, SIZE),
	];
	const tables = `\n${groups.map(table).join('\n\n')}\n\n`;
	const readme = readFileSync(README, 'utf8');
	expect(readme).toMatch(SECTION);
	const made = readme.replace(SECTION, (_, before: string, after: string) => before + tables + after);
	if (process.env.UPDATE_KEYS === '1') writeFileSync(README, made);
	else expect(readme).toBe(made);
});
