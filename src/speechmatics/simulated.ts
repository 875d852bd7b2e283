/** How a transcript tells that no service recognised it. */

/** The emulator names itself so where the service gives the version of its engine. */
export const EMULATOR_ORCHESTRATOR_PREFIX = 'speechdeck-emulator';

/**
 * Whether a transcript or a session comes from the emulator.
 *
 * @param orchestratorVersion `orchestrator_version` of a transcript's metadata or of `RecognitionStarted`
 */
export function isSimulated(orchestratorVersion: string | null | undefined): boolean {
	return orchestratorVersion?.startsWith(EMULATOR_ORCHESTRATOR_PREFIX) ?? false;
}
