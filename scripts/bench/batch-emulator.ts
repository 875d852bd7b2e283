/** `speechdeck emulator` in a process of its own. */

export interface BatchEmulator {
	readonly url: string;
	/** How many requests it has had. */
	requests(): Promise<number>;
	stop(): Promise<void>;
}

/**
 * @param executable of speechdeck
 * @param processing seconds that each job takes
 */
export async function startBatchEmulator(executable: string, processing: number): Promise<BatchEmulator> {
	const child = Bun.spawn([executable, 'emulator', '--processing', String(processing)], {
		stdin: 'ignore',
		stdout: 'pipe',
		stderr: 'ignore',
	});
	const {batchUrl} = JSON.parse(await firstLine(child.stdout)) as {batchUrl: string};
	return {
		url: batchUrl,
		async requests() {
			const response = await fetch(new URL('/_emulator/requests', batchUrl));
			const lines = (await response.json()) as Array<{type?: string}>;
			return lines.filter(({type}) => type === 'request').length;
		},
		async stop() {
			child.kill('SIGTERM');
			await child.exited;
		},
	};
}

async function firstLine(stream: ReadableStream<Uint8Array>): Promise<string> {
	const decoder = new TextDecoder();
	let text = '';
	for await (const bytes of stream) {
		text += decoder.decode(bytes, {stream: true});
		const end = text.indexOf('\n');
		if (end >= 0) return text.slice(0, end);
	}
	throw new Error('the emulator did not start');
}
