import {describe, expect, test} from 'bun:test';
import {Command} from 'commander';
import {PRESET_NAMES} from '../../src/captions/rules.ts';
import {addTranscriptionOptions, givenOptions} from '../../src/commands/lines/transcription-options.ts';
import {PROGRAM_SETTINGS} from '../../src/settings/program-settings.ts';
import type {ServiceKind} from '../../src/settings/transcription-options.ts';
import {complaint} from './home.ts';

function command(service: ServiceKind = 'batch'): Command {
	const quiet = new Command('x').exitOverride().configureOutput({writeErr: () => {}, writeOut: () => {}});
	return addTranscriptionOptions(quiet, service).action(() => {});
}

function given(args: readonly string[], service: ServiceKind = 'batch') {
	const parsed = command(service);
	parsed.parse(args, {from: 'user'});
	return givenOptions(parsed);
}

test('what is not typed is not said', () => {
	expect(given([])).toEqual({values: {}, config: undefined, profile: undefined});
});

test('what was typed before the command counts where the command was told nothing', () => {
	const program = new Command('x').enablePositionalOptions();
	addTranscriptionOptions(program, 'batch');
	const inner = addTranscriptionOptions(program.command('batch'), 'batch').action(() => {});
	program.parse(['--language', 'de', '--profile', 'p', 'batch', '--language', 'fr'], {from: 'user'});
	expect(givenOptions(inner)).toEqual({values: {language: 'fr'}, config: undefined, profile: 'p'});
});

test('each form of value', () => {
	const args = [
		'--language=de --speaker-sensitivity 0.3 --entities --no-partials --tags a,b --vocab a:b --vocab c',
		'--dictionary a.txt --dictionary b.txt --punctuation-marks .,? --config j.json --profile p --no-summarize',
	]
		.join(' ')
		.split(' ')
		.filter((arg) => arg !== '--no-partials');
	expect(given(args)).toEqual({
		values: {
			language: 'de',
			speaker_sensitivity: 0.3,
			entities: true,
			tags: ['a', 'b'],
			vocab: ['a:b', 'c'],
			dictionary: ['a.txt', 'b.txt'],
			punctuation_marks: ['.', ',', '?'],
			summarize: false,
		},
		config: 'j.json',
		profile: 'p',
	});
	expect(given(['--no-partials', '--max-speakers', '3'], 'realtime').values).toEqual({
		partials: false,
		max_speakers: 3,
	});
	expect(given(['--punctuation-marks', 'none']).values).toEqual({punctuation_marks: []});
});

describe('a wrong value is told with its flag', () => {
	test.each([
		[['--speaker-sensitivity', '3'], 'batch', 'It must be at most 1.'],
		[['--speaker-sensitivity', 'x'], 'batch', 'It must be a number, not "x".'],
		[['--diarization', 'voices'], 'batch', 'It must be one of "none", "speaker", "channel", not "voices".'],
		[['--max-delay', '9'], 'realtime', 'It must be at most 4.'],
		[['--notify-contents', 'jobinfo,pdf'], 'batch', 'It must be one of'],
		[['--translate', 'a,b,c,d,e,f'], 'batch', 'It must be a list of at most 5 items.'],
	] as const)('%j', (args, service, message) => {
		const said = complaint(() => given(args, service));
		expect(said).toContain(args[0]);
		expect(said).toContain(message);
	});
});

test('the help is grouped, every line of it fits, and undoing switches are not in it', () => {
	for (const service of ['batch', 'realtime'] as const) {
		const help = command(service).helpInformation();
		expect(help).toContain('Language:\n  --language <code>');
		expect(help).toContain('Settings:\n  --profile <name>');
		expect(help).not.toContain('--no-');
		for (const option of command(service).options.filter(({hidden}) => !hidden)) {
			expect(option.description).toMatch(/^[A-Za-z"/].{4,90}[^.]$/);
		}
	}
	expect(command('batch').helpInformation()).not.toContain('--max-speakers');
	expect(command('realtime').helpInformation()).not.toContain('--summarize');
});

test('every preset of captions can be set', () => {
	const {options} = PROGRAM_SETTINGS['output.caption_preset'].schema;
	expect([...options].sort()).toEqual(PRESET_NAMES.filter((name) => name !== 'default').sort());
});
