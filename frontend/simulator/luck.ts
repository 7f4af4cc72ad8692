import { type Chance, chanceOf, draw, drawBelow } from "../src/mesh/core/chance";

/** Draws thrown away first: the generator needs a few rounds until a small seed has reached all of its state. */
const WARM_UP = 16;

/** The one source of chance of a simulation; the same seed and purpose give the same draws. */
export class Luck {
  readonly #chance: Chance;

  constructor(seed: number, purpose: number) {
    const words = new DataView(new ArrayBuffer(16));
    words.setUint32(0, seed);
    words.setUint32(4, purpose);
    words.setUint32(8, 0x9e37_79b9);
    this.#chance = chanceOf(new Uint8Array(words.buffer));
    for (let round = 0; round < WARM_UP; round++) draw(this.#chance);
  }

  /** A whole number from 0 to `below - 1`. */
  below(below: number): number {
    return drawBelow(this.#chance, below);
  }

  /** From 0 (included) to 1 (not). */
  share(): number {
    return draw(this.#chance) / 0x1_0000_0000;
  }

  between(least: number, most: number): number {
    return least + this.share() * (most - least);
  }

  /** 16 bytes. */
  seed(): Uint8Array {
    const words = new DataView(new ArrayBuffer(16));
    for (let at = 0; at < 16; at += 4) words.setUint32(at, draw(this.#chance));
    return new Uint8Array(words.buffer);
  }

  /** The same items in a random order (Fisher and Yates). */
  shuffled<T>(items: readonly T[]): T[] {
    const all = [...items];
    for (let last = all.length - 1; last > 0; last--) {
      const other = this.below(last + 1);
      const [left, right] = [all[last], all[other]];
      if (left !== undefined && right !== undefined) [all[last], all[other]] = [right, left];
    }
    return all;
  }
}
