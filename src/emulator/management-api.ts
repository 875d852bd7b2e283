/**
 * The management platform: API keys and the projects they belong to. The service has it on a host of its own.
 * Source: management OpenAPI. What that leaves open is decided here so that nothing is lost by accident.
 */
import {randomUUID} from 'node:crypto';
import type {IncomingMessage, ServerResponse} from 'node:http';
import {json} from 'node:stream/consumers';
import {z} from 'zod';
import {answer, answerJson, Refusal} from './answers.ts';
import type {Keys} from './keys.ts';

const ProjectRequest = z.looseObject({
	name: z
		.string({error: (issue) => (issue.input === undefined ? 'name in body is required' : undefined)})
		.min(1, 'name in body is required'),
	description: z.string().optional(),
});

/** Source: management OpenAPI, `Project`. */
interface Project {
	readonly project_id: string;
	readonly is_default: boolean;
	readonly is_active: boolean;
	readonly name: string;
	readonly description: string;
	readonly created_at: string;
	readonly deleted_at: null;
}

/** Its own specification spells it with a hyphen, its documentation and SDKs do not. */
const KEY_PLACES = ['api-keys', 'api_keys'];

/** Whether a request of this path, in segments, is for the management platform. */
export function isForManagement([version, place = '']: readonly string[]): boolean {
	return version === 'v1' && (KEY_PLACES.includes(place) || place === 'projects');
}

export class ManagementApi {
	readonly #keys: Keys;
	readonly #now: () => number;
	readonly #projects = new Map<string, Project>();
	readonly #defaultProject: Project;

	/** @param now milliseconds since 1970 */
	constructor(keys: Keys, now: () => number) {
		this.#keys = keys;
		this.#now = now;
		this.#defaultProject = this.#addProject('Default project', '', true);
	}

	/**
	 * Answers a request that `isForManagement`.
	 *
	 * @param path what follows `/v1`, in segments
	 * @throws Refusal
	 */
	async handle(
		request: IncomingMessage,
		response: ServerResponse,
		url: URL,
		[place = '', id, ...more]: readonly string[],
	): Promise<void> {
		if (more.length > 0) throw new Refusal(404, 'Not Found');
		const identity = this.#keys.identify(request, url);
		if (identity === undefined) throw new Refusal(403, 'Forbidden');
		const ask = `${request.method} ${KEY_PLACES.includes(place) ? 'keys' : place}${id === undefined ? '' : '/id'}`;
		// A key that was made for a browser must not make, show or delete keys that last.
		if (identity.type !== undefined && ask !== 'POST keys') throw new Refusal(403, 'Forbidden');
		switch (ask) {
			case 'GET keys': {
				const project = url.searchParams.get('project_id');
				if (project !== null) this.#project(project);
				return answerJson(response, 200, this.#keys.list(project ?? undefined));
			}
			case 'POST keys':
				return answerJson(response, 201, await this.#issue(request, url, identity.type !== undefined));
			case 'DELETE keys/id':
				if (!this.#keys.delete(id!)) throw new Refusal(404, 'Not Found');
				return answerJson(response, 200, {status: 'OK'});
			case 'GET projects':
				return answerJson(response, 200, [...this.#projects.values()]);
			case 'POST projects': {
				const {name, description = ''} = await this.#read(request);
				return answerJson(response, 201, this.#addProject(name, description));
			}
			case 'GET projects/id':
				return answerJson(response, 200, this.#project(id!));
			case 'PUT projects/id': {
				const project = this.#project(id!);
				const changed = {...project, ...(await this.#read(request))};
				this.#projects.set(project.project_id, changed);
				return answerJson(response, 200, changed);
			}
			case 'DELETE projects/id':
				this.#deleteProject(this.#project(id!));
				return answer(response, 204, 'application/json', '');
		}
		throw new Refusal(405, 'Method Not Allowed');
	}

	async #issue(request: IncomingMessage, url: URL, fromTemporary: boolean) {
		const body = await json(request).catch(() => undefined);
		const type = url.searchParams.get('type') ?? 'batch';
		const isPermanent = typeof body === 'object' && body !== null && !('ttl' in body);
		if (!isPermanent) return this.#keys.issueTemporary(type, body);
		if (fromTemporary) throw new Refusal(403, 'Forbidden');
		const {project_id = this.#defaultProject.project_id} = body as {project_id?: unknown};
		return this.#keys.issuePermanent(type, body, this.#project(String(project_id)).project_id);
	}

	#addProject(name: string, description: string, is_default = false): Project {
		const created_at = new Date(this.#now()).toISOString();
		const project = {
			...{project_id: randomUUID(), is_default, is_active: true, name, description},
			...{created_at, deleted_at: null},
		};
		this.#projects.set(project.project_id, project);
		return project;
	}

	/** Its keys go with it: nobody could find them any more. Keys without a project need the default one. */
	#deleteProject({project_id, is_default}: Project): void {
		if (is_default) throw new Refusal(403, 'Forbidden', 'The default project cannot be deleted');
		for (const {apikey_id} of this.#keys.list(project_id)) this.#keys.delete(apikey_id);
		this.#projects.delete(project_id);
	}

	#project(id: string): Project {
		const project = this.#projects.get(id);
		if (project === undefined) throw new Refusal(404, 'Not Found');
		return project;
	}

	async #read(request: IncomingMessage): Promise<{name: string; description?: string}> {
		const body = ProjectRequest.safeParse(await json(request).catch(() => undefined));
		if (!body.success) throw new Refusal(422, body.error.issues[0]?.message ?? 'Unprocessable Entity');
		const {name, description} = body.data;
		return {name, ...(description === undefined ? {} : {description})};
	}
}
