/** Who works at equal recordings: the first one leads, and the others wait for its transcript. */
export class Sharing {
	readonly #leaders = new Map<string, number>();
	readonly #followers = new Map<string, Set<number>>();

	/** @returns whether `id` works at it: nobody else does */
	lead(base: string, id: number): boolean {
		const leader = this.#leaders.get(base);
		if (leader === undefined) this.#leaders.set(base, id);
		return leader === undefined || leader === id;
	}

	/** @returns false where the leader has ended meanwhile, so that there is nobody to wait for */
	follow(base: string, id: number): boolean {
		if (!this.#leaders.has(base)) return false;
		const followers = this.#followers.get(base) ?? new Set();
		this.#followers.set(base, followers.add(id));
		return true;
	}

	isLed(base: string): boolean {
		return this.#leaders.has(base);
	}

	/** Who waits for `id`. */
	followersOf(base: string, id: number): number[] {
		return this.#leaders.get(base) === id ? [...(this.#followers.get(base) ?? [])] : [];
	}

	/** @returns who waited for `id` and has to go on without it */
	leave(base: string, id: number): number[] {
		const followers = this.followersOf(base, id);
		if (this.#leaders.get(base) === id) {
			this.#leaders.delete(base);
			this.#followers.delete(base);
		} else this.#followers.get(base)?.delete(id);
		return followers;
	}
}
