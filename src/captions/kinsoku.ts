/** Where text may not be broken although no space says so. */
import {columnsOf, graphemesOf} from './width.ts';

/** What may not begin a line: closing marks, small kana, marks of length and repetition. Source: JIS X 4051, W3C JLREQ. */
const NEVER_FIRST =
	/^[\p{Pe}\p{Pf}、。，．・：；！？!?,.:;…‥ーヽヾゝゞ々〻ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰ-ㇿ〜～゛゜%％℃،؛؟]/u;
/** What may not end a line: opening marks. */
const NEVER_LAST = /[\p{Ps}\p{Pi}¿¡$＄£￡￥#＃]$/u;
/** After these a long word is better broken than elsewhere. */
const SOFT_SPOT = /[-‐–—/_.,;:!?…、。，！？@&=+)\]」』）]$/u;

/** Whether a line may end with `before` and the next one begin with `after`, where nothing stands between them. */
export function mayBreakBetween(before: string, after: string): boolean {
	if (NEVER_FIRST.test(after) || NEVER_LAST.test(before)) return false;
	// A mark that combines belongs to the character before it.
	const end = before.slice(-16);
	const start = after.slice(0, 16);
	const joined = graphemesOf(end + start);
	return joined.length === graphemesOf(end).length + graphemesOf(start).length;
}

/**
 * A word that is wider than a line, in pieces that are not: after a mark where there is one near the end of the line, else
 * between two characters that a line break may part, else between any two. Nothing is added, nothing lost.
 */
export function piecesOf(word: string, maxColumns: number): string[] {
	if (columnsOf(word) <= maxColumns) return [word];
	const graphemes = graphemesOf(word);
	const pieces: string[] = [];
	let from = 0;
	while (from < graphemes.length) {
		const end = endThatFits(graphemes, from, maxColumns);
		const cut = end === graphemes.length ? end : bestCut(graphemes, from, end);
		pieces.push(graphemes.slice(from, cut).join(''));
		from = cut;
	}
	return pieces;
}

/** At least one grapheme, however wide. */
function endThatFits(graphemes: readonly string[], from: number, maxColumns: number): number {
	let columns = 0;
	let end = from;
	while (end < graphemes.length) {
		columns += columnsOf(graphemes[end]!);
		if (end > from && columns > maxColumns) break;
		end += 1;
	}
	return end;
}

function bestCut(graphemes: readonly string[], from: number, end: number): number {
	const half = Math.max(from + 1, from + Math.ceil((end - from) / 2));
	const lastWhere = (good: (cut: number) => boolean): number | undefined => {
		for (let cut = end; cut >= half; cut--) if (good(cut)) return cut;
		return undefined;
	};
	const allowed = (cut: number) => mayBreakBetween(graphemes[cut - 1]!, graphemes[cut]!);
	return lastWhere((cut) => SOFT_SPOT.test(graphemes[cut - 1]!) && allowed(cut)) ?? lastWhere(allowed) ?? end;
}
