/** All that is final in a session, in the shape of a batch transcript, so that both are written by the same code. */
import type {Transcript} from '../speechmatics/jobs.ts';
import type {LanguagePackInfo, RecognitionResult} from '../speechmatics/results.ts';
import {EMULATOR_ORCHESTRATOR_PREFIX} from '../speechmatics/simulated.ts';
import type {RealtimeEvent, TranslatedSegment} from './events.ts';
import type {SessionStart} from './session.ts';

export class FinalWords {
	readonly #start: SessionStart;
	readonly #results: RecognitionResult[] = [];
	readonly #translations = new Map<string, TranslatedSegment[]>();
	readonly #names = new Map<string, string>();
	#languagePack: LanguagePackInfo | undefined;
	#hasStarted = false;
	#simulated = false;

	constructor(start: SessionStart) {
		this.#start = start;
	}

	add(event: RealtimeEvent): void {
		switch (event.type) {
			case 'started':
				this.#hasStarted = true;
				this.#simulated ||= event.simulated;
				this.#languagePack = event.languagePack ?? this.#languagePack;
				break;
			case 'final':
				for (const result of event.results) this.#results.push(result);
				break;
			case 'translation':
				if (event.isFinal) this.#addTranslation(event.language, event.segments);
				break;
			case 'speaker':
				this.#names.set(event.label, event.name);
				break;
			default:
		}
	}

	/** @returns `undefined` where no connection ever stood */
	transcript(): Transcript | undefined {
		if (!this.#hasStarted) return undefined;
		return {
			format: '2.9',
			metadata: {
				created_at: new Date().toISOString(),
				type: 'transcription',
				transcription_config: this.#start.transcriptionConfig,
				...(this.#languagePack && {language_pack_info: this.#languagePack}),
				...(this.#simulated && {orchestrator_version: EMULATOR_ORCHESTRATOR_PREFIX}),
			},
			results: this.#results.map((result) => this.#named(result)),
			...(this.#translations.size > 0 && {translations: this.#translated()}),
		};
	}

	#addTranslation(language: string, segments: readonly TranslatedSegment[]): void {
		const known = this.#translations.get(language);
		if (known === undefined) this.#translations.set(language, [...segments]);
		else known.push(...segments);
	}

	#named(result: RecognitionResult): RecognitionResult {
		const label = result.alternatives?.[0]?.speaker;
		const name = label == null ? undefined : this.#names.get(label);
		if (name === undefined) return result;
		return {...result, alternatives: result.alternatives!.map((one) => ({...one, speaker: name}))};
	}

	#translated() {
		return Object.fromEntries(
			[...this.#translations].map(([language, segments]) => [
				language,
				segments.map(({text, start, end, speaker}) => ({
					content: text,
					start_time: start,
					end_time: end,
					...(speaker !== undefined && {speaker}),
				})),
			]),
		);
	}
}
