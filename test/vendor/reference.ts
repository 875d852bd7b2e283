import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {Ajv, type ValidateFunction} from 'ajv';
import addFormats from 'ajv-formats';
import {parse} from 'yaml';

/** The vendor's own specifications and samples of the wire. They lie beside the checkout, where they are at all. */
const REFERENCE = resolve(import.meta.dir, '../../../shared/reference');

/** Why these tests cannot run here, in words. */
export const noReference = existsSync(join(REFERENCE, 'fixtures'))
	? undefined
	: 'the vendor’s specifications do not lie beside this checkout';

export interface Fixture {
	readonly name: string;
	readonly text: string;
	/** The parsed JSON, where it is JSON. */
	readonly json: unknown;
}

/** The fixtures in a folder, such as `rt/server`. */
export function fixturesIn(folder: string): Fixture[] {
	if (noReference !== undefined) return [];
	const place = join(REFERENCE, 'fixtures', folder);
	return readdirSync(place)
		.sort()
		.map((name) => {
			const text = readFileSync(join(place, name), 'utf8');
			return {name, text, json: name.endsWith('.json') ? JSON.parse(text) : undefined};
		});
}

/**
 * A validator for one schema of a specification.
 *
 * @param file such as `batch.yaml`
 * @param pointer such as `#/definitions/JobConfig`
 */
export function schemaOf(file: string, pointer: string): ValidateFunction {
	// One type in the specification carries a stray comma.
	const text = readFileSync(join(REFERENCE, 'spec', file), 'utf8').replaceAll(
		'type: number,',
		'type: number',
	);
	const ajv = new Ajv({strict: false, allErrors: true, discriminator: false});
	(addFormats as unknown as (ajv: Ajv) => void)(ajv);
	ajv.addFormat('bytes', true);
	// The document's own `id` is no keyword of a schema.
	const {id: _, ...document} = parse(text);
	ajv.addSchema(document, file);
	return ajv.compile({$ref: `${file}${pointer}`});
}
