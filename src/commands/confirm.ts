/** Asks the person at the terminal. @returns undefined where nobody can be asked */
export type Confirm = (question: string) => Promise<'yes' | 'no' | 'interrupted' | undefined>;

export const confirmOnTerminal: Confirm = async (question) => {
	if (process.stdin.isTTY !== true || process.stderr.isTTY !== true) return undefined;
	const [{ask}, {confirm}] = await Promise.all([
		import('../tui/prompts/ask.ts'),
		import('@inquirer/prompts'),
	]);
	const answer = await ask((context) => confirm({message: question, default: false}, context), {
		streams: {output: process.stderr},
	});
	if (answer.type === 'interrupted') return 'interrupted';
	return answer.type === 'given' && answer.value ? 'yes' : 'no';
};
