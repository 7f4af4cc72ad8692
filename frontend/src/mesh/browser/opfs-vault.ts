import { chunkCount, chunkLength, leafBuffer, type Manifest, parseManifest } from "../../protocol/manifest";
import { MeshProblem } from "../../protocol/problems";
import { readInteger, readJsonObject, readObject, readShape, readText, SHORT_ID } from "../../protocol/shapes";
import { toBase64url } from "../../protocol/base64url";
import { type Bytes, type KeptContent, ORIGIN, type Piece, type TransferNote } from "../core/events";

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
  readonly #shelves = new Map<string, Promise<Shelf>>();

  constructor(folder: PrivateFolder, sha256: (bytes: Bytes) => Promise<Uint8Array>) {
    this.#folder = folder;
    this.#sha256 = sha256;
  }

  /** Everything that is held; records that cannot be read are cleared away with their files. */
  async contents(): Promise<KeptContent[]> {
    const contents: KeptContent[] = [];
    for (const name of await this.#folder.names()) {
      const content = /^([0-9a-f]{64})\.record$/.exec(name)?.[1];
      if (content === undefined) continue;
      const shelf = await this.#shelf(content).catch(() => null);
      if (shelf === null) await this.drop(content);
      else contents.push(keptOf(shelf));
    }
    return contents;
  }

  async create(content: Omit<KeptContent, "origins">): Promise<KeptContent> {
    const id = content.manifest.contentId;
    const names = await this.#folder.names();
    if (!names.includes(`${id}.record`)) await this.#make(content);
    const shelf = await this.#shelf(id);
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
      const [data, map] = [await this.#folder.open(`${id}.data`), await this.#folder.open(`${id}.map`)];
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
    if (record?.manifest.contentId !== content) throw new MeshProblem("not-found");
    const data = await this.#folder.open(`${content}.data`);
    const map = await this.#folder.open(`${content}.map`);
    const origins = new Uint8Array(chunkCount(record.manifest));
    map.read(origins, { at: 0 });
    return { ...record, data, map, origins, unflushed: 0 };
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
    const file = await this.#folder.open(name);
    try {
      const bytes = new Uint8Array(Math.min(file.getSize(), LONGEST_RECORD));
      file.read(bytes, { at: 0 });
      return new TextDecoder().decode(bytes);
    } finally {
      file.close();
    }
  }

  async #writeRecord({ manifest, resource, name, note }: Omit<KeptContent, "origins">): Promise<void> {
    const file = await this.#folder.open(`${manifest.contentId}.record`);
    try {
      const record = { manifest: { ...manifest, leaves: toBase64url(manifest.leaves) }, resource, name, note };
      const bytes = new TextEncoder().encode(JSON.stringify(record));
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
  const name = failure instanceof Error ? failure.name : "";
  return new MeshProblem(name === "QuotaExceededError" ? "storage-quota" : "storage-refused", String(failure));
}

function readRecord(text: string): Omit<KeptContent, "origins"> | null {
  const members = readJsonObject(text);
  const manifest = parseManifest(members?.["manifest"]);
  const resource = readText(members?.["resource"], 64);
  const name = readText(members?.["name"], 1024);
  if (manifest === null || resource === null || name === null) return null;
  return { manifest, resource, name, note: readNote(members?.["note"]) };
}

function readNote(value: unknown): TransferNote | null {
  const members = readObject(value);
  const transfer = readShape(members?.["transfer"], SHORT_ID);
  const state = (["running", "paused", "completed", "cancelled", "failed"] as const).find(
    (each) => each === members?.["state"],
  );
  const wasted = readInteger(members?.["wasted"], 0, Number.MAX_SAFE_INTEGER);
  const hubBefore = readInteger(members?.["hubBefore"], 0, Number.MAX_SAFE_INTEGER);
  const peersBefore = readInteger(members?.["peersBefore"], 0, Number.MAX_SAFE_INTEGER);
  const startedAt = members?.["startedAt"];
  if (transfer === null || state === undefined || typeof startedAt !== "number") return null;
  if (wasted === null || hubBefore === null || peersBefore === null) return null;
  return { transfer, state, startedAt, wasted, hubBefore, peersBefore };
}
