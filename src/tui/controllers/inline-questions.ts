/** Questions that are answered in the status line, one after the other. */
import {createStore} from 'zustand/vanilla';
import {messageOf} from '../../platform/message-of.ts';
import {TextField} from '../stores/text-field.ts';
import type {Tell} from './notices.ts';

export interface InlineQuestion {
	/** What is asked, in a few words. */
	readonly label: string;
	/** What stands there at first. */
	readonly text: string;
	/** @throws with a sentence, where it cannot be; it is asked again then */
	readonly answer: (text: string) => Promise<void> | void;
}

export interface Asked {
	readonly label: string;
	/** How many more questions there are. */
	readonly more: number;
}

export class InlineQuestions {
	readonly store = createStore<{readonly asked: Asked | undefined}>(() => ({asked: undefined}));
	readonly field = new TextField();
	readonly #tell: Tell;
	#questions: readonly InlineQuestion[] = [];
	#isBusy = false;

	constructor(tell: Tell) {
		this.#tell = tell;
	}

	get asked(): Asked | undefined {
		return this.store.getState().asked;
	}

	ask(questions: readonly InlineQuestion[]): void {
		this.#questions = questions;
		const [first] = questions;
		this.field.set(first?.text ?? '');
		this.store.setState({asked: first && {label: first.label, more: questions.length - 1}});
	}

	/** Takes what was typed, and asks what is next. */
	async answer(): Promise<void> {
		const [question, ...rest] = this.#questions;
		if (question === undefined || this.#isBusy) return;
		this.#isBusy = true;
		try {
			await question.answer(this.field.text.trim());
			this.ask(rest);
		} catch (error) {
			this.#tell(messageOf(error), 'problem');
		} finally {
			this.#isBusy = false;
		}
	}

	/** Asks no more. */
	cancel(): void {
		this.ask([]);
	}
}
