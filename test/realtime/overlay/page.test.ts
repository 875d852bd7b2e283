import {afterAll, afterEach, beforeAll, describe, expect, test} from 'bun:test';
import {LiveView} from '../../../src/realtime/live-view.ts';
import {type Overlay, openOverlay} from '../../../src/realtime/overlay/overlay.ts';
import {systemClock} from '../../../src/speechmatics/clock.ts';
import {speech} from '../../captions/speech.ts';
import {chromium, openPage, type Page} from '../../helpers/chromium.ts';

if (chromium === undefined) {
	test.skip('there is no Chromium here: the overlay page was not opened in a browser', () => {});
} else {
	describe('the overlay page in Chromium', () => inChromium(chromium!));
}

function inChromium(path: string): void {
	let page: Page;
	let overlay: Overlay;
	let view: LiveView;

	beforeAll(async () => {
		page = await openPage(path, 'about:blank');
	}, 60_000);
	afterAll(() => page.close());
	afterEach(() => overlay.close());

	const apply = (event: Parameters<LiveView['apply']>[0]) => {
		view.apply(event, 0);
		overlay.update();
	};
	const say = (text: string, start = 0, type: 'final' | 'partial' = 'final', speaker = 'S1') =>
		apply({type, text, startTime: 0, endTime: 0, results: speech(text, {start, speaker})});
	const open = async (query = '') => {
		view = new LiveView();
		view.apply({type: 'state', state: 'listening'}, 0);
		overlay = await openOverlay({port: 0, view, clock: systemClock});
		await page.send('Page.navigate', {url: `${overlay.url}${query}`});
	};
	/** Waits until an expression has a value; so long as the page loads, it has none. */
	const until = async <Value>(expression: string, wanted: Value) => {
		let value: Value | undefined;
		for (let tries = 0; tries < 400; tries++) {
			value = await page.evaluate<Value>(expression).catch(() => undefined);
			if (Bun.deepEquals(value, wanted)) return;
			await new Promise((resolve) => setTimeout(resolve, 10));
		}
		expect(value).toEqual(wanted);
	};
	const LINES = `[...document.querySelectorAll('.line')].map((line) => line.textContent)`;

	test('draws what is final, what stands still and what may change', async () => {
		await open();
		say('Good');
		say('morning', 1, 'partial');
		await until(LINES, ['S1: Good morning']);
		say('morning to', 1, 'partial');
		await until(
			`['final', 'stable', 'unstable'].map((part) => document.querySelector('.' + part).textContent)`,
			['Good', ' morning', ' to'],
		);
		say('morning. How', 1);
		await until(LINES, ['S1: Good morning.', 'How']);
		expect(page.complaints).toEqual([]);
	}, 30_000);

	test('leaves a line alone that has not changed', async () => {
		await open();
		say('First. Second');
		await until(LINES, ['S1: First.', 'Second']);
		await page.evaluate(
			`window.changes = 0; new MutationObserver((all) => { changes += all.length; })
			.observe(document.querySelector('.line'), {subtree: true, childList: true, characterData: true, attributes: true})`,
		);
		say('word', 1);
		await until(LINES, ['S1: First.', 'Second word']);
		expect(await page.evaluate<number>('changes')).toBe(0);
	}, 30_000);

	test('never takes text for markup', async () => {
		await open();
		say(`<img src=x onerror="document.title='broken'"><script>document.title='broken'</script>`);
		await until(`document.querySelectorAll('.line').length`, 1);
		expect(await page.evaluate<number>(`document.querySelectorAll('img, main script').length`)).toBe(0);
		expect(await page.evaluate<string>('document.title')).toBe('Live captions');
	}, 30_000);

	test('shows the last rows at the bottom, as many and as large as asked for', async () => {
		await open('?lines=3&size=30&theme=box&align=center');
		for (let index = 0; index < 20; index++) say(`Sentence number ${index}.`, index * 5);
		await until(`document.querySelectorAll('.line').length`, 8);
		const {height, bottom, last, size, visible, ground, align} = await page.evaluate<
			Record<string, number | string>
		>(
			`(() => {
				const box = document.getElementById('captions').getBoundingClientRect();
				const lines = [...document.querySelectorAll('.line')].map((line) => line.getBoundingClientRect());
				const style = getComputedStyle(document.getElementById('captions'));
				return {
					height: Math.round(box.height),
					bottom: Math.round(innerHeight - box.bottom),
					last: Math.round(lines.at(-1).bottom - box.bottom),
					visible: lines.filter((line) => line.top >= box.top - 1).length,
					size: style.fontSize,
					align: style.textAlign,
					ground: getComputedStyle(document.querySelector('.text')).backgroundColor,
				};
			})()`,
		);
		expect({height, bottom, last, size, visible, ground, align}).toEqual({
			height: 117,
			bottom: 15,
			last: 0,
			size: '30px',
			visible: 3,
			ground: 'rgba(0, 0, 0, 0.78)',
			align: 'center',
		});
	}, 30_000);

	test('has no ground of its own, so that the picture behind it is seen', async () => {
		await open();
		await until(`getComputedStyle(document.body).backgroundColor`, 'rgba(0, 0, 0, 0)');
		await until(`getComputedStyle(document.documentElement).backgroundColor`, 'rgba(0, 0, 0, 0)');
	}, 30_000);

	test('takes nonsense in its address for nothing', async () => {
		await open('?lines=-5&size=1e9&theme=url(x)&align=%3Cb%3E&language=__proto__');
		say('Hello.');
		await until(`document.documentElement.style.getPropertyValue('--lines')`, '2');
		await until(`document.documentElement.style.getPropertyValue('--size')`, '48px');
		await until(`document.documentElement.dataset.theme`, 'outline');
	}, 30_000);

	test('writes right-to-left where the words are so, whoever says them', async () => {
		await open();
		say('مرحبا بالعالم.');
		say('Hello.', 5, 'final', 'S2');
		await until(`[...document.querySelectorAll('.line')].map((line) => getComputedStyle(line).direction)`, [
			'rtl',
			'ltr',
		]);
	}, 30_000);

	test('shows a translation instead, no speakers, no partials, where asked to', async () => {
		await open('?language=de&speakers=0');
		say('Good morning.');
		const segments = [{text: 'Guten Morgen.', start: 0, end: 0.7}];
		apply({type: 'translation', language: 'de', isFinal: true, segments});
		await until(LINES, ['Guten Morgen.']);
	}, 30_000);

	test('moves nothing where less motion is wanted', async () => {
		await open();
		const media = (value: string) =>
			page.send('Emulation.setEmulatedMedia', {features: [{name: 'prefers-reduced-motion', value}]});
		const transition = `getComputedStyle(document.getElementById('captions')).transitionDuration`;
		await until(transition, '0.4s');
		await media('reduce');
		await until(transition, '0s');
		await media('');
	}, 30_000);

	test('fades when the session ends, says what is simulated, and comes back after a restart', async () => {
		await open();
		say('Hello.');
		await until(LINES, ['S1: Hello.']);
		apply({
			type: 'started',
			sessionId: 's',
			connection: 1,
			offset: 0,
			model: 'm',
			language: 'en',
			simulated: true,
		});
		await until(`document.getElementById('mark').hidden`, false);
		const port = Number(new URL(overlay.url).port);
		apply({type: 'state', state: 'ended'});
		await until(`document.getElementById('captions').className`, 'over');
		await overlay.close();
		view = new LiveView();
		view.apply({type: 'state', state: 'listening'}, 0);
		overlay = await openOverlay({port, view, clock: systemClock});
		say('Again.');
		await until(LINES, ['S1: Again.']);
		await until(`document.getElementById('captions').className`, '');
	}, 30_000);
}
