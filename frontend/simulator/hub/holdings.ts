import type { Bitmap } from "../../src/protocol/bitmap";

/** How many members hold which chunks of one content. */
export class Holdings {
  readonly copies: Uint16Array;
  /** Chunks that nobody holds. */
  unheldCount: number;
  /** Members that hold everything. */
  full = 0;
  readonly #chunks: number;

  constructor(chunks: number) {
    this.#chunks = chunks;
    this.unheldCount = chunks;
    this.copies = new Uint16Array(chunks);
  }

  /** Answers false when the member held it already, or there is no such chunk. */
  add(held: Bitmap, chunk: number): boolean {
    if (chunk < 0 || chunk >= this.#chunks || !held.add(chunk)) return false;
    if (held.full) this.full++;
    const copies = this.copies[chunk] ?? 0;
    if (copies === 0) this.unheldCount--;
    this.copies[chunk] = copies + 1;
    return true;
  }

  /** The member has gone. */
  remove(held: Bitmap): void {
    if (this.#chunks > 0 && held.full) this.full--;
    for (let chunk = 0; chunk < this.#chunks; chunk++) {
      if (!held.has(chunk)) continue;
      const copies = (this.copies[chunk] ?? 0) - 1;
      this.copies[chunk] = copies;
      if (copies === 0) this.unheldCount++;
    }
  }

  /** Whether every chunk is held by somebody or leased. */
  coverAllWith(isLeased: (chunk: number) => boolean): boolean {
    if (this.unheldCount === 0) return true;
    return this.copies.every((copies, chunk) => copies > 0 || isLeased(chunk));
  }

  isHeld(chunk: number): boolean {
    return (this.copies[chunk] ?? 0) > 0;
  }

  /** Chunks of a set that nobody holds, in turn from `start` on. */
  unheld(isIn: (chunk: number) => boolean, start: number, most: number): number[] {
    if (this.unheldCount === 0) return [];
    return this.#inTurn((chunk) => !this.isHeld(chunk) && isIn(chunk), start, most);
  }

  /** Chunks of a set that somebody holds, those with the fewest copies first, equals in turn from `start` on. */
  rarest(isIn: (chunk: number) => boolean, start: number, most: number): number[] {
    if (most <= 0) return [];
    const order = this.#inTurn((chunk) => this.isHeld(chunk) && isIn(chunk), start, this.#chunks);
    order.sort((left, right) => (this.copies[left] ?? 0) - (this.copies[right] ?? 0));
    return order.slice(0, most);
  }

  #inTurn(isIn: (chunk: number) => boolean, start: number, most: number): number[] {
    const order: number[] = [];
    for (let step = 0; step < this.#chunks && order.length < most; step++) {
      const chunk = (start + step) % this.#chunks;
      if (isIn(chunk)) order.push(chunk);
    }
    return order;
  }
}
