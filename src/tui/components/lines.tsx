import {Text} from 'ink';
import {memo} from 'react';
import {joined, type Line} from '../presentation/line.ts';
import {inAscii} from '../theme/ascii.ts';
import {useLook} from '../theme/look.tsx';
import {styleOf} from '../theme/styles.ts';

/** Draws lines, one `Text` each: a box for every cell would cost a quarter more a frame. */
export function Lines({lines}: {lines: readonly Line[]}) {
	return lines.map((line, index) => (
		// biome-ignore lint/suspicious/noArrayIndexKey: a line has no identity but its place on the screen.
		<LineText key={index} line={line} />
	));
}

const LineText = memo(
	function LineText({line}: {line: Line}) {
		const {colour, scheme, glyphs} = useLook();
		return (
			<Text wrap="truncate">
				{joined(line).map(({text, style}, index) => (
					// biome-ignore lint/suspicious/noArrayIndexKey: nor has a span.
					<Text key={index} {...styleOf(style, colour, scheme)}>
						{glyphs.ascii ? inAscii(text) : text}
					</Text>
				))}
			</Text>
		);
	},
	(before, after) => sameLine(before.line, after.line),
);

function sameLine(a: Line, b: Line): boolean {
	return (
		a === b ||
		(a.length === b.length &&
			a.every((span, index) => span.text === b[index]!.text && span.style === b[index]!.style))
	);
}
