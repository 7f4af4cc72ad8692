import { readInteger, readJsonObject } from "../../protocol/shapes";
import { type ContentRecord, readRecord, writtenRecord } from "./content-record";
import type { SyncFile } from "./private-folder";
import { writeWhole } from "./shelf";

/** Longest record of a content, in bytes: the leaves of the most chunks, in base64url, and the rest. */
const LONGEST_RECORD = 12 * 1024 * 1024;

/** What the names of a record's two files end with. */
export const RECORD_KINDS = ["record", "record2"] as const;

/** A record as one of its files has it. The higher turn was written later. */
interface Written {
  record: ContentRecord;
  turn: number;
}

/**
 * The records of contents. Each has two files that are written in turn, so that one that a crash has torn leaves the one before it:
 * as old as the last note, and the bytes and their map are in other files.
 */
export class Records {
  readonly #open: (name: string) => Promise<SyncFile>;
  readonly #turns = new Map<string, number>();

  constructor(open: (name: string) => Promise<SyncFile>) {
    this.#open = open;
  }

  /** The contents that have a record among the files of these names. */
  static contentsOf(names: readonly string[]): Set<string> {
    return new Set(names.flatMap((name) => /^([0-9a-f]{64})\.record2?$/.exec(name)?.[1] ?? []));
  }

  /** Every record of a content that can be read, the newest first. `names`: of the files that are there. */
  async read(content: string, names: readonly string[]): Promise<ContentRecord[]> {
    const written: Written[] = [];
    for (const name of filesOf(content)) {
      if (!names.includes(name)) continue;
      const text = await this.#readWhole(name);
      const record = readRecord(text);
      if (record !== null) written.push({ record, turn: readTurn(text) });
    }
    written.sort((left, right) => right.turn - left.turn);
    this.#turns.set(content, written[0]?.turn ?? 0);
    return written.map(({ record }) => record);
  }

  /** Writes over the older of the two; the newer one stays as it is until this one is on the disk. */
  async write(record: ContentRecord): Promise<void> {
    const content = record.manifest.contentId;
    const turn = (this.#turns.get(content) ?? 0) + 1;
    const file = await this.#open(`${content}.${turn % 2 === 1 ? "record" : "record2"}`);
    try {
      // Emptied first: what is torn is short, never part new and part old.
      file.truncate(0);
      writeWhole(file, new TextEncoder().encode(JSON.stringify({ ...writtenRecord(record), turn })), 0);
      file.flush();
      this.#turns.set(content, turn);
    } finally {
      file.close();
    }
  }

  /** The files of the content are gone. */
  forget(content: string): void {
    this.#turns.delete(content);
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
}

function filesOf(content: string): string[] {
  return RECORD_KINDS.map((kind) => `${content}.${kind}`);
}

/** Those written before there were turns have none. */
function readTurn(text: string): number {
  return readInteger(readJsonObject(text)?.["turn"], 1, Number.MAX_SAFE_INTEGER) ?? 1;
}
