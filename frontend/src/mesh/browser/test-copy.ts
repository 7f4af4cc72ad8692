import { chunkCount, chunkLength, leafOf, type Manifest } from "../../protocol/manifest";
import { MeshProblem } from "../../protocol/problems";
import { ORIGIN, type Bytes } from "../core/events";
import type { Clock, Store } from "../ports";

/** What a download from the hub is made with. `rate`: bytes a second at most. */
export interface HubCopy {
  clock: Clock;
  store: Store;
  manifest: Manifest;
  rate: number;
  /** Told the verified bytes so far. */
  progress: (bytes: number) => void;
}

/** Most bytes taken off the connection at once, in seconds of the rate: more would be a burst after a pause. */
const TURN_SECONDS = 0.1;

/** Fetches a whole file as a plain download and checks and keeps each chunk of it, as a peer does with what it fetches. */
export async function copyFromHub(body: ReadableStream<Bytes>, copy: HubCopy): Promise<void> {
  const { manifest } = copy;
  const pace = new Pace(copy.clock, copy.rate);
  const chunks = new ChunkMaker(copy);
  const reader = body.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    await chunks.take(read.value);
    await pace.passed(read.value.length);
  }
  if (chunks.kept !== manifest.size) throw new MeshProblem("checksum-mismatch");
}

/** Waits until so many bytes may have come. */
class Pace {
  readonly #clock: Clock;
  readonly #rate: number;
  #freeAt: number;

  constructor(clock: Clock, rate: number) {
    this.#clock = clock;
    this.#rate = rate;
    this.#freeAt = clock.now();
  }

  async passed(bytes: number): Promise<void> {
    const now = this.#clock.now();
    const earliest = now - TURN_SECONDS * 1000;
    this.#freeAt = Math.max(this.#freeAt, earliest) + (bytes * 1000) / this.#rate;
    const wait = this.#freeAt - now;
    if (wait > 0) await new Promise<void>((resolve) => this.#clock.after(wait, resolve));
  }
}

/** Cuts what comes into chunks and has them checked and kept, one after the other. */
class ChunkMaker {
  readonly #copy: HubCopy;
  #chunk = 0;
  #filled = 0;
  #buffer: Bytes;
  kept = 0;

  constructor(copy: HubCopy) {
    this.#copy = copy;
    this.#buffer = this.#next();
  }

  async take(bytes: Bytes): Promise<void> {
    for (let from = 0; from < bytes.length;) {
      if (this.#chunk >= chunkCount(this.#copy.manifest)) throw new MeshProblem("checksum-mismatch");
      const part = bytes.subarray(from, from + this.#buffer.length - this.#filled);
      this.#buffer.set(part, this.#filled);
      this.#filled += part.length;
      from += part.length;
      if (this.#filled === this.#buffer.length) await this.#keep();
    }
  }

  async #keep(): Promise<void> {
    const { store, manifest, progress } = this.#copy;
    const { length } = this.#buffer;
    const pieces = [{ offset: 0, bytes: this.#buffer }];
    const leaf = leafOf(manifest, this.#chunk);
    const outcome = await store.put(manifest.contentId, this.#chunk, pieces, leaf, ORIGIN.hub);
    if (outcome === "wrong") throw new MeshProblem("checksum-mismatch");
    this.kept += length;
    this.#chunk++;
    this.#filled = 0;
    this.#buffer = this.#next();
    progress(this.kept);
  }

  #next(): Bytes {
    const { manifest } = this.#copy;
    return new Uint8Array(this.#chunk < chunkCount(manifest) ? chunkLength(manifest, this.#chunk) : 0);
  }
}
