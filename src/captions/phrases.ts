/**
 * Which words belong together. A line should not end with a word that leads to the next one (an article, a preposition, a
 * conjunction, a pronoun before its verb, an auxiliary), and may well end before a preposition or a conjunction.
 * Source: Netflix timed-text style guide and BBC subtitle guidelines, "line breaks".
 */

interface PhraseWords {
	/** Articles, determiners, subject pronouns, auxiliaries, and what is like `of`: they lead to the next word. */
	readonly leading: ReadonlySet<string>;
	/** Prepositions and conjunctions: they lead to the next word too, and a new line may begin with them. */
	readonly opening: ReadonlySet<string>;
}

const words = (leading: string, opening: string): PhraseWords => ({
	leading: new Set(leading.split(' ')),
	opening: new Set(opening.split(' ')),
});

const PHRASE_WORDS: Readonly<Record<string, PhraseWords>> = {
	en: words(
		"a an the this that these those my your his her its our their every each some any no i you he she it we they i'm you're we're they're it's is are was were am be been has have had do does did will would can could shall should may might must not very more most mr mrs ms dr let's of",
		'and but or nor so because although though while when where which who whom whose that if unless until since before after as than to in on at by for from with without into onto about over under between through during against among across behind beyond around towards',
	),
	de: words(
		'der die das den dem des ein eine einen einem einer eines kein keine keinen mein meine dein sein seine ihr ihre unser unsere dieser diese dieses ich du er sie es wir ist sind war waren hat haben hatte wird werden wurde kann können muss müssen soll will nicht sehr herr frau',
		'und aber oder denn sondern weil dass ob wenn als während obwohl damit bevor nachdem in im an am auf aus bei beim mit nach seit von vom zu zum zur für durch gegen ohne um über unter vor hinter zwischen neben',
	),
	fr: words(
		'le la les un une des du ce cet cette ces mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs je tu il elle on nous vous ils elles est sont était a ont avait ne pas très plus de',
		'et mais ou donc or ni car que qui dont où quand comme si lorsque puisque parce à au aux en dans sur sous avec sans pour par chez vers entre depuis pendant contre avant après',
	),
	es: words(
		'el la los las un una unos unas lo este esta estos estas ese esa mi mis tu tus su sus nuestro nuestra yo él ella nosotros ellos ellas es son era ha han había está están no muy más se de del',
		'y e o u pero sino que porque aunque cuando donde como si mientras a al en con sin por para sobre entre hasta desde hacia contra según tras',
	),
	it: words(
		'il lo la i gli le un uno una questo questa quel quella mio mia tuo suo sua nostro vostro loro io tu lui lei noi voi è sono era ha hanno aveva non molto più si di del della dei delle',
		'e ed o ma però perché che quando dove come se mentre anche a al alla ai da dal dalla in nel nella con su sul sulla per tra fra senza',
	),
	pt: words(
		'o a os as um uma uns umas este esta esse essa meu minha seu sua nosso nossa eu ele ela nós eles elas é são era está estão tem têm foi não muito mais se de do da dos das',
		'e ou mas que porque quando onde como embora enquanto em no na nos nas com sem por pelo pela para sobre entre até desde contra',
	),
	nl: words(
		'de het een deze die dit dat mijn jouw zijn haar ons onze hun ik je jij hij zij ze wij we is was waren heeft hebben had wordt worden kan kunnen moet moeten zal niet zeer van',
		'en maar of want dus omdat dat als toen terwijl hoewel voordat nadat in op aan bij met naar voor door tegen zonder om over onder tussen sinds',
	),
};

/** How a break between two words of one clause reads. */
export type PhraseBreak = 'good' | 'plain' | 'bad';

/**
 * @param before the last word of the line, marks and all
 * @param after the first one of the next
 * @param language code of their language
 */
export function phraseBreak(before: string, after: string, language: string | undefined): PhraseBreak {
	const left = bare(before);
	const right = bare(after);
	if (/^[\p{N}.,]+$/u.test(left)) return 'bad';
	if (isName(before) && isName(after)) return 'bad';
	const known = PHRASE_WORDS[language?.toLowerCase().split(/[-_]/)[0] ?? ''];
	if (known === undefined) return 'plain';
	if (known.leading.has(left) || known.opening.has(left)) return 'bad';
	return known.opening.has(right) ? 'good' : 'plain';
}

function bare(word: string): string {
	return word
		.toLowerCase()
		.replaceAll('’', "'")
		.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
}

/** A first and a last name belong together. */
function isName(word: string): boolean {
	return /^\p{Lu}\p{Ll}/u.test(word);
}
