/** The steps in the life of one recording. Each can be the last one of this process; the next process goes on from it. */
import {TranscriptNotReadyError} from '../speechmatics/errors.ts';
import type {Transcript} from '../speechmatics/jobs.ts';
import {handOver, keep} from './arrival.ts';
import {endingOf, GoneError, isUnknownAtFirst} from './job-endings.ts';
import {JobHold} from './job-hold.ts';
import type {Outcome} from './job-outcome.ts';
import {JobSearch} from './job-search.ts';
import type {JobRecord, RecordingRecord} from './ledger/records.ts';
import {type Identity, identify, type NewJob, type Preparation, preparationOf} from './preparation.ts';
import type {StepOptions} from './step-options.ts';
import {assertFits, send, uploadOf} from './upload.ts';

/** Who cancels does not wait longer for the job to be deleted. Milliseconds. */
const LONGEST_DELETION = 10_000;

/** A job that was made. */
interface MadeJob {
	readonly reference: string;
	readonly jobId: string;
}

/** What there is to tell of a recording that is done. */
interface DoneFacts {
	readonly isFromBefore?: true;
	readonly realTimeFactor?: number;
	readonly text?: string;
}

export class JobSteps {
	readonly #recording: RecordingRecord;
	readonly #options: StepOptions;
	readonly #hold: JobHold;
	readonly #search: JobSearch;
	readonly #startedAt: number;
	#isForced: boolean;
	#identity: Identity | undefined;
	#next: NewJob | undefined;
	/** Once there is one. */
	#job: MadeJob | undefined;
	/** Where this process made it. */
	#submittedAt: number | undefined;

	constructor(recording: RecordingRecord, options: StepOptions) {
		this.#recording = recording;
		this.#options = options;
		this.#hold = new JobHold(recording, options.ledger);
		this.#search = new JobSearch(options);
		this.#isForced = options.isForced;
		this.#startedAt = options.clock.now();
	}

	/** What tells equal work from other work; known after `identify`. */
	get base(): string | undefined {
		return this.#identity?.base;
	}

	/** Lets it do with a job that was made for another recording meanwhile. */
	share(): void {
		this.#isForced = false;
	}

	/** Reads the recording. @throws InputError */
	async identify(): Promise<string> {
		const {emit, ledger, signal} = this.#options;
		if (this.#identity === undefined) {
			emit({type: 'checking', file: this.#recording.file});
			this.#identity = await identify(this.#recording, ledger, signal);
		}
		return this.#identity.base;
	}

	/** Finds out what has to be done. */
	async prepare(): Promise<Outcome> {
		const {wasDone} = this.#options;
		const preparation = await preparationOf(this.#recording, this.#identity!, this.#options, {
			isForced: this.#isForced,
			wasDone,
		});
		if ('job' in preparation && preparation.is !== 'new') this.#hold.assign(preparation.job.reference);
		return this.#goOn(preparation);
	}

	async #goOn(preparation: Preparation): Promise<Outcome> {
		switch (preparation.is) {
			case 'elsewhere':
				return {is: 'elsewhere'};
			case 'new':
				this.#next = preparation.job;
				return {is: 'ready'};
			case 'unclear':
				return this.#lookUp(preparation.job);
			case 'submitted': {
				const {job, jobId} = preparation;
				if (!this.#hold.claim(job.reference)) return {is: 'elsewhere'};
				return this.#hasJob(job.reference, jobId, {isResumed: true});
			}
			case 'done':
				return this.#done(preparation.job.jobId!, preparation.outputs, {isFromBefore: true});
			case 'saved': {
				const {reference, jobId} = preparation.job;
				const transcript = await this.#options.transcripts.load(reference);
				if (transcript === undefined) return this.#hasJob(reference, jobId!, {isResumed: true});
				return this.#deliver(transcript, jobId!, {isFromBefore: true});
			}
		}
	}

	/** Looks for a job that may have been made. */
	async #lookUp(job: JobRecord): Promise<Outcome> {
		if (!this.#hold.claim(job.reference)) return {is: 'elsewhere'};
		const look = await this.#search.look(job);
		switch (look.is) {
			case 'found':
				return this.#hasJob(job.reference, look.jobId, {isResumed: true});
			case 'unsure':
				return {is: 'look again', inMilliseconds: look.lookAgainInMilliseconds};
			case 'none':
				this.#next = job;
				return {is: 'ready'};
		}
	}

	/** Makes the job, which the ledger knows before the service does. */
	async submit(): Promise<Outcome> {
		const {account, config, configHash, seconds} = this.#recording;
		const job = this.#next!;
		await using upload = await uploadOf(this.#recording, job, this.#options);
		assertFits(upload);
		const {size} = upload;
		const {model, language} = config.transcription_config;
		if (!this.#hold.begin({...job, account, configHash, size, model, language, audioSeconds: seconds})) {
			return {is: 'elsewhere'};
		}
		const {id, requestId} = await send(upload, this.#recording, job.reference, {
			...this.#options,
			onPossiblyMade: () => {
				this.#isForced = false;
			},
		});
		return this.#hasJob(job.reference, id, {requestId});
	}

	#hasJob(
		reference: string,
		jobId: string,
		how: {requestId?: string | undefined; isResumed?: true},
	): Outcome {
		const {clock, emit, estimates, onJob, waits = true} = this.#options;
		const {file, config, seconds} = this.#recording;
		this.#job = {reference, jobId};
		onJob(jobId);
		if (how.isResumed === undefined) this.#submittedAt = clock.now();
		const {model, language} = config.transcription_config;
		const expected = how.isResumed ? undefined : estimates.expected({model, language}, seconds);
		emit({
			type: 'submitted',
			file,
			jobId,
			requestId: how.requestId,
			...(expected !== undefined && {expected}),
			...(how.isResumed && {isResumed: true}),
		});
		if (!waits) return {is: 'left', jobId};
		return {is: 'running', expectedMilliseconds: expected && expected.seconds * 1000};
	}

	/** Asks for the transcript. @param wait seconds the service may hold the answer */
	async read(wait: number): Promise<Outcome> {
		const {client, clock, onRequest, signal} = this.#options;
		const job = this.#job!;
		const asked = clock.now();
		try {
			if (wait === 0) {
				const {status} = await client.getJob(job.jobId, {signal});
				// Whatever else it is, asking for the transcript says in which words.
				if (status === 'running') return {is: 'unfinished', wasHeld: false};
				onRequest();
			}
			return await this.#fetched(await client.getTranscript(job.jobId, {wait, signal}), job);
		} catch (error) {
			if (isUnknownAtFirst(error, this.#age)) return {is: 'unfinished', wasHeld: false};
			if (error instanceof TranscriptNotReadyError) {
				// The client asked for the state of the job as well.
				onRequest();
				return {is: 'unfinished', wasHeld: clock.now() - asked >= (wait * 1000) / 2};
			}
			throw this.#ended(error, job);
		}
	}

	/** Milliseconds since this process made the job. */
	get #age(): number | undefined {
		return this.#submittedAt === undefined ? undefined : this.#options.clock.now() - this.#submittedAt;
	}

	async #fetched(transcript: Transcript, {reference, jobId}: MadeJob): Promise<Outcome> {
		const age = this.#age;
		const processingSeconds = age === undefined ? undefined : age / 1000;
		const options = this.#options;
		const realTimeFactor = await keep(transcript, this.#recording, reference, processingSeconds, options);
		this.#hold.ended();
		return this.#deliver(transcript, jobId, {...(realTimeFactor !== undefined && {realTimeFactor})});
	}

	/** @returns what is wrong; where the job has come to its end, the ledger learns that */
	#ended(error: unknown, {reference, jobId}: MadeJob): unknown {
		const ending = endingOf(error);
		if (ending === undefined) return error;
		this.#options.ledger.jobs.ended(this.#recording.account, reference, ending);
		return ending === 'gone' ? new GoneError(jobId) : error;
	}

	async #deliver(transcript: Transcript, jobId: string, facts: DoneFacts): Promise<Outcome> {
		const handed = await handOver(transcript, this.#recording, jobId, this.#options);
		if ('text' in handed) return this.#done(jobId, [], {...facts, text: handed.text});
		const {ledger} = this.#options;
		// One wait for the disk, not two.
		return ledger.together(() => {
			ledger.recordings.wrote(this.#recording.id, handed.written);
			return this.#done(jobId, [...handed.written.keys()], facts);
		});
	}

	#done(jobId: string, outputs: readonly string[], facts: DoneFacts): Outcome {
		const {clock, ledger, signal} = this.#options;
		const {id, file} = this.#recording;
		// Who was ended meanwhile has its end in the ledger already.
		if (!signal.aborted) ledger.recordings.settle(id, 'done');
		const seconds = (clock.now() - this.#startedAt) / 1000;
		return {is: 'done', event: {type: 'done', file, jobId, outputs, seconds, ...facts}};
	}

	/** Deletes the job, where no other recording needs it; also one of which it is not known whether it was made. */
	async abandon(): Promise<void> {
		const {client, ledger} = this.#options;
		const {account} = this.#recording;
		const job = this.#job ?? (await this.#lost());
		if (job === undefined) return;
		if (ledger.jobs.withReference(account, job.reference)?.state !== 'submitted') return;
		const isNeeded = ledger.recordings
			.ofJob(account, job.reference)
			.some(({state}) => state !== 'cancelled' && state !== 'done');
		if (isNeeded) return;
		ledger.jobs.ended(account, job.reference, 'gone');
		await client.deleteJob(job.jobId, {force: true, signal: AbortSignal.timeout(LONGEST_DELETION)});
	}

	/** The job of a submission that was broken off, if there is one. */
	async #lost(): Promise<MadeJob | undefined> {
		const reference = this.#hold.held;
		if (reference === undefined) return undefined;
		const job = this.#options.ledger.jobs.withReference(this.#recording.account, reference);
		if (job?.state !== 'submitting') return undefined;
		const jobId = await this.#search.lookUntilSure(job);
		return jobId === undefined ? undefined : {reference, jobId};
	}

	/** Gives back what is held. */
	close(): void {
		this.#hold.release();
	}
}
