/** Records samples that count, says after each chunk how many it has, and never stops by itself: to be killed. */
import {openRecording} from '../../src/audio/wav-writer.ts';

const recording = openRecording(process.argv[2]!, {maximumPart: 44 + 32_000 * 3});
const chunk = new Int16Array(1_600);
for (;;) {
	for (let index = 0; index < chunk.length; index++) chunk[index] = (recording.samples + index) & 0x7fff;
	recording.append(new Uint8Array(chunk.buffer));
	console.log(recording.samples);
	await Bun.sleep(5);
}
