import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Component} from './notices.ts';

const LICENCE_FILE = /^(licen[cs]e|copying|notice)([.-]|$)/i;

/** Packages published without their licence's text, and the package whose file holds it. */
const TEXT_ELSEWHERE: Readonly<Record<string, {package: string; remark: string}>> = {
	'proxy-agent-negotiate': {
		package: 'https-proxy-agent',
		remark:
			'Published without the text of its licence. Below is that of https-proxy-agent, from the same repository.',
	},
	'yoga-layout': {
		package: 'react',
		remark:
			'Published without the text of its licence. Below is that of React, the same licence by the same owner.',
	},
};

/**
 * What an npm package's folder says about it.
 *
 * @param root the folder that node_modules lies in
 * @param folder the package's, below it
 * @param lock the text of bun.lock
 * @throws Error where it names no licence, ships no text of it, or is not what the lock file says
 */
export function packageComponent(root: string, folder: string, lock: string): Component {
	const {name, version, license} = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
	if (typeof license !== 'string') throw new Error(`${folder}/package.json names no licence.`);
	if (!lock.includes(`["${name}@${version}"`)) {
		throw new Error(`${folder} is version ${version}, which bun.lock does not name: run \`bun install\`.`);
	}
	const text = licenceText(join(root, folder));
	if (text !== undefined) return {name, version, licence: license, text};
	const elsewhere = TEXT_ELSEWHERE[name];
	const borrowed = elsewhere && licenceText(join(root, 'node_modules', elsewhere.package));
	if (borrowed === undefined) {
		throw new Error(
			`${folder} ships no text of its licence (${license}): find it and say so in scripts/release/components.ts.`,
		);
	}
	return {name, version, licence: license, remark: elsewhere!.remark, text: borrowed};
}

function licenceText(folder: string): string | undefined {
	const files = readdirSync(folder).filter((file) => LICENCE_FILE.test(file));
	if (files.length === 0) return undefined;
	return files
		.sort()
		.map((file) => readFileSync(join(folder, file), 'utf8').trim())
		.join('\n\n');
}

/**
 * What no npm package of the bundle brings: the runtime, and what the capture addon is made of.
 *
 * @throws Error where a text is not where it was
 */
export function nativeComponents(root: string, lock: string): Component[] {
	const read = (path: string) => readFileSync(join(root, path), 'utf8');
	const addonOnly = 'Only in builds with the capture addon (RELEASE.md says which).';
	return [
		{
			name: 'Bun',
			version: Bun.version,
			licence: 'MIT, and those of the libraries it is linked with',
			remark: 'The runtime. Below is what its documentation says about licences.',
			text: read('node_modules/bun-types/docs/project/license.mdx').replace(/^---\n.*?\n---\n/s, ''),
		},
		{
			name: 'JavaScriptCore, WebKit, TinyCC',
			licence: 'LGPL-2.1-or-later (JavaScriptCore and WebKit: LGPL-2.0-or-later)',
			remark: 'In Bun, as said above.',
			text: read('scripts/release/licences/LGPL-2.1.txt'),
		},
		{...packageComponent(root, 'node_modules/naudiodon', lock), remark: addonOnly},
		{...packageComponent(root, 'node_modules/node-api-headers', lock), remark: addonOnly},
		{name: 'PortAudio', licence: 'MIT', remark: addonOnly, text: portAudioLicence(read)},
	];
}

function portAudioLicence(read: (path: string) => string): string {
	const header = read('node_modules/naudiodon/portaudio/include/portaudio.h');
	const comments = /\/\*.*?\*\/\s*\/\*.*?\*\//s.exec(header)?.[0];
	if (!comments?.includes('Permission is hereby granted')) {
		throw new Error("PortAudio's licence no longer stands at the top of portaudio.h.");
	}
	return comments.replaceAll(/^ ?(\*\/|\/\*|\*) ?/gm, '');
}
