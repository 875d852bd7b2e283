/** Addresses of streams: which are taken, and how they are shown. Pure. */

/** What ffmpeg may use for each kind of address: a playlist must not reach into this machine's files. */
const PROTOCOLS: Readonly<Record<string, string>> = {
	'http:': 'http,https,tls,tcp,crypto,data,httpproxy',
	'https:': 'http,https,tls,tcp,crypto,data,httpproxy',
	'rtsp:': 'rtsp,rtp,udp,tcp',
	'rtsps:': 'rtsps,rtsp,rtp,udp,tcp,tls',
	'rtmp:': 'rtmp,tcp',
	'rtmps:': 'rtmps,rtmp,tls,tcp',
	'srt:': 'srt,udp',
};

/** Whether this names a stream rather than a file. */
export function isStreamUrl(source: string): boolean {
	return protocolsFor(source) !== undefined;
}

/** The protocols ffmpeg may use for an address, or `undefined` where it is none that is taken. */
export function protocolsFor(url: string): string | undefined {
	const scheme = /^[a-z]+:(?=\/\/)/i.exec(url)?.[0].toLowerCase();
	return scheme !== undefined && URL.canParse(url) ? PROTOCOLS[scheme] : undefined;
}

/**
 * An address without what may be secret: user and password, query and fragment, and the path where that is the key
 * (rtmp, srt).
 */
export function shownUrl(url: string): string {
	if (!URL.canParse(url)) return 'the stream';
	const {protocol, host, pathname} = new URL(url);
	const keyInPath = /^(rtmps?|srt):$/.test(protocol);
	return `${protocol}//${host}${keyInPath ? '' : pathname}`;
}

/** Text with every address in it as `shownUrl` shows it, and other queries left out. */
export function withoutSecrets(text: string): string {
	return text.replace(/\b[a-z]+:\/\/[^\s'"]+/gi, shownIn).replace(/\?[^\s'"]+/g, '?…');
}

function shownIn(address: string): string {
	// What follows the address in a sentence is not a part of it.
	const [, url = '', after = ''] = /^(.*?)([:.,;)]*)$/.exec(address) ?? [];
	return shownUrl(url) + after;
}
