import { chunkCount, chunkLength, contentIdOf, leafBuffer, type Manifest } from "../../protocol/manifest";
import { MeshProblem } from "../../protocol/problems";
import type { Bytes, KeptContent, NewContent, Piece, TransferNote, Use } from "../core/events";
import type { ContentRecord } from "./content-record";
import type { PrivateFolder, SyncFile } from "./private-folder";
import { RECORD_KINDS, Records } from "./records";
import { Shelf, storeProblem } from "./shelf";

/** Contents whose files are open at once at most: file handles are a shared good of the browser. */
const MOST_OPEN = 48;

/** Tries of a file that somebody still holds, and the pause between two in milliseconds: the page before a reload lets go late. */
const MOST_TRIES = 20;
export const RETRY_MILLIS = 100;

/** A record that nobody can read any more: the only reason to clear a content away unasked. */
class RecordBroken extends Error {}

/** Contents in private files: the bytes, a map of the chunks, and a record in two files. Nothing leaves it unverified. */
export class Vault {
  readonly #folder: PrivateFolder;
  readonly #sha256: (bytes: Bytes) => Promise<Uint8Array>;
  readonly #rest: () => Promise<void>;
  readonly #records = new Records((name) => this.#open(name));
  readonly #shelves = new Map<string, Promise<Shelf>>();
  /** Bytes that each content takes once it is whole, which are set aside when it is made. */
  readonly #sizes = new Map<string, number>();
  #limit = Number.POSITIVE_INFINITY;

  /** `rest` waits `RETRY_MILLIS`. */
  constructor(folder: PrivateFolder, sha256: (bytes: Bytes) => Promise<Uint8Array>, rest: () => Promise<void>) {
    this.#folder = folder;
    this.#sha256 = sha256;
    this.#rest = rest;
  }

  /** Bytes that all contents together may take from now on. What is there already stays. */
  room(limit: number): void {
    this.#limit = limit;
  }

  /** Bytes taken, and the limit. */
  usage(): { used: number; limit: number } {
    return { used: this.#used(), limit: this.#limit };
  }

  /** Everything that is held. Broken records are cleared away with their files; what cannot be opened now waits for the next time. */
  async contents(): Promise<KeptContent[]> {
    const contents: KeptContent[] = [];
    for (const content of Records.contentsOf(await this.#folder.names())) {
      try {
        contents.push((await this.#shelf(content)).kept);
      } catch (failure) {
        if (failure instanceof RecordBroken) await this.drop(content).catch(() => undefined);
      }
    }
    return contents;
  }

  /** Makes room for a content, or finds what is held of it. */
  async create(content: NewContent): Promise<KeptContent> {
    const id = content.manifest.contentId;
    const shelf = await this.#shelf(id).catch(async (failure: unknown) => {
      if (!(failure instanceof RecordBroken) && !isNotFound(failure)) throw storeProblem(failure);
      await this.#make(content);
      return this.#shelf(id);
    });
    const { resource, name, usedAt } = content;
    Object.assign(shelf.record, { resource, name, usedAt, note: content.note ?? shelf.record.note });
    await this.#records.write(shelf.record);
    return shelf.kept;
  }

  /** Verifies a chunk in one buffer that begins with the leaf prefix, then writes it. */
  async put(
    content: string,
    chunk: number,
    pieces: Piece[],
    leaf: Uint8Array,
    origin: number,
  ): Promise<"kept" | "wrong"> {
    const { manifest } = (await this.#shelf(content)).record;
    const buffer = leafBuffer(chunkLength(manifest, chunk));
    for (const piece of pieces) buffer.set(piece.bytes, 1 + piece.offset);
    if (!(await this.#matches(buffer, leaf))) return "wrong";
    (await this.#shelf(content)).put(chunk, buffer.subarray(1), origin);
    return "kept";
  }

  /** A kept chunk; null: it is not kept, or was found damaged and is kept no more. Looked at once, it is believed. */
  async read(content: string, chunk: number): Promise<Bytes | null> {
    const shelf = await this.#shelf(content);
    if (!shelf.has(chunk)) return null;
    const buffer = shelf.readLeaf(chunk);
    if (buffer !== null && (shelf.isChecked(chunk) || (await this.#matches(buffer, shelf.leaf(chunk))))) {
      shelf.check(chunk);
      return buffer.subarray(1);
    }
    (await this.#shelf(content)).lose(chunk);
    return null;
  }

  /** Looks at every kept chunk that has not been looked at, and answers what is really held. */
  async inspect(content: string): Promise<KeptContent> {
    const { manifest } = (await this.#shelf(content)).record;
    for (let chunk = 0; chunk < chunkCount(manifest); chunk++) {
      if (!(await this.#shelf(content)).isChecked(chunk)) await this.read(content, chunk);
    }
    return (await this.#shelf(content)).kept;
  }

  /** The bytes of a content in its file. */
  async file(content: string): Promise<Blob> {
    (await this.#shelf(content)).flush();
    return this.#folder.file(`${content}.data`);
  }

  async note(content: string, note: TransferNote | null): Promise<void> {
    await this.#remember(content, { note });
  }

  async use(content: string, use: Use): Promise<void> {
    await this.#remember(content, use);
  }

  async drop(content: string): Promise<void> {
    await this.#closeShelf(content);
    this.#sizes.delete(content);
    this.#records.forget(content);
    for (const kind of [...RECORD_KINDS, "map", "data"]) await this.#folder.remove(`${content}.${kind}`);
  }

  async close(): Promise<void> {
    for (const content of [...this.#shelves.keys()]) await this.#closeShelf(content);
  }

  async #remember(content: string, what: Partial<Use> & { note?: TransferNote | null }): Promise<void> {
    const shelf = await this.#shelf(content);
    Object.assign(shelf.record, what);
    shelf.flush();
    await this.#records.write(shelf.record);
  }

  async #matches(buffer: Bytes, leaf: Uint8Array): Promise<boolean> {
    const hash = await this.#sha256(buffer);
    return hash.length === leaf.length && hash.every((byte, at) => byte === leaf[at]);
  }

  /** Whether a manifest is the content's own; looked at once. */
  async #isOf(content: string, { contentId, size, leaves }: Manifest): Promise<boolean> {
    if (contentId !== content) return false;
    return this.#sizes.has(content) || (await contentIdOf(size, leaves, this.#sha256)) === content;
  }

  #used(): number {
    let bytes = 0;
    for (const size of this.#sizes.values()) bytes += size;
    return bytes;
  }

  async #make(content: NewContent): Promise<void> {
    const { contentId: id, size } = content.manifest;
    await this.drop(id);
    if (this.#used() + size > this.#limit) throw new MeshProblem("storage-quota");
    try {
      const [data, map] = await this.#openBoth(id);
      try {
        data.truncate(size);
        map.truncate(chunkCount(content.manifest));
      } finally {
        data.close();
        map.close();
      }
      await this.#records.write({ ...content, pinned: false, onRequest: false });
    } catch (failure) {
      await this.drop(id);
      throw storeProblem(failure);
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
    const names = await this.#folder.names();
    if (!Records.contentsOf(names).has(content)) throw new MeshProblem("not-found");
    const record = await this.#newest(content, await this.#records.read(content, names));
    const shelf = new Shelf(record, ...(await this.#openBoth(content)));
    this.#sizes.set(content, record.manifest.size);
    return shelf;
  }

  /** The newest record that is the content's own. */
  async #newest(content: string, records: ContentRecord[]): Promise<ContentRecord> {
    for (const record of records) if (await this.#isOf(content, record.manifest)) return record;
    throw new RecordBroken();
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
        const busy = failure instanceof Error && failure.name === "NoModificationAllowedError";
        if (tried === MOST_TRIES || !busy) throw failure;
        await this.#rest();
      }
    }
  }

  async #closeShelf(content: string): Promise<void> {
    const opening = this.#shelves.get(content);
    this.#shelves.delete(content);
    (await opening?.catch(() => undefined))?.close();
  }
}

function isNotFound(failure: unknown): boolean {
  return failure instanceof MeshProblem && failure.code === "not-found";
}
