/** A receiver as the star knows it: rates in bytes a millisecond, one way to the hub in milliseconds. */
export interface Receiver {
  rate: number;
  delayMillis: number;
}

/** Bytes that are less than any: rounding of doubles. */
const NOTHING = 1e-3;

/**
 * Client-server: everybody fetches the whole file from the hub at one moment. The hub's line is a fluid that is shared evenly; what
 * one cannot take, because its own line or its path is slower, the others get (max-min fairness). Times in milliseconds since then.
 */
export class Star {
  /** When each has the whole file, its last byte's way included; not a number for those who have not. */
  readonly completedAt: Float64Array;
  now = 0;
  readonly #size: number;
  readonly #rate: number;
  readonly #receivers: readonly Receiver[];
  readonly #left: Float64Array;
  /** Those who fetch, the slowest first. */
  #fetching: number[];
  #level = 0;
  #alive = true;

  /** `rate`: the hub's, in bytes a millisecond. */
  constructor(size: number, rate: number, receivers: readonly Receiver[]) {
    this.#size = size;
    this.#rate = rate;
    this.#receivers = receivers;
    this.#left = new Float64Array(receivers.length).fill(size);
    this.completedAt = new Float64Array(receivers.length).fill(Number.NaN);
    this.#fetching = receivers.map((_, number) => number).sort((one, other) => this.#own(one) - this.#own(other));
    this.#share();
  }

  /** Bytes that have left the hub. */
  get egress(): number {
    return this.#left.reduce((sum, left) => sum + this.#size - left, 0);
  }

  get isOver(): boolean {
    return !this.#alive || this.#fetching.length === 0;
  }

  /** What a receiver has, in parts of the file. */
  progress(number: number): number {
    return 1 - (this.#left[number] ?? 0) / this.#size;
  }

  /** The hub stops: nobody gets a byte more. */
  die(): void {
    this.#alive = false;
  }

  /** Somebody goes away. */
  remove(number: number): void {
    this.#fetching = this.#fetching.filter((other) => other !== number);
    this.#share();
  }

  /** Lets time pass; no limit: until everybody is done. */
  advance(until = Number.POSITIVE_INFINITY): void {
    while (!this.isOver) {
      const soonest = this.#fetching.reduce(
        (least, number) => Math.min(least, (this.#left[number] ?? 0) / this.#rateOf(number)),
        Number.POSITIVE_INFINITY,
      );
      if (this.now + soonest > until) break;
      this.#flow(soonest);
      this.#complete();
    }
    if (until > this.now && Number.isFinite(until)) {
      if (!this.isOver) this.#flow(until - this.now);
      this.now = until;
    }
  }

  #own(number: number): number {
    return this.#receivers[number]?.rate ?? 0;
  }

  #rateOf(number: number): number {
    return Math.min(this.#own(number), this.#level);
  }

  #flow(millis: number): void {
    for (const number of this.#fetching) {
      this.#left[number] = Math.max(0, (this.#left[number] ?? 0) - this.#rateOf(number) * millis);
    }
    this.now += millis;
  }

  #complete(): void {
    this.#fetching = this.#fetching.filter((number) => {
      if ((this.#left[number] ?? 0) > NOTHING) return true;
      this.#left[number] = 0;
      this.completedAt[number] = this.now + 2 * (this.#receivers[number]?.delayMillis ?? 0);
      return false;
    });
    this.#share();
  }

  /** The rate up to which everybody gets what they can take. */
  #share(): void {
    let rest = this.#rate;
    let waiting = this.#fetching.length;
    this.#level = Number.POSITIVE_INFINITY;
    for (const number of this.#fetching) {
      const even = rest / waiting;
      if (this.#own(number) > even) {
        this.#level = even;
        return;
      }
      rest -= this.#own(number);
      waiting--;
    }
  }
}
