/** The faults that are still to happen. */
import {type Fault, type MishearingFault, type Operation, RequestFault, type SessionFault} from './faults.ts';

/** Faults of a request that change how it is read, and leave room for one that changes its answer. */
const READING = ['no-wait', 'slow-read'];

export class FaultPlan {
	#rules: Array<{readonly fault: Fault; after: number; left: number}> = [];

	constructor(faults: readonly Fault[] = []) {
		this.set(faults);
	}

	/** Replaces what was planned. */
	set(faults: readonly Fault[]): void {
		this.#rules = faults.map((fault) => ({fault, after: fault.after, left: fault.times}));
	}

	/** What is still to happen, and how often. */
	get pending(): Array<Fault & {left: number}> {
		return this.#rules.filter(({left}) => left > 0).map(({fault, left}) => ({...fault, left}));
	}

	/** The faults that befall a request: any number in its reading, one in its answer. */
	forRequest(operation: Operation): RequestFault[] {
		let answered = false;
		return this.#take(
			(fault): fault is RequestFault => isForRequest(fault) && (fault.on ?? operation) === operation,
			({fault}) => {
				const free = READING.includes(fault) || !answered;
				answered ||= !READING.includes(fault);
				return free;
			},
		);
	}

	/** The status that a handshake is refused with, if it is. */
	forHandshake(): number | undefined {
		let free = true;
		const [refusal] = this.#take(
			(fault): fault is Extract<Fault, {fault: 'handshake'}> => fault.fault === 'handshake',
			() => {
				const first = free;
				free = false;
				return first;
			},
		);
		return refusal?.status;
	}

	/** Everything that befalls one session. */
	forSession(): SessionFault[] {
		return this.#take(
			(fault): fault is SessionFault =>
				!isForRequest(fault) && fault.fault !== 'handshake' && fault.fault !== 'mishear',
			() => true,
		);
	}

	/** What one job or session hears wrongly. */
	forHearing(by: MishearingFault['by']): MishearingFault[] {
		return this.#take(
			(fault): fault is MishearingFault => fault.fault === 'mishear' && fault.by === by,
			() => true,
		);
	}

	/** @param suits which rules count this occasion; @param room whether one that is due still finds its place */
	#take<Kind extends Fault>(suits: (fault: Fault) => fault is Kind, room: (fault: Kind) => boolean): Kind[] {
		const taken: Kind[] = [];
		for (const rule of this.#rules) {
			if (!suits(rule.fault)) continue;
			if (rule.after > 0) rule.after -= 1;
			else if (rule.left > 0 && room(rule.fault)) {
				rule.left -= 1;
				taken.push(rule.fault);
			}
		}
		return taken;
	}
}

const REQUEST_FAULTS: readonly string[] = RequestFault.options.map(({shape}) => shape.fault.value);

function isForRequest(fault: Fault): fault is RequestFault {
	return REQUEST_FAULTS.includes(fault.fault);
}
