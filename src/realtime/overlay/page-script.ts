/**
 * What the overlay's page does: it draws each state it is told. Text becomes text nodes and nothing else, and a node whose
 * text is the same is left alone, so that nothing flickers.
 */
export const PAGE_SCRIPT = `
'use strict';
const query = new URLSearchParams(location.search);
const root = document.documentElement;
const captions = document.getElementById('captions');
const number = (name, least, most, otherwise) => {
	const value = Number(query.get(name));
	return query.has(name) && value >= least && value <= most ? value : otherwise;
};
const choice = (name, choices) => choices.includes(query.get(name)) ? query.get(name) : choices[0];
const shown = query.get('language');
root.style.setProperty('--lines', String(Math.round(number('lines', 1, 12, 2))));
root.style.setProperty('--size', number('size', 8, 400, 48) + 'px');
root.style.setProperty('--align', choice('align', ['start', 'center', 'end']));
root.dataset.theme = choice('theme', ['outline', 'box', 'light', 'yellow']);
const hasSpeakers = query.get('speakers') !== '0';
const hasPartials = query.get('partials') !== '0';

const parts = ['speaker', 'final', 'stable', 'unstable'];
function lineNode(id) {
	const line = document.createElement('p');
	line.className = 'line';
	line.dir = 'auto';
	line.dataset.id = id;
	const text = document.createElement('span');
	text.className = 'text';
	for (const part of parts) {
		// The direction of a line is that of what is said, not of who says it.
		const span = document.createElement(part === 'speaker' ? 'bdi' : 'span');
		span.className = part;
		text.append(span);
	}
	line.append(text);
	return line;
}
function fill(node, texts) {
	const spans = node.firstChild.children;
	parts.forEach((part, index) => {
		const text = texts[part] || '';
		if (spans[index].textContent !== text) spans[index].textContent = text;
	});
	node.firstChild.hidden = parts.every((part) => !texts[part]);
}
function draw(state) {
	document.body.dir = state.direction;
	document.getElementById('mark').hidden = !state.simulated;
	captions.classList.toggle('over', !state.isRunning);
	const old = new Map([...captions.children].map((node) => [node.dataset.id, node]));
	let place = null;
	for (const line of state.lines) {
		const id = String(line.id);
		const node = old.get(id) || lineNode(id);
		old.delete(id);
		const after = place === null ? captions.firstChild : place.nextSibling;
		if (after !== node) captions.insertBefore(node, after);
		place = node;
		const translated = shown === null ? undefined : (line.translations || {})[shown] || '';
		fill(node, {
			speaker: hasSpeakers && line.speaker ? line.speaker + ': ' : '',
			final: translated === undefined ? line.text : translated,
			stable: hasPartials && translated === undefined ? line.stable : '',
			unstable: hasPartials && translated === undefined ? line.unstable : '',
		});
	}
	for (const node of old.values()) node.remove();
}
const events = new EventSource('events');
events.addEventListener('captions', ({data}) => draw(JSON.parse(data)));
`;
