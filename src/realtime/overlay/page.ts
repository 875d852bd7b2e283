/** The overlay's page: one document that loads nothing, and may load nothing. */
import {createHash} from 'node:crypto';
import {PAGE_SCRIPT} from './page-script.ts';
import {PAGE_STYLE} from './page-style.ts';

export const OVERLAY_PAGE = `<!doctype html>
<html lang="und">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Live captions</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<p id="mark" hidden>SIMULATED</p>
<main id="captions" role="log" aria-live="polite" aria-label="Live captions"></main>
<script>${PAGE_SCRIPT}</script>
</body>
</html>
`;

/** Only this script and this style run, and only this server is asked. */
export const OVERLAY_PAGE_POLICY = [
	"default-src 'none'",
	`script-src '${hashOf(PAGE_SCRIPT)}'`,
	`style-src '${hashOf(PAGE_STYLE)}'`,
	"connect-src 'self'",
	"base-uri 'none'",
	"form-action 'none'",
	"frame-ancestors 'none'",
].join('; ');

function hashOf(text: string): string {
	return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
