import { toBase64url } from "./base64url";

/** A set of chunks: chunk `i` is bit `7 - i % 8` of byte `i / 8`; the bits after the last chunk are zero. */
export class Bitmap {
  readonly chunks: number;
  readonly bytes: Uint8Array;
  #count = 0;

  constructor(chunks: number, bytes = new Uint8Array(Math.ceil(chunks / 8))) {
    this.chunks = chunks;
    this.bytes = bytes;
    for (const byte of bytes) this.#count += ones(byte);
  }

  /** How many chunks are in the set. */
  get count(): number {
    return this.#count;
  }

  /** Whether every chunk is in the set. */
  get full(): boolean {
    return this.#count === this.chunks;
  }

  has(chunk: number): boolean {
    return (((this.bytes[chunk >> 3] ?? 0) >> (7 - (chunk & 7))) & 1) === 1;
  }

  /** Puts a chunk in; answers whether it was new. An index out of range is an error of the caller. */
  add(chunk: number): boolean {
    if (!Number.isInteger(chunk) || chunk < 0 || chunk >= this.chunks) throw new RangeError(`no chunk ${chunk}`);
    if (this.has(chunk)) return false;
    this.bytes[chunk >> 3] = (this.bytes[chunk >> 3] ?? 0) | (1 << (7 - (chunk & 7)));
    this.#count++;
    return true;
  }

  /** Takes a chunk out; answers whether it was in. */
  remove(chunk: number): boolean {
    if (!this.has(chunk)) return false;
    this.bytes[chunk >> 3] = (this.bytes[chunk >> 3] ?? 0) & ~(1 << (7 - (chunk & 7)));
    this.#count--;
    return true;
  }

  copy(): Bitmap {
    return new Bitmap(this.chunks, this.bytes.slice());
  }

  toText(): string {
    return toBase64url(this.bytes);
  }
}

/** The set a stranger sent for a content of `chunks` chunks, or null: wrong length or a bit past the end. */
export function readBitmap(bytes: Uint8Array, chunks: number): Bitmap | null {
  if (bytes.length !== Math.ceil(chunks / 8)) return null;
  const spare = bytes.length * 8 - chunks;
  if (spare > 0 && ((bytes.at(-1) ?? 0) & ((1 << spare) - 1)) !== 0) return null;
  return new Bitmap(chunks, bytes.slice());
}

function ones(byte: number): number {
  let count = 0;
  for (let left = byte; left > 0; left &= left - 1) count++;
  return count;
}
