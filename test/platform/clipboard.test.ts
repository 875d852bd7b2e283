import {describe, expect, test} from 'bun:test';
import {copyText} from '../../src/platform/clipboard.ts';

const ESCAPE = '\u001B';

/** What was written to the terminal, and which programs were given what. */
async function copied(
	text: string,
	environment: Record<string, string>,
	{system = 'linux', programs = [] as readonly string[], takes = true} = {},
) {
	const written: string[] = [];
	const given: string[] = [];
	const result = await copyText(text, {
		write: (sequence) => written.push(sequence),
		environment,
		system,
		find: (name) => (programs.includes(name) ? `/bin/${name}` : undefined),
		give: async (program, args, content) => {
			given.push([program, ...args, content].join(' '));
			return takes;
		},
	});
	return {...result, written: written.join(''), given};
}

const encoded = (text: string) => Buffer.from(text).toString('base64');

describe('copying', () => {
	test('asks the terminal, in any script', async () => {
		const {written, by, isWhole} = await copied('é 会', {TERM: 'xterm'});
		expect(written).toBe(`${ESCAPE}]52;c;${encoded('é 会')}\u0007`);
		expect([by, isWhole]).toEqual([undefined, true]);
	});

	test('gets past tmux and GNU screen', async () => {
		const bare = `${ESCAPE}]52;c;${encoded('x')}\u0007`;
		const inTmux = await copied('x', {TMUX: '/tmp/tmux,1,0'}, {programs: ['tmux']});
		expect(inTmux.written).toBe(`${bare}${ESCAPE}Ptmux;${ESCAPE}${bare}${ESCAPE}\\`);
		expect(inTmux.given).toEqual(['/bin/tmux load-buffer -w - x']);
		const inScreen = await copied('long '.repeat(400), {STY: '1.x'});
		const chunks = inScreen.written.split(`${ESCAPE}\\`).slice(0, -1);
		expect(chunks.length).toBeGreaterThan(3);
		for (const chunk of chunks) expect(chunk.length).toBeLessThan(768);
		const joined = chunks.map((chunk) => chunk.slice(2)).join('');
		expect(joined).toBe(`${ESCAPE}]52;c;${encoded('long '.repeat(400))}\u0007`);
	});

	test('asks the program of the system that is there', async () => {
		const all = ['wl-copy', 'xclip', 'pbcopy', 'clip'];
		expect((await copied('x', {WAYLAND_DISPLAY: 'w'}, {programs: all})).by).toBe('wl-copy');
		expect((await copied('x', {DISPLAY: ':0'}, {programs: all})).given).toEqual([
			'/bin/xclip -selection clipboard x',
		]);
		expect((await copied('x', {}, {programs: all, system: 'darwin'})).by).toBe('pbcopy');
		expect((await copied('x', {}, {programs: all, system: 'win32'})).by).toBe('clip');
		expect((await copied('x', {}, {programs: all})).by).toBeUndefined();
		expect((await copied('x', {DISPLAY: ':0'}, {programs: all, takes: false})).by).toBeUndefined();
	});

	test('does not fill the clipboard of a distant computer', async () => {
		const {given, written} = await copied('x', {DISPLAY: ':0', SSH_CONNECTION: 'a b'}, {programs: ['xclip']});
		expect([given, written.length > 0]).toEqual([[], true]);
	});

	test('says when it is more than a terminal takes', async () => {
		const long = 'x'.repeat(100_000);
		expect(await copied(long, {})).toMatchObject({isWhole: false, written: ''});
		expect(await copied(long, {DISPLAY: ':0'}, {programs: ['xclip']})).toMatchObject({
			isWhole: true,
			by: 'xclip',
		});
	});

	test('says so where nothing can copy', async () => {
		expect(copied('x', {TERM: 'linux'})).rejects.toThrow('Nothing here can copy');
	});
});
