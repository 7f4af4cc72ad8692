import { beforeAll, describe, expect, it } from "vitest";
import { bytesOf, manifestOf } from "./files";
import { ended, expectWhole, fileOf, receiver, RESOURCE, seeder, worldWith } from "./scene";
import type { HubFile } from "./virtual-hub";
import type { VirtualPeer, World } from "./world";

const SIZE = 3_000_000;

let file: HubFile;
let others: HubFile[];

beforeAll(async () => {
  file = await fileOf(SIZE);
  others = await Promise.all(
    [1, 2, 3].map(async (number) => {
      const bytes = bytesOf(400_000, 100 + 2 * number);
      const resource = `0b5f1d0e-7a52-4e57-9a43-00000000000${number}`;
      return { resource, bytes, manifest: await manifestOf(bytes) };
    }),
  );
});

const heldBy = (peer: VirtualPeer): string[] => peer.view.held.map(({ resource }) => resource);

/** A joined peer that has three other files, used one after the other, and room for one and a half megabytes more. */
function keeper(world: World): VirtualPeer {
  const peer = world.peer("keeper");
  peer.limit = 1_200_000 + 1_500_000;
  for (const other of others) {
    world.hub.add(other);
    peer.seed(other);
  }
  peer.join();
  world.run(500);
  for (const { manifest } of others) {
    world.run(1_000);
    peer.tell({ type: "used", content: manifest.contentId });
  }
  return peer;
}

describe("a content that does not fit", () => {
  it("takes the place of those used longest ago, no more of them than needed; the hub is told", () => {
    const w = worldWith(file);
    const peer = keeper(w);
    peer.limit = SIZE + 400_000;
    peer.fetch(RESOURCE);
    w.run(60_000, ended(peer));
    expect(peer.transfer).toMatchObject({ state: "completed", fromHub: SIZE });
    expect(heldBy(peer)).toEqual([others[2]?.resource, RESOURCE]);
    expect([...peer.kept.keys()]).toEqual([others[2]?.manifest.contentId, file.manifest.contentId]);
    const left = peer.effects.flatMap((effect) =>
      effect.do === "send-hub" && effect.message.type === "leave" ? [effect.message.content] : [],
    );
    expect(left).toEqual([others[0]?.manifest.contentId, others[1]?.manifest.contentId]);
  });

  it("spares what is pinned, however long ago it was used", () => {
    const w = worldWith(file);
    const peer = keeper(w);
    peer.tell({ type: "pin", content: others[0]?.manifest.contentId ?? "", pinned: true });
    peer.limit = SIZE + 400_000;
    peer.fetch(RESOURCE);
    w.run(60_000, ended(peer));
    expect(heldBy(peer)).toEqual([others[0]?.resource, RESOURCE]);
    expect(peer.kept.get(others[0]?.manifest.contentId ?? "")).toMatchObject({ pinned: true });
  });

  it("spares what is being fetched", () => {
    const w = worldWith(file);
    seeder(w, file, "seeder", { uplink: 500_000 });
    const peer = w.peer("keeper");
    peer.limit = SIZE;
    peer.join();
    w.run(500);
    peer.fetch(RESOURCE, "first_________________");
    w.run(300);
    const [other] = others;
    if (other !== undefined) w.hub.add(other);
    peer.fetch(other?.resource ?? "", "second________________");
    w.run(60_000, ended(peer));
    expect(peer.view.transfers).toMatchObject([{ state: "completed" }, { state: "failed", problem: "storage-quota" }]);
  });

  it("and would not, whatever went, lets nothing go and says so", () => {
    const w = worldWith(file);
    const peer = keeper(w);
    peer.limit = SIZE - 1;
    peer.tell({ type: "quota", used: 0, limit: 1_200_000 });
    peer.tell({ type: "room-wanted", content: file.manifest.contentId, bytes: SIZE });
    expect(heldBy(peer)).toHaveLength(3);
  });

  it("makes no room for what is there already", () => {
    const w = worldWith(file);
    const peer = keeper(w);
    peer.tell({ type: "quota", used: 0, limit: 1_200_000 });
    const [other] = others;
    peer.tell({ type: "room-wanted", content: other?.manifest.contentId ?? "", bytes: 400_000 });
    expect(heldBy(peer)).toHaveLength(3);
  });

  it("a limit that becomes less lets go what no longer fits", () => {
    const w = worldWith(file);
    const peer = keeper(w);
    peer.tell({ type: "quota", used: 1_200_000, limit: 800_000 });
    expect(heldBy(peer)).toEqual([others[1]?.resource, others[2]?.resource]);
  });

  it("serving is use, noted in the store once a minute at most", () => {
    const w = worldWith(file);
    const giver = seeder(w, file);
    w.run(90_000);
    const taker = receiver(w);
    w.run(60_000, ended(taker));
    expect(giver.view.held[0]?.usedAt).toBeGreaterThan(w.now - 5_000);
    const noted = giver.effects.filter((effect) => effect.do === "use");
    expect(noted).toHaveLength(1);
    expect(giver.kept.get(file.manifest.contentId)?.usedAt).toBeGreaterThan(w.now - 5_000);
  });
});

describe("a chunk that was damaged on the disk", () => {
  it("of the only seeder is not served: its links end, the hub hears what is true and fills in", () => {
    const w = worldWith(file);
    const giver = seeder(w, file);
    giver.spoil(file.manifest, 7);
    const taker = receiver(w);
    w.run(60_000, ended(taker));
    expectWhole(taker, file);
    expect(taker.transfer.wasted).toBeLessThan(SIZE);
    expect(taker.transfer.fromHub).toBe(file.manifest.chunkSize);
    expect(giver.view.held).toMatchObject([{ held: SIZE - file.manifest.chunkSize, size: SIZE }]);
    expect(giver.view.transfers).toEqual([]);
  });

  it("leads to looking through the rest, once", () => {
    const w = worldWith(file);
    const giver = seeder(w, file);
    for (const chunk of [3, 20, 40]) giver.spoil(file.manifest, chunk);
    const taker = receiver(w);
    w.run(60_000, ended(taker));
    expectWhole(taker, file);
    expect(taker.transfer.fromHub).toBe(3 * file.manifest.chunkSize);
    expect(giver.effects.filter((effect) => effect.do === "inspect")).toHaveLength(1);
  });

  it("of a pinned content is fetched again by itself, and served again", () => {
    const w = worldWith(file);
    const giver = seeder(w, file);
    w.run(500);
    giver.tell({ type: "pin", content: file.manifest.contentId, pinned: true });
    giver.spoil(file.manifest, 7);
    const taker = receiver(w);
    w.run(60_000, () => taker.transfer.state !== "running" && giver.view.transfers[0]?.state === "completed");
    expectWhole(taker, file);
    const { chunkSize } = file.manifest;
    expect(giver.transfer).toMatchObject({ state: "completed", held: SIZE - chunkSize });
    expect(giver.transfer.fromHub + giver.transfer.fromPeers).toBe(chunkSize);
    expect(giver.view.held).toMatchObject([{ held: SIZE, pinned: true }]);
  });

  it("while it is being fetched comes again as waste: what was delivered is not delivered twice", () => {
    const w = worldWith(file);
    const giver = seeder(w, file, "seeder", { uplink: 1_000_000 });
    const taker = receiver(w);
    w.run(1_500);
    const first = taker.state.swarms.get(file.manifest.contentId)?.origins.indexOf(2) ?? -1;
    const before = taker.transfer.fromPeers;
    expect(before).toBeGreaterThan(0);
    taker.tell({ type: "damaged", content: file.manifest.contentId, chunk: first });
    taker.spoil(file.manifest, first);
    expect(taker.transfer.fromPeers).toBe(before);
    w.run(60_000, ended(taker));
    expectWhole(taker, file);
    expect(taker.transfer.wasted).toBeGreaterThanOrEqual(file.manifest.chunkSize);
    expect(giver.view.status).toBe("joined");
    for (let at = 1; at < w.hub.reports.length; at++) {
      expect(w.hub.reports[at]?.fromPeers).toBeGreaterThanOrEqual(w.hub.reports[at - 1]?.fromPeers ?? 0);
    }
  });

  it("found while the store is looked through at its next opening is fetched again when the content is pinned", () => {
    const w = worldWith(file);
    seeder(w, file);
    const giver = w.peer("second").seed(file);
    const kept = giver.kept.get(file.manifest.contentId);
    if (kept !== undefined) Object.assign(kept, { pinned: true, origins: kept.origins.fill(11, 0, 5) });
    giver.join();
    w.run(60_000, () => giver.view.transfers[0]?.state === "completed");
    expect(giver.transfer).toMatchObject({ state: "completed", fromPeers: 5 * file.manifest.chunkSize });
  });
});
