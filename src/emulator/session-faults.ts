/** Stands between a session and its connection, and makes go wrong what was planned. The session knows nothing of it. */
import type {Clock} from '../speechmatics/clock.ts';
import type {ServerMessage} from '../speechmatics/messages.ts';
import type {SessionFault} from './faults.ts';
import type {Peer} from './realtime-session.ts';
import {closeCodeOf, closeReason} from './session-error.ts';

/** The connection itself, below what the protocol allows to do with it. */
export interface Wire {
	send(text: string): void;
	close(code: number, reason: string): void;
	/** Breaks the connection without a close frame. */
	drop(): void;
}

type FaultOf<Name extends SessionFault['fault']> = Extract<SessionFault, {fault: Name}>;
type Timed = Extract<SessionFault, {second: number}>;

/** What the service says when it uses this type of warning or error. Source: realtime docs, limits and errors. */
const REASONS: Readonly<Record<string, string>> = {
	session_timeout: 'Session will timeout in 45m due to max duration, session has been active for 2835m',
	idle_timeout: 'Session will timeout in 15m due to inactivity, no audio sent within the last 45m',
	duration_limit_exceeded: 'Maximum utterance duration exceeded.',
	not_authorised: 'Not Authorized',
	quota_exceeded: 'Concurrent Quota Exceeded',
};

export class FaultyPeer implements Peer {
	readonly #wire: Wire;
	readonly #faults: readonly SessionFault[];
	readonly #clock: Clock;
	readonly #stop = new AbortController();
	readonly #timed: Timed[];
	#silent = false;
	#deaf = false;
	#over = false;
	#acks = 0;
	/** Set while something that was sent is held up: what follows keeps its order behind it. */
	#outbox: Promise<void> | undefined;

	constructor(wire: Wire, faults: readonly SessionFault[], clock: Clock) {
		this.#wire = wire;
		this.#faults = faults;
		this.#clock = clock;
		this.#timed = faults
			.filter((fault): fault is Timed => 'second' in fault)
			.sort((a, b) => a.second - b.second);
	}

	send(message: ServerMessage): void {
		if (message.message === 'AudioAdded' || message.message === 'ChannelAudioAdded') {
			this.#acks += 1;
			if (this.#acks > (this.#find('ack-stall')?.frame ?? Number.POSITIVE_INFINITY)) return;
			this.#after(this.#find('slow-acks')?.ms ?? 0, () => this.#write(message));
		} else if (message.message === 'RecognitionStarted') {
			this.#after(this.#find('late-start')?.ms ?? 0, () => this.#write(message));
		} else {
			this.#after(0, () => this.#write(message));
		}
	}

	close(code: number, reason: string): void {
		this.#after(0, () => {
			if (!this.#silent && !this.#over) this.#wire.close(code, reason);
		});
	}

	/** So many seconds of audio were heard until now; 0 is the beginning. */
	heard(seconds: number): void {
		while (this.#timed.length > 0 && this.#timed[0]!.second <= seconds) this.#happen(this.#timed.shift()!);
	}

	/** The service listens no more once it has said that there was too much. */
	get isDeaf(): boolean {
		return this.#deaf;
	}

	/** The connection is gone. */
	stop(): void {
		this.#over = true;
		this.#stop.abort();
	}

	#find<Name extends SessionFault['fault']>(name: Name): FaultOf<Name> | undefined {
		return this.#faults.find((fault): fault is FaultOf<Name> => fault.fault === name);
	}

	#happen(fault: Timed): void {
		switch (fault.fault) {
			case 'error': {
				const {type, reason = REASONS[type] ?? type, code = closeCodeOf(type)} = fault;
				this.#write({message: 'Error', type, reason});
				this.#end(() => this.#wire.close(code, closeReason(code, type)));
				break;
			}
			case 'close':
				this.#end(() => this.#wire.close(fault.code, fault.reason));
				break;
			case 'drop':
				this.#end(() => this.#wire.drop());
				break;
			case 'garbage':
				this.#text('{"message": "AddTranscript", \u0000');
				break;
			case 'unknown-messages':
				for (const message of UNKNOWN_MESSAGES) this.#text(JSON.stringify(message));
				break;
			case 'silence':
				this.#silent = true;
				break;
			case 'warning': {
				const {type, reason = REASONS[type] ?? type, second} = fault;
				if (type === 'duration_limit_exceeded') this.#deaf = true;
				const limit = type === 'duration_limit_exceeded' ? {duration_limit: second} : {};
				this.#write({message: 'Warning', type, reason, ...limit});
				break;
			}
		}
	}

	#end(how: () => void): void {
		if (this.#over) return;
		this.#over = true;
		this.#stop.abort();
		how();
	}

	#after(milliseconds: number, act: () => void): void {
		if (milliseconds === 0 && this.#outbox === undefined) {
			act();
			return;
		}
		const before = this.#outbox ?? Promise.resolve();
		const mine = before
			.then(() => (milliseconds > 0 ? this.#clock.sleep(milliseconds, this.#stop.signal) : undefined))
			.then(act, () => {})
			.then(() => {
				if (this.#outbox === mine) this.#outbox = undefined;
			});
		this.#outbox = mine;
	}

	#write(message: ServerMessage): void {
		const extra = this.#find('extra-keys') === undefined ? {} : {x_extra: {nested: [null, 1]}};
		this.#text(JSON.stringify({...message, ...extra}));
	}

	#text(text: string): void {
		if (!this.#silent && !this.#over) this.#wire.send(text);
	}
}

const UNKNOWN_MESSAGES = [
	{message: 'StartOfTurn', turn_id: 1},
	{message: 'Info', type: 'simulated_information', reason: 'No client knows this.'},
	{message: 'Warning', type: 'simulated_warning', reason: 'No client knows this.'},
];
