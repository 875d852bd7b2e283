import {expect, test} from 'bun:test';
import {withoutAddon} from '../../src/audio/portaudio.ts';

test('a build without the addon says what to do on each system', () => {
	expect(withoutAddon('linux')).toBe(
		'This build cannot use a microphone: build speechdeck on this system with a C++ compiler, or pipe audio in: arecord -f S16_LE -r 16000 -c 1 | speechdeck realtime --source -',
	);
	expect(withoutAddon('darwin')).toContain('-f avfoundation');
	expect(withoutAddon('win32')).not.toContain('compiler');
	expect(withoutAddon('win32')).toContain('-f dshow');
	expect(withoutAddon('freebsd')).toContain('pipe audio in');
});
