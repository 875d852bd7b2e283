/**
 * What can be made to go wrong, as data. In JSON a fault is an object; on the command line it is its name with its
 * main value, then what else is to be said: `status=429,on=jobs.create,times=2`.
 */
import {z} from 'zod';

/** What a request asks for. */
const OPERATIONS = [
	'jobs.create',
	'jobs.list',
	'jobs.show',
	'jobs.delete',
	'jobs.transcript',
	'jobs.log',
	'jobs.data',
	'jobs.text',
	'jobs.alignment',
	'jobs.object-urls',
	'usage',
	'discovery',
	'keys',
	'other',
] as const;
export type Operation = (typeof OPERATIONS)[number];

/** How often: exactly `times`, beginning after so many requests or sessions that it would have suited. */
const counting = {times: z.int().min(1).default(1), after: z.int().min(0).default(0)};
/** Without `on`, any request. */
const request = {...counting, on: z.enum(OPERATIONS).optional()};
/** In seconds of audio heard; 0 is before any. */
const second = z.number().min(0);
const milliseconds = z.number().min(0);
const closeCode = z
	.int()
	.refine(
		(code) =>
			code === 1000 ||
			(code > 1000 && code < 1015 && ![1004, 1005, 1006].includes(code)) ||
			(code >= 3000 && code < 5000),
		{
			error: 'is no code that a close frame may carry',
		},
	);

export const RequestFault = z.discriminatedUnion('fault', [
	/** An error status instead of the answer. */
	z.strictObject({
		fault: z.literal('status'),
		...request,
		status: z.int().min(400).max(599),
		body: z.enum(['json', 'html', 'empty']).default('json'),
		error: z.string().optional(),
		detail: z.string().optional(),
		/** Seconds, or a date as HTTP writes it. */
		retryAfter: z.union([z.number().min(0), z.string()]).optional(),
	}),
	/** The connection breaks: before the request is read, or after it had its whole effect. */
	z.strictObject({fault: z.literal('reset'), ...request, when: z.enum(['before', 'after']).default('after')}),
	/** The body of the answer stops in its middle; the connection then stays silent, or breaks. */
	z.strictObject({fault: z.literal('cut-body'), ...request, end: z.enum(['hang', 'reset']).default('hang')}),
	/** The request is read and never answered. */
	z.strictObject({fault: z.literal('hang'), ...request}),
	/** `wait` is not known here: the answer comes at once. */
	z.strictObject({fault: z.literal('no-wait'), ...request}),
	/** A wait that ends with a finished job brings no transcript along. */
	z.strictObject({
		fault: z.literal('no-embed'),
		...counting,
		on: z.literal('jobs.create').default('jobs.create'),
	}),
	/** The body of the request is read slowly; 0 stops reading at once. */
	z.strictObject({fault: z.literal('slow-read'), ...request, bytesPerSecond: z.number().min(0)}),
]);
export type RequestFault = z.infer<typeof RequestFault>;

export const SessionFault = z.discriminatedUnion('fault', [
	/** The WebSocket is refused with an HTTP status. */
	z.strictObject({fault: z.literal('handshake'), ...counting, status: z.int().min(400).max(599)}),
	/** An `Error` message and the close code that goes with it, unless another one is given. */
	z.strictObject({
		fault: z.literal('error'),
		...counting,
		type: z.string().min(1),
		reason: z.string().optional(),
		code: closeCode.optional(),
		second: second.default(0),
	}),
	/** `RecognitionStarted` comes late. */
	z.strictObject({fault: z.literal('late-start'), ...counting, ms: milliseconds}),
	/** No frame after this one is acknowledged. */
	z.strictObject({fault: z.literal('ack-stall'), ...counting, frame: z.int().min(0)}),
	/** Each acknowledgement holds up what follows it. */
	z.strictObject({fault: z.literal('slow-acks'), ...counting, ms: milliseconds}),
	/** The connection breaks without a close frame. */
	z.strictObject({fault: z.literal('drop'), ...counting, second: second.default(0)}),
	z.strictObject({
		fault: z.literal('close'),
		...counting,
		code: closeCode,
		reason: z.string().max(123).default(''),
		second: second.default(0),
	}),
	/** A text frame that is no JSON. */
	z.strictObject({fault: z.literal('garbage'), ...counting, second: second.default(0)}),
	/** A message, an information and a warning that no client knows. */
	z.strictObject({fault: z.literal('unknown-messages'), ...counting, second: second.default(0)}),
	/** Every message carries a key that no client knows. */
	z.strictObject({fault: z.literal('extra-keys'), ...counting}),
	/** Nothing is sent any more, and the connection stays open. */
	z.strictObject({fault: z.literal('silence'), ...counting, second: second.default(0)}),
	/** A warning before its time. */
	z.strictObject({
		fault: z.literal('warning'),
		...counting,
		type: z.string().min(1),
		reason: z.string().optional(),
		second: second.default(0),
	}),
]);
export type SessionFault = z.infer<typeof SessionFault>;

const text = z.union([z.string(), z.number()]).transform(String);

/** A word is heard wrongly, by one of the two products, in a job or a session. */
export const MishearingFault = z.strictObject({
	fault: z.literal('mishear'),
	...counting,
	word: text,
	/** One word, or more of them with spaces between; nothing leaves the word out. */
	as: text.default(''),
	by: z.enum(['batch', 'realtime']),
});
export type MishearingFault = z.infer<typeof MishearingFault>;

export const Fault = z.union([RequestFault, SessionFault, MishearingFault]);
export type Fault = z.infer<typeof Fault>;
/** A fault as it may be written: what has a default can be left out. */
export type FaultInput = z.input<typeof Fault>;

/** The field that the value behind a fault's own name sets. */
const MAIN_FIELDS: Readonly<Record<Fault['fault'], string | undefined>> = {
	status: 'status',
	reset: 'when',
	'cut-body': 'end',
	hang: undefined,
	'no-wait': undefined,
	'no-embed': undefined,
	'slow-read': 'bytesPerSecond',
	handshake: 'status',
	error: 'type',
	'late-start': 'ms',
	'ack-stall': 'frame',
	'slow-acks': 'ms',
	drop: 'second',
	close: 'code',
	garbage: 'second',
	'unknown-messages': 'second',
	'extra-keys': undefined,
	silence: 'second',
	warning: 'type',
	mishear: 'word',
};
const FAULT_NAMES = Object.keys(MAIN_FIELDS) as ReadonlyArray<Fault['fault']>;

/**
 * Checks faults written as JSON.
 *
 * @throws TypeError that names the fault, its field, and what is wrong with it
 */
export function faultsOf(value: unknown): Fault[] {
	if (!Array.isArray(value)) throw new TypeError('Faults are a JSON array.');
	return value.map(faultOf);
}

/**
 * Reads the short form: `name[=value][,field=value]…`.
 *
 * @throws TypeError that says what is wrong
 */
export function parseFault(text: string): Fault {
	const [first = '', ...rest] = text.split(',');
	const [name = '', main] = halves(first);
	const fields: Record<string, unknown> = {fault: name};
	const mainField = MAIN_FIELDS[name as Fault['fault']];
	if (main !== undefined) {
		if (mainField === undefined && name in MAIN_FIELDS)
			throw new TypeError(`The fault ${name} has no value.`);
		fields[mainField ?? name] = readValue(main);
	}
	for (const pair of rest) {
		const [field, value] = halves(pair);
		if (value === undefined) throw new TypeError(`"${pair}" of the fault ${name} is not field=value.`);
		fields[field] = readValue(value);
	}
	return faultOf(fields);
}

function faultOf(value: unknown): Fault {
	const name = (value as {fault?: unknown} | null)?.fault;
	if (typeof name !== 'string' || !(name in MAIN_FIELDS)) {
		throw new TypeError(`There is no fault ${JSON.stringify(name)}; there are ${FAULT_NAMES.join(', ')}.`);
	}
	const fault = (schemaOf(name) as z.ZodType<Fault>).safeParse(value);
	if (fault.success) return fault.data;
	const issue = fault.error.issues[0];
	throw new TypeError(`The fault ${name} is wrong: ${[...(issue?.path ?? []), issue?.message].join(': ')}.`);
}

/** The union of all would only say that none of its members fits. */
function schemaOf(name: string): z.ZodType {
	if (name === 'mishear') return MishearingFault;
	return RequestFault.options.some(({shape}) => shape.fault.value === name) ? RequestFault : SessionFault;
}

function halves(pair: string): [string, string | undefined] {
	const at = pair.indexOf('=');
	return at < 0 ? [pair.trim(), undefined] : [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
}

function readValue(text: string): string | number {
	return /^\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}
