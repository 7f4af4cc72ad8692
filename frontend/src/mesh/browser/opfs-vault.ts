import { chunkCount, chunkLength, leafBuffer, type Manifest } from "../../protocol/manifest";
import { MeshProblem } from "../../protocol/problems";
import { type Bytes, type KeptContent, ORIGIN, type Piece, type TransferNote } from "../core/events";
import { type ContentRecord, readRecord, writtenRecord } from "./content-record";

/** Synchronous access to a private file, as a dedicated worker has it (WHATWG File System). */
export interface SyncFile {
  read(bytes: Uint8Array, at: { at: number }): number;
  write(bytes: Uint8Array, at: { at: number }): number;
  truncate(size: number): void;
  getSize(): number;
  flush(): void;
  close(): void;
}

/** A private folder, as far as the vault needs it. */
export interface PrivateFolder {
  names(): Promise<string[]>;
  open(name: string): Promise<SyncFile>;
  remove(name: string): Promise<void>;
}

/** Contents whose files are open at once at most: file handles are a shared good of the browser. */
const MOST_OPEN = 48;

/** Chunks written between two flushes: what a crash of the machine, not of the tab, may cost. */
const FLUSH_EVERY = 64;

/** Longest record of a content, in bytes: the leaves of the most chunks, in base64url, and the rest. */
const LONGEST_RECORD = 12 * 1024 * 1024;

/** Tries of a file that somebody still holds, and the pause between two in milliseconds: the page before a reload lets go late. */
const MOST_TRIES = 20;
export const RETRY_MILLIS = 100;

/** A record that nobody can read any more: the only reason to clear a content away unasked. */
class RecordBroken extends Error {}

interface Shelf {
  manifest: Manifest;
  resource: string;
  name: string;
  note: TransferNote | null;
  data: SyncFile;
  map: SyncFile;
  origins: Uint8Array;
  unflushed: number;
}

/**
 * Contents in private files, three each: the bytes, a map with one origin byte a chunk, and a record. A chunk's byte in the
 * map is written after the chunk itself, so that what the map says is held is really there after a crash of the tab.
 */
export class OpfsVault {
  readonly #folder: PrivateFolder;
  readonly #sha256: (bytes: Bytes) => Promise<Uint8Array>;
  readonly #rest: () => Promise<void>;
  readonly #shelves = new Map<string, Promise<Shelf>>();

  /** `rest` waits `RETRY_MILLIS`. */
  constructor(folder: PrivateFolder, sha256: (bytes: Bytes) => Promise<Uint8Array>, rest: () => Promise<void>) {
    this.#folder = folder;
    this.#sha256 = sha256;
    this.#rest = rest;
  }

  /** Everything that is held. Broken records are cleared away with their files; what cannot be opened now waits for the next time. */
  async contents(): Promise<KeptContent[]> {
    const contents: KeptContent[] = [];
    for (const name of await this.#folder.names()) {
      const content = /^([0-9a-f]{64})\.record$/.exec(name)?.[1];
      if (content === undefined) continue;
      try {
        contents.push(keptOf(await this.#shelf(content)));
      } catch (failure) {
        if (failure instanceof RecordBroken) await this.drop(content).catch(() => undefined);
      }
    }
    return contents;
  }

  async create(content: Omit<KeptContent, "origins">): Promise<KeptContent> {
    const id = content.manifest.contentId;
    const shelf = await this.#shelf(id).catch(async (failure: unknown) => {
      if (!(failure instanceof RecordBroken) && !isNotFound(failure)) throw problemOf(failure);
      await this.#make(content);
      return this.#shelf(id);
    });
    Object.assign(shelf, { resource: content.resource, name: content.name, note: content.note ?? shelf.note });
    await this.#writeRecord(shelf);
    return keptOf(shelf);
  }

  /** Verifies a chunk in one buffer that begins with the leaf prefix, then writes it. */
  async put(
    content: string,
    chunk: number,
    pieces: Piece[],
    leaf: Uint8Array,
    origin: number,
  ): Promise<"kept" | "wrong"> {
    const { manifest } = await this.#shelf(content);
    const buffer = leafBuffer(chunkLength(manifest, chunk));
    for (const piece of pieces) buffer.set(piece.bytes, 1 + piece.offset);
    const hash = await this.#sha256(buffer);
    if (hash.length !== leaf.length || hash.some((byte, at) => byte !== leaf[at])) return "wrong";
    const shelf = await this.#shelf(content);
    writeWhole(shelf.data, buffer.subarray(1), chunk * manifest.chunkSize);
    writeWhole(shelf.map, Uint8Array.of(origin), chunk);
    shelf.origins[chunk] = origin;
    if (++shelf.unflushed >= FLUSH_EVERY) flush(shelf);
    return "kept";
  }

  async read(content: string, chunk: number): Promise<Bytes | null> {
    const shelf = await this.#shelf(content);
    if ((shelf.origins[chunk] ?? ORIGIN.missing) === ORIGIN.missing) return null;
    const bytes = new Uint8Array(chunkLength(shelf.manifest, chunk));
    const got = shelf.data.read(bytes, { at: chunk * shelf.manifest.chunkSize });
    return got === bytes.length ? bytes : null;
  }

  async note(content: string, note: TransferNote | null): Promise<void> {
    const shelf = await this.#shelf(content);
    shelf.note = note;
    flush(shelf);
    await this.#writeRecord(shelf);
  }

  /** Makes sure that what is held is in the files. */
  async flush(content: string): Promise<void> {
    flush(await this.#shelf(content));
  }

  async drop(content: string): Promise<void> {
    await this.#closeShelf(content);
    for (const kind of ["record", "map", "data"]) await this.#folder.remove(`${content}.${kind}`);
  }

  async close(): Promise<void> {
    for (const content of [...this.#shelves.keys()]) await this.#closeShelf(content);
  }

  async #make(content: Omit<KeptContent, "origins">): Promise<void> {
    const id = content.manifest.contentId;
    await this.drop(id);
    try {
      const [data, map] = await this.#openBoth(id);
      try {
        data.truncate(content.manifest.size);
        map.truncate(chunkCount(content.manifest));
      } finally {
        data.close();
        map.close();
      }
      await this.#writeRecord(content);
    } catch (failure) {
      await this.drop(id);
      throw problemOf(failure);
    }
  }

  async #shelf(content: string): Promise<Shelf> {
    const known = this.#shelves.get(content);
    if (known !== undefined) {
      this.#shelves.delete(content);
      this.#shelves.set(content, known);
      return known;
    }
    const opening = this.#openShelf(content);
    this.#shelves.set(content, opening);
    opening.catch(() => {
      if (this.#shelves.get(content) === opening) this.#shelves.delete(content);
    });
    const [oldest] = this.#shelves.keys();
    if (this.#shelves.size > MOST_OPEN && oldest !== undefined) await this.#closeShelf(oldest);
    return opening;
  }

  async #openShelf(content: string): Promise<Shelf> {
    if (!(await this.#folder.names()).includes(`${content}.record`)) throw new MeshProblem("not-found");
    const record = readRecord(await this.#readWhole(`${content}.record`));
    if (record?.manifest.contentId !== content) throw new RecordBroken();
    const [data, map] = await this.#openBoth(content);
    const origins = new Uint8Array(chunkCount(record.manifest));
    map.read(origins, { at: 0 });
    return { ...record, data, map, origins, unflushed: 0 };
  }

  async #openBoth(content: string): Promise<[data: SyncFile, map: SyncFile]> {
    const data = await this.#open(`${content}.data`);
    try {
      return [data, await this.#open(`${content}.map`)];
    } catch (failure) {
      data.close();
      throw failure;
    }
  }

  /** Opens a file, waiting a little while somebody else still has it. */
  async #open(name: string): Promise<SyncFile> {
    for (let tried = 1; ; tried++) {
      try {
        return await this.#folder.open(name);
      } catch (failure) {
        if (tried === MOST_TRIES || nameOf(failure) !== "NoModificationAllowedError") throw failure;
        await this.#rest();
      }
    }
  }

  async #closeShelf(content: string): Promise<void> {
    const opening = this.#shelves.get(content);
    this.#shelves.delete(content);
    const shelf = await opening?.catch(() => undefined);
    if (shelf === undefined) return;
    flush(shelf);
    shelf.data.close();
    shelf.map.close();
  }

  async #readWhole(name: string): Promise<string> {
    const file = await this.#open(name);
    try {
      const bytes = new Uint8Array(Math.min(file.getSize(), LONGEST_RECORD));
      file.read(bytes, { at: 0 });
      return new TextDecoder().decode(bytes);
    } finally {
      file.close();
    }
  }

  async #writeRecord({ manifest, resource, name, note }: ContentRecord): Promise<void> {
    const file = await this.#open(`${manifest.contentId}.record`);
    try {
      const bytes = new TextEncoder().encode(writtenRecord({ manifest, resource, name, note }));
      file.truncate(bytes.length);
      writeWhole(file, bytes, 0);
      file.flush();
    } finally {
      file.close();
    }
  }
}

function keptOf({ manifest, resource, name, note, origins }: Shelf): KeptContent {
  return { manifest, resource, name, note, origins: origins.slice() };
}

function flush(shelf: Shelf): void {
  if (shelf.unflushed === 0) return;
  shelf.data.flush();
  shelf.map.flush();
  shelf.unflushed = 0;
}

function writeWhole(file: SyncFile, bytes: Uint8Array, at: number): void {
  try {
    if (file.write(bytes, { at }) === bytes.length) return;
  } catch (failure) {
    throw problemOf(failure);
  }
  throw new MeshProblem("storage-quota");
}

function problemOf(failure: unknown): MeshProblem {
  if (failure instanceof MeshProblem) return failure;
  return new MeshProblem(
    nameOf(failure) === "QuotaExceededError" ? "storage-quota" : "storage-refused",
    String(failure),
  );
}

function nameOf(failure: unknown): string {
  return failure instanceof Error ? failure.name : "";
}

function isNotFound(failure: unknown): boolean {
  return failure instanceof MeshProblem && failure.code === "not-found";
}
