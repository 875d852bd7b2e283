/** Recordings the service fetches itself: their bytes never touch this machine. */
import {fileURLToPath} from 'node:url';
import type {UrlSource} from './sources.ts';

const SCHEME = /^([a-z][a-z0-9+.-]+):\/\//i;

/** What presigning adds to an address: it changes from one day to the next, the recording does not. */
const SIGNING =
	/^(x-(amz|goog|oss|cos)-.*|signature|expires|awsaccesskeyid|googleaccessid|key-pair-id|policy|token|sig|s[vretps]|spr|srt|ss|sdd|sip|sk(oid|tid|t|e|s|v))$/i;

/** Whether a text is an address of any kind, and no path. */
export const isAddress = (text: string) => SCHEME.test(text);

/**
 * An address as a source.
 *
 * @returns a local path for `file://`; a sentence where the service cannot fetch it
 */
export function addressSource(text: string): UrlSource | {readonly path: string} | {readonly reason: string} {
	const scheme = SCHEME.exec(text)?.[1]?.toLowerCase();
	const url = URL.canParse(text) ? new URL(text) : undefined;
	if (scheme === 'file') return localFile(text);
	if (scheme !== 'http' && scheme !== 'https') {
		const reason = `the service fetches http and https addresses only: make a presigned address out of this ${scheme} one`;
		return {reason};
	}
	if (url === undefined) return {reason: 'this address is not well formed: check it for typing errors'};
	const file = `${url.protocol}//${url.host}${url.pathname}`;
	const segment = url.pathname.split('/').findLast((segment) => segment !== '');
	return {
		kind: 'url',
		file,
		url: url.href,
		name: segment === undefined ? url.host : decoded(segment),
		shardKey: file,
	};
}

/** An address that is safe to show, even where it is not well formed: without query, fragment and credentials. */
export function withoutSecrets(text: string): string {
	return text.replace(/[?#].*$/s, '').replace(/^([a-z][a-z0-9+.-]+:\/\/)[^/]*@/i, '$1');
}

/**
 * Whether two addresses of one key may still mean two recordings: their queries differ in more than what presigning
 * adds.
 */
export function mayDiffer(one: string, other: string): boolean {
	return meaningfulQuery(one) !== meaningfulQuery(other);
}

function meaningfulQuery(url: string): string {
	const pairs = [...new URL(url).searchParams].filter(([name]) => !SIGNING.test(name));
	return JSON.stringify(pairs.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function localFile(text: string): {readonly path: string} | {readonly reason: string} {
	try {
		return {path: fileURLToPath(text)};
	} catch {
		return {reason: 'this address names no file of this machine'};
	}
}

function decoded(segment: string): string {
	try {
		return decodeURIComponent(segment);
	} catch {
		return segment;
	}
}
