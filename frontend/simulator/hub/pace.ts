/** Chunks on their way at least, whatever their size. */
const LEAST_CHUNKS = 2;

/** Bytes on their way at least. */
const LEAST_BYTES = 1024 * 1024;

/** What the hub sent in so long may be on its way, in milliseconds. */
const WINDOW_MILLIS = 1_000;

/** A chunk not sent for so long no longer holds up others, in milliseconds. */
const STALE_MILLIS = 10_000;

/** A chunk under lease; `at`: when it was granted. */
export interface Grant {
  peer: string;
  chunk: number;
  at: number;
  sent: boolean;
  /** Whether it counts as on its way. */
  paced: boolean;
  /** Whether the holder has the chunk, or has gone, or time is up. */
  over: boolean;
}

/** How many chunks of one swarm are on their way from the hub, and how many may be: a port of `io.hubmesh.mesh.swarm.Pace`. */
export class Pace {
  readonly #least: number;
  #fresh: Grant[] = [];
  #sentAt: number[] = [];
  #onTheWay = 0;

  constructor(chunkSize: number) {
    this.#least = Math.max(LEAST_CHUNKS, Math.floor(LEAST_BYTES / chunkSize));
  }

  /** Chunks that may be on their way now. */
  allowed(now: number): number {
    const kept = this.#sentAt.findIndex((at) => at + WINDOW_MILLIS > now);
    if (kept !== 0) this.#sentAt = kept < 0 ? [] : this.#sentAt.slice(kept);
    return Math.max(this.#least, this.#sentAt.length);
  }

  /** Chunks that are on their way now. */
  onTheWay(now: number): number {
    const kept = this.#fresh.findIndex((grant) => grant.paced && grant.at + STALE_MILLIS > now);
    const past = kept < 0 ? this.#fresh : this.#fresh.slice(0, kept);
    if (past.length > 0) this.#fresh = this.#fresh.slice(past.length);
    for (const grant of past) this.settled(grant);
    return this.#onTheWay;
  }

  granted(grant: Grant): void {
    this.#fresh.push(grant);
    this.#onTheWay++;
  }

  sent(grant: Grant, now: number): void {
    this.settled(grant);
    this.#sentAt.push(now);
  }

  /** The chunk is on its way no more. */
  settled(grant: Grant): void {
    if (!grant.paced) return;
    grant.paced = false;
    this.#onTheWay--;
  }
}
