import {basename} from 'node:path';

/** Where a value came from, so that a person can find the place to change it. */
export type Origin =
	| {readonly kind: 'flag'; readonly flag: string}
	| {readonly kind: 'environment'; readonly variable: string}
	/** A line of config.toml. */
	| {readonly kind: 'profile'; readonly file: string; readonly line: number}
	/** The vendor's own job config, given with `--config`. */
	| {readonly kind: 'config'; readonly file: string}
	/** The file of the vendor's legacy CLI. */
	| {readonly kind: 'legacy'; readonly file: string; readonly profile: string}
	| {readonly kind: 'keychain'; readonly name: string}
	/** A file of this program that holds a key. */
	| {readonly kind: 'key file'; readonly file: string}
	| {readonly kind: 'default'};

export interface Sourced<Value> {
	readonly value: Value;
	readonly origin: Origin;
}

/** An origin as a person would say it, such as `config.toml line 7`. Paths are as they are: print them with care. */
export function originText(origin: Origin): string {
	switch (origin.kind) {
		case 'flag':
			return origin.flag;
		case 'environment':
			return origin.variable;
		case 'profile':
			return `${basename(origin.file)} line ${origin.line}`;
		case 'config':
		case 'key file':
			return origin.file;
		case 'legacy':
			return `${origin.file} (legacy CLI, profile ${origin.profile})`;
		case 'keychain':
			return `system keychain (${origin.name})`;
		case 'default':
			return 'default';
	}
}
