/**
 * An Ink app that gives the terminal away: `c` to a child program, `p` to an Inquirer prompt, `f` to the file picker,
 * `z` to the shell. It shows the last key it was given, and how often that key has come.
 */
import {input} from '@inquirer/prompts';
import {render, Text, useApp, useInput} from 'ink';
import {useState} from 'react';
import {ask} from '../../src/tui/prompts/ask.ts';
import {pickFiles} from '../../src/tui/prompts/file-picker.ts';
import {runInTerminal, suspendProcess} from '../../src/tui/terminal/handover.ts';
import {StdinHub} from '../../src/tui/terminal/stdin-hub.ts';

function Fixture() {
	const {exit, suspendTerminal} = useApp();
	const [keys, setKeys] = useState<string[]>([]);
	const [told, setTold] = useState('');
	useInput(async (key) => {
		setKeys((before) => [...before, key]);
		if (key === 'q') exit();
		if (key === 'c') {
			await suspendTerminal(async () => {
				const code = await runInTerminal('sh', [
					'-c',
					'printf "CHILD? "; read x; exit $(printf %s "$x" | wc -c)',
				]);
				setTold(`child ended with ${code}`);
			});
		}
		if (key === 'p') {
			await suspendTerminal(async () => {
				const answer = await ask((context) => input({message: 'PROMPT?'}, context));
				setTold(answer.type === 'given' ? `prompt said ${answer.value}` : `prompt: ${answer.type}`);
			});
		}
		if (key === 'f') {
			await suspendTerminal(async () => {
				const picked = await pickFiles({folder: process.argv[2] ?? '.'});
				setTold(picked === undefined ? 'picked nothing' : `picked ${picked.paths.length}`);
			});
		}
		if (key === 'z') await suspendTerminal(suspendProcess);
	});
	return <Text>{`INK ${keys.length} keys, last ${keys.at(-1) ?? 'none'}; ${told}.`}</Text>;
}

const app = render(<Fixture />, {
	stdin: new StdinHub(),
	alternateScreen: true,
	exitOnCtrlC: false,
	interactive: true,
});
await app.waitUntilExit();
process.exit(0);
