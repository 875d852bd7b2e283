/** A WAV file of mono 16-bit samples. */
export function wavBytes(samples: Int16Array, rate: number): Uint8Array {
	const data = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
	const bytes = new Uint8Array(44 + data.length);
	const view = new DataView(bytes.buffer);
	const tag = (at: number, text: string) => bytes.set(new TextEncoder().encode(text), at);
	tag(0, 'RIFF');
	view.setUint32(4, 36 + data.length, true);
	tag(8, 'WAVEfmt ');
	view.setUint32(16, 16, true);
	view.setUint16(20, 1, true);
	view.setUint16(22, 1, true);
	view.setUint32(24, rate, true);
	view.setUint32(28, rate * 2, true);
	view.setUint16(32, 2, true);
	view.setUint16(34, 16, true);
	tag(36, 'data');
	view.setUint32(40, data.length, true);
	bytes.set(data, 44);
	return bytes;
}
