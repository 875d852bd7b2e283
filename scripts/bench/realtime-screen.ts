/** From a message of the service to the character on the screen, in a pseudo-terminal. */
import {word} from '../../test/helpers/results.ts';
import {startListeningService} from './listening-service.ts';
import {openCaptions} from './realtime-app.ts';

export const MESSAGES = 250;
/** The first ones are not counted: the program is being compiled as it runs. */
const WARM_UP = 20;
/** Milliseconds between a word that is seen and the next message, at least and at most: in step with nothing. */
const PAUSE = [20, 130] as const;
/** Words of a sentence. */
const SENTENCE = 9;

/** @returns milliseconds, of each message */
export async function messageToScreen(program: string, home: string, recording: string): Promise<number[]> {
	await using service = await startListeningService();
	await using app = await openCaptions(program, {home, recording, url: service.url});
	const waits: number[] = [];
	for (let number = 0; number < WARM_UP + MESSAGES; number++) {
		const content = `n${String(number).padStart(4, '0')}`;
		const start = number / 10;
		const message = {
			message: 'AddTranscript',
			metadata: {start_time: start, end_time: start + 0.1, transcript: content},
			results: [{...word(content, start, {end: start + 0.1}), is_eos: number % SENTENCE === 0}],
		};
		const said = performance.now();
		service.say(message);
		await app.waitFor(content);
		if (number >= WARM_UP) waits.push(performance.now() - said);
		await Bun.sleep(PAUSE[0] + Math.random() * (PAUSE[1] - PAUSE[0]));
	}
	return waits;
}
