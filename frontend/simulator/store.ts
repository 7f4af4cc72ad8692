import type { Bytes, KeptContent, Piece, TransferNote } from "../src/mesh/core/events";
import { ORIGIN, type Source } from "../src/mesh/core/events";
import { LARGEST_CHUNK, type Manifest } from "../src/protocol/manifest";
import type { VirtualClock } from "./clock";

/** Milliseconds from a request of the store to its answer, whatever its size: two messages between threads. */
const TURN_MILLIS = 1;

/** Chunks have no bytes of their own: every right one is a view of this. */
const RIGHT: Bytes = new Uint8Array(LARGEST_CHUNK);

/** What a peer that spoils chunks sends: of the right length, and known to be wrong by the memory it lies in. */
const WRONG: Bytes = new Uint8Array(LARGEST_CHUNK);

export function bytesOf(length: number, spoilt = false): Bytes {
  return (spoilt ? WRONG : RIGHT).subarray(0, length);
}

/** The store of one peer for one content. Verifying takes time, one chunk after the other. */
export class VirtualStore {
  readonly kept: KeptContent;
  readonly #clock: VirtualClock;
  readonly #millisPerByte: number;
  #freeAt = 0;

  /** `rate` in bytes a second; `full`: whether it has everything from the beginning. */
  constructor(clock: VirtualClock, manifest: Manifest, chunks: number, rate: number, full: boolean) {
    this.#clock = clock;
    this.#millisPerByte = 1000 / rate;
    this.kept = {
      resource: "resource",
      name: "file",
      manifest,
      origins: new Uint8Array(chunks).fill(full ? ORIGIN.hub : ORIGIN.missing),
      note: null,
      pinned: false,
      onRequest: false,
      usedAt: 0,
    };
  }

  /** A copy, as the core may keep what it is given. */
  recall(): KeptContent {
    return { ...this.kept, origins: this.kept.origins.slice() };
  }

  note(note: TransferNote | null): void {
    this.kept.note = note;
  }

  put(chunk: number, pieces: readonly Piece[], source: Source, done: (outcome: "kept" | "wrong") => void): void {
    const bytes = pieces.reduce((sum, piece) => sum + piece.bytes.length, 0);
    this.#freeAt = Math.max(this.#freeAt, this.#clock.now) + bytes * this.#millisPerByte;
    const outcome = pieces.every((piece) => piece.bytes.buffer === RIGHT.buffer) ? "kept" : "wrong";
    this.#clock.at(this.#freeAt + TURN_MILLIS, () => {
      if (outcome === "kept") this.kept.origins[chunk] = source.kind === "hub" ? ORIGIN.hub : ORIGIN.peer;
      done(outcome);
    });
  }

  read(chunk: number, length: number, done: (bytes: Bytes | null) => void): void {
    const bytes = this.kept.origins[chunk] === ORIGIN.missing ? null : bytesOf(length);
    this.#clock.after(TURN_MILLIS, () => {
      done(bytes);
    });
  }
}
