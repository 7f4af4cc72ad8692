import { beforeEach, describe, expect, it } from "vitest";
import { MemoryFolder } from "../../src/mesh/browser/private-folder";
import { sensibleRoom } from "../../src/mesh/browser/room";
import { Vault } from "../../src/mesh/browser/vault";
import type { KeptContent } from "../../src/mesh/core/events";
import { leafOf, type Manifest } from "../../src/protocol/manifest";
import { bytesOf, manifestOf, sha256 } from "./files";
import { TroubledFolder } from "./memory-folder";

const RESOURCE = "0b5f1d0e-7a52-4e57-9a43-3a9f2d9c1b77";
const bytes = bytesOf(200_000);
const note = {
  transfer: "AAECAwQFBgcICQoLDA0ODw",
  state: "running",
  model: "peers",
  startedAt: 12.5,
  wasted: 7,
  hubBefore: 1,
  peersBefore: 2,
  relayedBefore: 1,
} as const;

const create = (name: string, of = manifest): Promise<KeptContent> =>
  vault.create({ resource: RESOURCE, name, manifest: of, note, usedAt: 5 });

let manifest: Manifest;
let folder: TroubledFolder;
let vault: Vault;

/** The two files of the record. */
const records = (): string[] => ["record", "record2"].map((kind) => `${manifest.contentId}.${kind}`);

/** Leaves of the record nothing that can be read. */
function tear(): void {
  for (const name of records()) folder.files.set(name, new TextEncoder().encode("{"));
}

const open = (): Vault =>
  new Vault(
    folder,
    (each) => Promise.resolve(sha256(each)),
    () => Promise.resolve(),
  );

function put(chunk: number, from = bytes): Promise<"kept" | "wrong"> {
  const part = from.slice(chunk * 65_536, (chunk + 1) * 65_536);
  const half = part.length >> 1;
  const pieces = [
    { offset: half, bytes: part.slice(half) },
    { offset: 0, bytes: part.slice(0, half) },
  ];
  return vault.put(manifest.contentId, chunk, pieces, leafOf(manifest, chunk), 2);
}

beforeEach(async () => {
  manifest = await manifestOf(bytes);
  folder = new TroubledFolder();
  vault = open();
});

describe("the vault", () => {
  it("keeps verified chunks in their place and gives them back", async () => {
    await create("a file");
    for (const chunk of [3, 0, 2, 1]) expect(await put(chunk)).toBe("kept");
    for (let chunk = 0; chunk < 4; chunk++) {
      const expected = bytes.slice(chunk * 65_536, (chunk + 1) * 65_536);
      expect(Buffer.compare((await vault.read(manifest.contentId, chunk)) ?? Buffer.of(), expected)).toBe(0);
    }
    expect(Buffer.compare(folder.files.get(`${manifest.contentId}.data`) ?? Buffer.of(), bytes)).toBe(0);
  });

  it("refuses a chunk that does not match its leaf, and does not hold it", async () => {
    await create("a file");
    expect(await put(1, bytesOf(200_000, 99))).toBe("wrong");
    expect(await vault.read(manifest.contentId, 1)).toBeNull();
  });

  it("remembers everything across a restart", async () => {
    await create("ein Ordner/für dich");
    await put(2);
    await vault.close();
    expect(folder.opened.size).toBe(0);
    vault = open();
    const [kept] = await vault.contents();
    expect(kept).toMatchObject({ resource: RESOURCE, name: "ein Ordner/für dich", note, pinned: false, usedAt: 5 });
    expect([...(kept?.origins ?? [])]).toEqual([0, 0, 2, 0]);
    expect(kept?.manifest).toEqual(manifest);
    expect(await put(0)).toBe("kept");
  });

  it("finds what is held when the same content is made again", async () => {
    await create("a file");
    await put(2);
    const again = await vault.create({ resource: RESOURCE, name: "another name", manifest, note: null, usedAt: 6 });
    expect([...again.origins]).toEqual([0, 0, 2, 0]);
    expect(again.note).toEqual(note);
  });

  it("forgets without a trace", async () => {
    await create("a file");
    await put(0);
    await vault.drop(manifest.contentId);
    expect(folder.files.size).toBe(0);
    expect(await vault.contents()).toEqual([]);
    await expect(put(0)).rejects.toMatchObject({ code: "not-found" });
  });

  it("clears away a record that cannot be read", async () => {
    await create("a file");
    await vault.close();
    tear();
    vault = open();
    expect(await vault.contents()).toEqual([]);
    expect(folder.files.size).toBe(0);
  });

  it.each(["record", "data", "map"])("waits for a %s that the page before still holds", async (kind) => {
    await create("a file");
    await put(2);
    await vault.close();
    folder.busy.set(`${manifest.contentId}.${kind}`, 5);
    expect(await open().contents()).toMatchObject([{ name: "a file", note }]);
  });

  it.each(["record", "data", "map"])("leaves alone what it cannot open because of its %s", async (kind) => {
    await create("a file");
    await put(2);
    await vault.close();
    folder.busy.set(`${manifest.contentId}.${kind}`, 1_000);
    const second = open();
    expect(await second.contents()).toEqual([]);
    expect(folder.opened.size).toBe(0);
    await expect(
      second.create({ resource: RESOURCE, name: "a file", manifest, note, usedAt: 5 }),
    ).rejects.toMatchObject({
      code: "storage-refused",
    });
    folder.busy.clear();
    const [kept] = await second.contents();
    expect([...(kept?.origins ?? [])]).toEqual([0, 0, 2, 0]);
  });

  it("makes a content anew whose record is broken", async () => {
    await create("a file");
    await vault.close();
    tear();
    const kept = await open().create({ resource: RESOURCE, name: "a file", manifest, note, usedAt: 5 });
    expect([...kept.origins]).toEqual([0, 0, 0, 0]);
  });

  it("says when there is no room, and leaves nothing behind", async () => {
    folder.full = true;
    const wish = create("a file");
    await expect(wish).rejects.toMatchObject({ code: "storage-quota" });
    expect(folder.files.size).toBe(0);
    folder.full = false;
    await create("a file");
    folder.full = true;
    await expect(put(0)).rejects.toMatchObject({ code: "storage-quota" });
    expect(await vault.read(manifest.contentId, 0)).toBeNull();
  });

  it("keeps an empty file", async () => {
    const empty = await manifestOf(new Uint8Array(0));
    const kept = await create("nothing", empty);
    expect(kept.origins).toHaveLength(0);
    await vault.close();
    expect(await open().contents()).toHaveLength(1);
  });
});

describe("the limit", () => {
  it("is kept for what is new, and leaves what is there alone", async () => {
    await create("a file");
    const other = await manifestOf(bytesOf(100_000, 3));
    vault.room(299_999);
    await expect(create("too much", other)).rejects.toMatchObject({ code: "storage-quota" });
    expect([...folder.files.keys()].filter((name) => name.startsWith(other.contentId))).toEqual([]);
    expect(vault.usage()).toEqual({ used: 200_000, limit: 299_999 });
    vault.room(300_000);
    await create("fits", other);
    vault.room(1);
    expect(await create("a file")).toMatchObject({ name: "a file" });
    await vault.drop(manifest.contentId);
    expect(vault.usage().used).toBe(100_000);
  });

  it("counts what an earlier session left", async () => {
    await create("a file");
    await vault.close();
    vault = open();
    await vault.contents();
    expect(vault.usage().used).toBe(200_000);
  });
});

describe("how a content is used", () => {
  it("is remembered across a restart, whatever is noted or made meanwhile", async () => {
    await create("a file");
    await vault.use(manifest.contentId, { pinned: true, onRequest: true, usedAt: 77 });
    await vault.note(manifest.contentId, null);
    await vault.close();
    vault = open();
    expect(await vault.contents()).toMatchObject([{ pinned: true, onRequest: true, usedAt: 77, note: null }]);
    expect(await create("a file")).toMatchObject({ pinned: true, usedAt: 5 });
  });
});

describe("damage", () => {
  const id = (): string => manifest.contentId;
  const spoil = (name: string, at: number): void => {
    const file = folder.files.get(name);
    if (file === undefined) throw new Error(`no ${name}`);
    file[at] = (file[at] ?? 0) ^ 1;
  };

  const spoilLeaves = (name: string): void => {
    const record = JSON.parse(new TextDecoder().decode(folder.files.get(name))) as { manifest: { leaves: string } };
    const { leaves } = record.manifest;
    record.manifest.leaves = (leaves.startsWith("A") ? "B" : "A") + leaves.slice(1);
    folder.files.set(name, new TextEncoder().encode(JSON.stringify(record)));
  };

  /** All four chunks kept, and a new session. */
  beforeEach(async () => {
    await create("a file");
    for (let chunk = 0; chunk < 4; chunk++) await put(chunk);
    await vault.close();
    vault = open();
  });

  it("of a chunk is found at its first read; it is never given away, also not in the next session", async () => {
    spoil(`${id()}.data`, 70_000);
    expect(await vault.read(id(), 1)).toBeNull();
    expect(await vault.read(id(), 0)).toHaveLength(65_536);
    await vault.close();
    vault = open();
    spoil(`${id()}.data`, 70_000);
    expect(await vault.read(id(), 1)).toBeNull();
    const [kept] = await vault.contents();
    expect([...(kept?.origins ?? [])]).toEqual([2, 10, 2, 2]);
  });

  it("is mended by the chunk that comes again", async () => {
    spoil(`${id()}.data`, 70_000);
    await vault.read(id(), 1);
    expect(await put(1)).toBe("kept");
    expect(Buffer.compare((await vault.read(id(), 1)) ?? Buffer.of(), bytes.slice(65_536, 131_072))).toBe(0);
  });

  it("is looked for once a session: a chunk that was right is read without hashing it again", async () => {
    let hashed = 0;
    vault = new Vault(
      folder,
      (each) => {
        hashed++;
        return Promise.resolve(sha256(each));
      },
      () => Promise.resolve(),
    );
    await vault.read(id(), 1);
    const once = hashed;
    await vault.read(id(), 1);
    expect(hashed).toBe(once);
    await vault.inspect(id());
    expect(hashed).toBe(once + 3);
  });

  it("anywhere is found by looking through all of it", async () => {
    spoil(`${id()}.data`, 10);
    spoil(`${id()}.data`, 199_999);
    expect([...(await vault.inspect(id())).origins]).toEqual([10, 2, 2, 10]);
  });

  it("of a file cut short is found when it is opened", async () => {
    folder.files.set(`${id()}.data`, bytes.slice(0, 131_073));
    expect([...((await vault.contents())[0]?.origins ?? [])]).toEqual([2, 2, 10, 10]);
    expect(await vault.read(id(), 3)).toBeNull();
    expect(await put(3)).toBe("kept");
    expect(await vault.read(id(), 3)).toHaveLength(200_000 - 3 * 65_536);
  });

  it("of the map means chunks that are missing, never bytes that are wrong", async () => {
    folder.files.set(`${id()}.map`, Uint8Array.of(2, 255, 5, 8));
    expect([...((await vault.contents())[0]?.origins ?? [])]).toEqual([2, 0, 0, 0]);
    expect(await put(3)).toBe("kept");
    await vault.close();
    vault = open();
    expect([...((await vault.contents())[0]?.origins ?? [])]).toEqual([2, 0, 0, 2]);
  });

  it("of the leaves in a record is a broken record", async () => {
    for (const name of records()) spoilLeaves(name);
    expect(await vault.contents()).toEqual([]);
    expect(folder.files.size).toBe(0);
  });
});

describe("a record that is torn by a crash", () => {
  /** Four times the record is written; which of its files was written last is not to matter. */
  it.each([0, 1, 2, 3])("at byte one of its write %i leaves the one before, and all chunks", async (last) => {
    await create("a file");
    for (let chunk = 0; chunk < 4; chunk++) await put(chunk);
    const use = (usedAt: number) => vault.use(manifest.contentId, { pinned: true, onRequest: false, usedAt });
    await use(100);
    for (let write = 1; write <= last; write++) await use(100 + write);
    const before = new Map(folder.files);
    await use(200);
    await vault.close();
    const torn = records().filter((name) => folder.files.get(name) !== before.get(name));
    expect(torn).toHaveLength(1);
    for (const name of torn) folder.files.set(name, (folder.files.get(name) ?? Uint8Array.of()).slice(0, 1));
    vault = open();
    const [kept] = await vault.contents();
    expect(kept).toMatchObject({ name: "a file", pinned: true, usedAt: 100 + last });
    expect([...(kept?.origins ?? [])]).toEqual([2, 2, 2, 2]);
    await use(300);
    await vault.close();
    vault = open();
    expect(await vault.contents()).toMatchObject([{ usedAt: 300 }]);
  });

  it("is one file of before where there were not two", async () => {
    await create("a file");
    await vault.close();
    const [first = "", second = ""] = records();
    const written = JSON.parse(new TextDecoder().decode(folder.files.get(second))) as { turn?: number };
    delete written.turn;
    folder.files.delete(second);
    folder.files.set(first, new TextEncoder().encode(JSON.stringify(written)));
    vault = open();
    expect(await vault.contents()).toMatchObject([{ name: "a file", usedAt: 5 }]);
    await vault.use(manifest.contentId, { pinned: true, onRequest: false, usedAt: 6 });
    await vault.close();
    expect(await open().contents()).toMatchObject([{ pinned: true, usedAt: 6 }]);
  });
});

describe("a folder in memory", () => {
  it("holds contents like a disk until its bound", async () => {
    const small = new MemoryFolder(250_000);
    vault = new Vault(
      small,
      (each) => Promise.resolve(sha256(each)),
      () => Promise.resolve(),
    );
    await create("a file");
    for (let chunk = 0; chunk < 4; chunk++) expect(await put(chunk)).toBe("kept");
    expect(Buffer.compare(Buffer.from(await (await vault.file(manifest.contentId)).arrayBuffer()), bytes)).toBe(0);
    const other = await manifestOf(bytesOf(100_000, 3));
    await expect(create("too much", other)).rejects.toMatchObject({ code: "storage-quota" });
    await vault.drop(manifest.contentId);
    await create("fits now", other);
    expect(await vault.contents()).toMatchObject([{ name: "fits now" }]);
  });
});

describe("the room that is sensible", () => {
  it.each([
    { wished: null, allowed: null, room: 10 * 1024 ** 3 },
    { wished: null, allowed: 4_000, room: 2_000 },
    { wished: 500, allowed: 4_000, room: 500 },
    { wished: 3_000, allowed: 4_000, room: 2_000 },
    { wished: 20 * 1024 ** 3, allowed: null, room: 20 * 1024 ** 3 },
  ])("of $wished wished and $allowed allowed is $room", ({ wished, allowed, room }) => {
    expect(sensibleRoom(wished, allowed)).toBe(room);
  });
});
