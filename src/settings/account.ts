/** Who pays for what is asked, without saying the key. */
import {sha256} from '../platform/hash.ts';
import {isSpeechmaticsCloud} from '../speechmatics/endpoints.ts';

/**
 * Who pays: the service's host and a fingerprint of the key. Not the key itself, which must not lie in a file.
 *
 * @param authorization the value of the header; `undefined` where the service wants none
 */
export function accountOf(url: string, authorization: string | undefined): string {
	const {host} = new URL(url);
	return authorization === undefined ? host : `${host}#${keyFingerprint(authorization)}`;
}

/** Tells two keys apart, and gives neither away. */
export function keyFingerprint(authorization: string): string {
	return sha256(authorization).slice(0, 12);
}

/**
 * Where a service is, the same for batch and realtime: the area of the vendor's cloud, such as `eu` for
 * `eu1.asr.api.speechmatics.com` and `eu.rt.speechmatics.com`; else the host. Source of the names: docs, "Regions".
 */
export function placeOfService(url: string): string {
	const parsed = new URL(url);
	if (!isSpeechmaticsCloud(parsed)) return parsed.host;
	return /^([a-z]+)\d*\./.exec(parsed.hostname)?.[1] ?? parsed.host;
}
