/** A rate is taken over so long: what the kernel sends is counted at once, however long it is on its way. In milliseconds. */
export const WINDOW = 10_000;

/** How fast a count grows now, from what a stream told of it; by the hub's clock, in milliseconds since 1970. */
export class RecentRate {
  readonly #grown: { at: number; bytes: number }[] = [];
  #last: number | null = null;

  /** @param count bytes in all so far */
  tell(count: number, at: number): void {
    const bytes = count - (this.#last ?? count);
    this.#last = count;
    if (bytes > 0) this.#grown.push({ at, bytes });
  }

  /** Bytes a second. */
  at(now: number): number {
    while (this.#grown[0] !== undefined && this.#grown[0].at <= now - WINDOW) this.#grown.shift();
    const bytes = this.#grown.reduce((sum, each) => sum + each.bytes, 0);
    return (bytes * 1000) / WINDOW;
  }

  /** The connection was lost: nobody can say when what is told next was sent. */
  forget(): void {
    this.#last = null;
  }
}

/** The hub's clock as it is seen from here. A message that waited, because this machine slept, does not set it back. */
export class HubClock {
  readonly #now: () => number;
  #ahead = -Infinity;

  /** @param now this machine's clock, which goes on in its sleep, in milliseconds since 1970 */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** @param at when the hub said something that has just come */
  tell(at: number): void {
    this.#ahead = Math.max(this.#ahead, at - this.#now());
  }

  now(): number {
    return this.#now() + Math.max(this.#ahead, -Number.MAX_SAFE_INTEGER);
  }

  forget(): void {
    this.#ahead = -Infinity;
  }
}
