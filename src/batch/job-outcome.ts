/** What can come of a step in the life of a recording. */
import type {BatchEvent} from './events.ts';

export type Outcome =
	/** It is to be sent. */
	| {readonly is: 'ready'}
	| {readonly is: 'running'; readonly expectedMilliseconds: number | undefined}
	| {readonly is: 'unfinished'; readonly wasHeld: boolean}
	/** Another recording with the same content is under way. */
	| {readonly is: 'following'; readonly base: string}
	/** Another process works at it. */
	| {readonly is: 'elsewhere'}
	| {readonly is: 'look again'; readonly inMilliseconds: number}
	/** The job goes on at the service, to be collected later. */
	| {readonly is: 'left'; readonly jobId: string}
	/** The ledger knows already: in one write with the outputs. */
	| {readonly is: 'done'; readonly event: Extract<BatchEvent, {type: 'done'}>};
