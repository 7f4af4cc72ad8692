import { beforeEach, describe, expect, it } from "vitest";
import { OpfsVault } from "../../src/mesh/browser/opfs-vault";
import { leafOf, type Manifest } from "../../src/protocol/manifest";
import { bytesOf, manifestOf, sha256 } from "./files";
import { MemoryFolder } from "./memory-folder";

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

let manifest: Manifest;
let folder: MemoryFolder;
let vault: OpfsVault;

const open = (): OpfsVault =>
  new OpfsVault(
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
  folder = new MemoryFolder();
  vault = open();
});

describe("the vault", () => {
  it("keeps verified chunks in their place and gives them back", async () => {
    await vault.create({ resource: RESOURCE, name: "a file", manifest, note });
    for (const chunk of [3, 0, 2, 1]) expect(await put(chunk)).toBe("kept");
    for (let chunk = 0; chunk < 4; chunk++) {
      const expected = bytes.slice(chunk * 65_536, (chunk + 1) * 65_536);
      expect(Buffer.compare((await vault.read(manifest.contentId, chunk)) ?? Buffer.of(), expected)).toBe(0);
    }
    expect(Buffer.compare(folder.files.get(`${manifest.contentId}.data`) ?? Buffer.of(), bytes)).toBe(0);
  });

  it("refuses a chunk that does not match its leaf, and does not hold it", async () => {
    await vault.create({ resource: RESOURCE, name: "a file", manifest, note });
    expect(await put(1, bytesOf(200_000, 99))).toBe("wrong");
    expect(await vault.read(manifest.contentId, 1)).toBeNull();
  });

  it("remembers everything across a restart", async () => {
    await vault.create({ resource: RESOURCE, name: "ein Ordner/für dich", manifest, note });
    await put(2);
    await vault.close();
    expect(folder.opened.size).toBe(0);
    vault = open();
    const [kept] = await vault.contents();
    expect(kept).toMatchObject({ resource: RESOURCE, name: "ein Ordner/für dich", note });
    expect([...(kept?.origins ?? [])]).toEqual([0, 0, 2, 0]);
    expect(kept?.manifest).toEqual(manifest);
    expect(await put(0)).toBe("kept");
  });

  it("finds what is held when the same content is made again", async () => {
    await vault.create({ resource: RESOURCE, name: "a file", manifest, note });
    await put(2);
    const again = await vault.create({ resource: RESOURCE, name: "another name", manifest, note: null });
    expect([...again.origins]).toEqual([0, 0, 2, 0]);
    expect(again.note).toEqual(note);
  });

  it("forgets without a trace", async () => {
    await vault.create({ resource: RESOURCE, name: "a file", manifest, note });
    await put(0);
    await vault.drop(manifest.contentId);
    expect(folder.files.size).toBe(0);
    expect(await vault.contents()).toEqual([]);
    await expect(put(0)).rejects.toMatchObject({ code: "not-found" });
  });

  it("clears away a record that cannot be read", async () => {
    await vault.create({ resource: RESOURCE, name: "a file", manifest, note });
    await vault.close();
    folder.files.set(`${manifest.contentId}.record`, new TextEncoder().encode("{"));
    vault = open();
    expect(await vault.contents()).toEqual([]);
    expect(folder.files.size).toBe(0);
  });

  it.each(["record", "data", "map"])("waits for a %s that the page before still holds", async (kind) => {
    await vault.create({ resource: RESOURCE, name: "a file", manifest, note });
    await put(2);
    await vault.close();
    folder.busy.set(`${manifest.contentId}.${kind}`, 5);
    expect(await open().contents()).toMatchObject([{ name: "a file", note }]);
  });

  it.each(["record", "data", "map"])("leaves alone what it cannot open because of its %s", async (kind) => {
    await vault.create({ resource: RESOURCE, name: "a file", manifest, note });
    await put(2);
    await vault.close();
    folder.busy.set(`${manifest.contentId}.${kind}`, 1_000);
    const second = open();
    expect(await second.contents()).toEqual([]);
    expect(folder.opened.size).toBe(0);
    await expect(second.create({ resource: RESOURCE, name: "a file", manifest, note })).rejects.toMatchObject({
      code: "storage-refused",
    });
    folder.busy.clear();
    const [kept] = await second.contents();
    expect([...(kept?.origins ?? [])]).toEqual([0, 0, 2, 0]);
  });

  it("makes a content anew whose record is broken", async () => {
    await vault.create({ resource: RESOURCE, name: "a file", manifest, note });
    await vault.close();
    folder.files.set(`${manifest.contentId}.record`, new TextEncoder().encode("{"));
    const kept = await open().create({ resource: RESOURCE, name: "a file", manifest, note });
    expect([...kept.origins]).toEqual([0, 0, 0, 0]);
  });

  it("says when there is no room, and leaves nothing behind", async () => {
    folder.full = true;
    const wish = vault.create({ resource: RESOURCE, name: "a file", manifest, note });
    await expect(wish).rejects.toMatchObject({ code: "storage-quota" });
    expect(folder.files.size).toBe(0);
    folder.full = false;
    await vault.create({ resource: RESOURCE, name: "a file", manifest, note });
    folder.full = true;
    await expect(put(0)).rejects.toMatchObject({ code: "storage-quota" });
    expect(await vault.read(manifest.contentId, 0)).toBeNull();
  });

  it("keeps an empty file", async () => {
    const empty = await manifestOf(new Uint8Array(0));
    const kept = await vault.create({ resource: RESOURCE, name: "nothing", manifest: empty, note });
    expect(kept.origins).toHaveLength(0);
    await vault.close();
    expect(await open().contents()).toHaveLength(1);
  });
});
