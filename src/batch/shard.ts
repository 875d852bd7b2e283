/** A list split between machines that know nothing of each other. */
import {createHash} from 'node:crypto';
import {ConfigurationError} from '../speechmatics/errors.ts';
import type {Source} from './sources.ts';

/** One of `count` parts. */
export interface Shard {
	/** From 1 to `count`. */
	readonly index: number;
	readonly count: number;
}

/** Enough of a hash that the parts come out even, and exact as a number. */
const HASH_BYTES = 6;

/**
 * Reads `i/n`, such as `2/5` for the second of five parts.
 *
 * @throws ConfigurationError
 */
export function parseShard(text: string): Shard {
	const [, first, second] = /^(\d{1,9})\/(\d{1,9})$/.exec(text.trim()) ?? [];
	if (first === undefined || second === undefined)
		throw new ConfigurationError(`"${text}" is no shard: write it as 2/5 for the second of five`);
	const [index, count] = [Number(first), Number(second)];
	if (count === 0) throw new ConfigurationError('There must be at least one shard, as in 1/1');
	if (index === 0) throw new ConfigurationError(`Shards count from 1: the first of ${count} is 1/${count}`);
	if (index > count)
		throw new ConfigurationError(`There is no shard ${index} of ${count}: the last is ${count}/${count}`);
	return {index, count};
}

/**
 * Whether a recording belongs to a shard. Decided by its name alone, so every machine comes to the same answer
 * whatever else it has, and a presigned address stays where it was when it is signed again.
 */
export function inShard({shardKey}: Pick<Source, 'shardKey'>, {index, count}: Shard): boolean {
	const number = createHash('sha256').update(shardKey).digest().readUIntBE(0, HASH_BYTES);
	return number % count === index - 1;
}
