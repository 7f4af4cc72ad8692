import { chunkCount, chunkLength, leafBuffer, leafOf } from "../../protocol/manifest";
import { MeshProblem } from "../../protocol/problems";
import { isKept, type KeptContent, lostOrigin, ORIGIN, readOrigin } from "../core/events";
import type { ContentRecord } from "./content-record";
import type { SyncFile } from "./private-folder";

/** Chunks written between two flushes: what a crash of the machine, not of the tab, may cost. */
const FLUSH_EVERY = 64;

/** The leaf and the bytes behind it, as they are hashed. */
type Leaf = Uint8Array<ArrayBuffer>;

/**
 * One content in open files: the bytes, and a map with one origin byte a chunk. A chunk's byte in the map is written after
 * the chunk itself, so that what the map says is held is really there after a crash of the tab.
 */
export class Shelf {
  readonly record: ContentRecord;
  readonly #data: SyncFile;
  readonly #map: SyncFile;
  readonly #origins: Uint8Array;
  /** Chunks that have been seen to match their leaf since the files were opened. */
  readonly #checked: Uint8Array;
  #unflushed = 0;

  /** Takes open files over. What lies beyond the end of a file that was cut short is lost. */
  constructor(record: ContentRecord, data: SyncFile, map: SyncFile) {
    const { manifest } = record;
    const chunks = chunkCount(manifest);
    this.record = record;
    this.#data = data;
    this.#map = map;
    this.#checked = new Uint8Array(chunks);
    this.#origins = new Uint8Array(chunks);
    map.read(this.#origins, { at: 0 });
    const length = data.getSize();
    this.#origins.forEach((byte, chunk) => {
      this.#origins[chunk] = readOrigin(byte);
      if (chunk * manifest.chunkSize + chunkLength(manifest, chunk) > length) this.lose(chunk);
    });
  }

  /** What is held, as the engine is told. */
  get kept(): KeptContent {
    return { ...this.record, origins: this.#origins.slice() };
  }

  has(chunk: number): boolean {
    return isKept(this.#origins[chunk] ?? ORIGIN.missing);
  }

  isChecked(chunk: number): boolean {
    return this.#checked[chunk] === 1;
  }

  /** The leaf that a chunk should have. */
  leaf(chunk: number): Uint8Array {
    return leafOf(this.record.manifest, chunk);
  }

  /** A chunk as it is hashed, or null: the file ends before it does. */
  readLeaf(chunk: number): Leaf | null {
    const { manifest } = this.record;
    const buffer = leafBuffer(chunkLength(manifest, chunk));
    const bytes = buffer.subarray(1);
    return this.#data.read(bytes, { at: chunk * manifest.chunkSize }) === bytes.length ? buffer : null;
  }

  /** Keeps a chunk that has been verified. */
  put(chunk: number, bytes: Uint8Array, origin: number): void {
    writeWhole(this.#data, bytes, chunk * this.record.manifest.chunkSize);
    writeWhole(this.#map, Uint8Array.of(origin), chunk);
    this.#origins[chunk] = origin;
    this.#checked[chunk] = 1;
    if (++this.#unflushed >= FLUSH_EVERY) this.flush();
  }

  /** A chunk has been seen to match its leaf. */
  check(chunk: number): void {
    this.#checked[chunk] = 1;
  }

  /** A chunk is not what it was: it is held no more. */
  lose(chunk: number): void {
    const origin = lostOrigin(this.#origins[chunk] ?? ORIGIN.missing);
    if (origin === this.#origins[chunk]) return;
    this.#origins[chunk] = origin;
    this.#checked[chunk] = 0;
    writeWhole(this.#map, Uint8Array.of(origin), chunk);
    this.#unflushed++;
  }

  flush(): void {
    if (this.#unflushed === 0) return;
    this.#data.flush();
    this.#map.flush();
    this.#unflushed = 0;
  }

  close(): void {
    this.flush();
    this.#data.close();
    this.#map.close();
  }
}

/** Writes all of it, or says that there is no room. */
export function writeWhole(file: SyncFile, bytes: Uint8Array, at: number): void {
  try {
    if (file.write(bytes, { at }) === bytes.length) return;
  } catch (failure) {
    throw storeProblem(failure);
  }
  throw new MeshProblem("storage-quota");
}

/** What a failure of a file is called. */
export function storeProblem(failure: unknown): MeshProblem {
  if (failure instanceof MeshProblem) return failure;
  const full = failure instanceof Error && failure.name === "QuotaExceededError";
  return new MeshProblem(full ? "storage-quota" : "storage-refused", String(failure));
}
