/** All checks, in the order in which they are shown. */
import {openKeyStore} from '../settings/key-store.ts';
import {loadSettings, type Settings, settingOf} from '../settings/load.ts';
import type {Environment} from '../settings/settings.ts';
import {ConfigurationError} from '../speechmatics/errors.ts';
import {type Account, accountOf} from './account.ts';
import type {Check} from './check.ts';
import {ffmpegCheck} from './ffmpeg-check.ts';
import {keyCheck} from './key-check.ts';
import {keychainCheck} from './keychain-check.ts';
import {type Network, realNetwork} from './network.ts';
import {programCheck} from './program-check.ts';
import {proxyCheck} from './proxy.ts';
import {batchCheck, batchProbe, clockCheck, realtimeCheck} from './service-checks.ts';
import {configurationCheck, foldersCheck} from './settings-checks.ts';
import {microphoneCheck, portAudioCheck, realSound, type Sound} from './sound-checks.ts';
import {processTerminal, type TerminalFacts, terminalCheck} from './terminal-check.ts';

export interface CheckupOptions {
	readonly environment: Environment;
	/** What `--profile` said. */
	readonly profile?: string | undefined;
	/** Instead of the account that is set, as in the demo. */
	readonly account?: Account | undefined;
	readonly terminal?: TerminalFacts;
	/** For tests. */
	readonly network?: Network;
	readonly sound?: Sound;
}

/**
 * The checks of one checkup. They share what they find out, so that each service is asked once: for another checkup, ask
 * for them again. Nothing is done until they run.
 */
export function checkup({
	environment,
	profile,
	account: given,
	terminal = processTerminal(),
	network = realNetwork,
	sound = realSound(),
}: CheckupOptions): Check[] {
	const loaded = settingsOrProblem(environment, profile);
	const settings = loaded instanceof ConfigurationError ? undefined : loaded;
	const account = given ?? (settings && accountOf(settings, openKeyStore(environment)));
	const probe = account
		? batchProbe(account, network)
		: () => Promise.reject(new Error('there is no account'));
	const device = (settings && settingOf(settings, 'realtime.device')?.value) ?? 'default';
	const marked = account?.simulated === true ? simulated : (check: Check) => check;
	return [
		programCheck(),
		configurationCheck(loaded, environment),
		foldersCheck(environment),
		keychainCheck(account, environment),
		marked(keyCheck(account, network)),
		marked(clockCheck(account, probe)),
		marked(batchCheck(account, probe, network)),
		marked(realtimeCheck(account, network)),
		proxyCheck({account, environment, find: network.proxyFor}),
		portAudioCheck(sound),
		microphoneCheck(sound, device),
		ffmpegCheck(),
		terminalCheck(environment, terminal),
	];
}

/** What the demo's own service says is true of nothing else. */
function simulated(check: Check): Check {
	return {
		...check,
		async run(signal) {
			const finding = await check.run(signal);
			return {...finding, facts: `SIMULATED: ${finding.facts}`};
		},
	};
}

function settingsOrProblem(
	environment: Environment,
	profile: string | undefined,
): Settings | ConfigurationError {
	try {
		return loadSettings({environment, profile});
	} catch (error) {
		if (error instanceof ConfigurationError) return error;
		throw error;
	}
}
