import type {BatchRow} from '../../batch/table.ts';
import {clip} from '../../platform/width.ts';
import type {FormatChooser} from '../controllers/format-chooser.ts';
import {formatBindings} from '../keys/viewer-bindings.ts';
import {formatScreen} from '../presentation/format-lines.ts';
import {EMPTY, type Line, span} from '../presentation/line.ts';
import type {BodySize, Dialog} from '../screens/screen.ts';
import type {Look} from '../theme/look.tsx';
import {named} from './batch-questions.ts';

const WHERE = 'the folders of their files';

/** In which formats the transcripts of these are written again. */
export function reExportDialog(chooser: FormatChooser, rows: readonly BatchRow[], close: () => void): Dialog {
	const ended = chooser.store.subscribe(({isOpen}) => {
		if (isOpen) return;
		ended();
		close();
	});
	const head = ({columns}: BodySize): Line[] => [
		[span(clip(` Write ${named(rows)} once more, as`, columns), 'strong')],
		EMPTY,
	];
	return {
		stores: [chooser.store],
		bindings: () => [formatBindings({chooser})],
		lines: (size: BodySize, {glyphs}: Look) => formatScreen(chooser, head(size), WHERE, glyphs, size).body,
		status: ({columns}) => [
			span(' Save in ', 'muted'),
			span(clip(WHERE, Math.max(0, columns - 10))),
			span(clip('; what you changed stays', Math.max(0, columns - 10 - WHERE.length)), 'muted'),
		],
	};
}
