import {expect, test} from 'bun:test';
import {remedyInApp} from '../../src/batch/remedies.ts';

test('what the service rejected has its own remedy, all else one by its cause', () => {
	const reason = 'Job j was rejected: the audio cannot be decoded';
	expect(remedyInApp('service', reason, true)).toContain('ffmpeg');
	// The words of an outage are no reason of a rejection.
	const refused = 'eu1.asr.api.speechmatics.com answered 400 (Job rejected due to invalid audio)';
	expect(remedyInApp('service', refused, false)).toContain('ffmpeg');
	expect(remedyInApp('service', 'fetch failed', false)).toMatch(/^r tries again.*y copies them/);
	expect(remedyInApp('service', 'Job j was rejected: because', true)).toMatch(/^r tries again/);
	expect(remedyInApp('output', 'no space is left', false)).toContain('no new job');
});
