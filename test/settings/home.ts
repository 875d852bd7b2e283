import {chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';

/** A home folder of a person who has never used the program. */
export class Home {
	readonly path = mkdtempSync(join(tmpdir(), 'speechdeck-home-'));
	readonly environment: Record<string, string> = {
		HOME: this.path,
		USERPROFILE: this.path,
		XDG_CONFIG_HOME: join(this.path, 'config'),
		SPEECHDECK_KEYCHAIN: 'off',
	};
	readonly profilePath = join(this.path, 'config', 'speechdeck', 'config.toml');
	readonly legacyPath = join(this.path, '.speechmatics', 'config');

	at(...parts: string[]): string {
		return join(this.path, ...parts);
	}

	write(path: string, content: string, mode = 0o600): string {
		mkdirSync(dirname(path), {recursive: true});
		writeFileSync(path, content);
		chmodSync(path, mode);
		return path;
	}

	get profile(): string {
		return readFileSync(this.profilePath, 'utf8');
	}

	[Symbol.dispose](): void {
		rmSync(this.path, {recursive: true, force: true});
	}
}

/** The message of what `run` throws; empty where it throws nothing. */
export function complaint(run: () => unknown): string {
	try {
		run();
	} catch (error) {
		return (error as Error).message;
	}
	return '';
}
