import { beforeAll, describe, expect, it } from "vitest";
import { ended, fileOf, RESOURCE, worldWith } from "./scene";
import { type HubFile, shortId } from "./virtual-hub";
import type { World } from "./world";

const SIZE = 3_000_000;

let file: HubFile;

beforeAll(async () => {
  file = await fileOf(SIZE);
});

describe("what is held already", () => {
  const reportsOf = (w: World, transfer: string) => w.hub.reports.filter((report) => report.transfer === transfer);

  it("is not delivered again: a second fetch of a whole file is complete at once and reports nothing", () => {
    const w = worldWith(file);
    w.peer("seeder").seed(file).join();
    const receiver = w.peer("receiver").join();
    w.run(500);
    receiver.fetch(RESOURCE);
    w.run(20_000, ended(receiver));
    const again = shortId("again");
    receiver.fetch(RESOURCE, again);
    w.run(3_000);
    const second = receiver.view.transfers.find((transfer) => transfer.transfer === again);
    expect(second).toMatchObject({ state: "completed", size: SIZE, held: SIZE, fromHub: 0, fromPeers: 0 });
    expect(reportsOf(w, again)).toEqual([]);
    expect(w.peers[0]?.view.sent).toBe(SIZE);
  });

  it("by a failed transfer is counted once: by that one", () => {
    const w = worldWith(file);
    w.peer("seeder", { uplink: 500_000 }).seed(file).join();
    const receiver = w.peer("receiver").join();
    w.run(500);
    receiver.fetch(RESOURCE);
    w.run(2_500);
    const content = file.manifest.contentId;
    receiver.tell({ type: "admit-failed", content, chunk: 0, source: { kind: "hub" }, problem: "storage-quota" });
    w.run(1_000);
    const first = receiver.transfer;
    expect(first).toMatchObject({ state: "failed", held: 0 });
    expect(first.fromPeers).toBeGreaterThan(0);
    const again = shortId("again");
    receiver.fetch(RESOURCE, again);
    w.run(30_000, () => receiver.view.transfers.at(-1)?.state === "completed");
    const second = { held: first.fromPeers, fromHub: 0, fromPeers: SIZE - first.fromPeers };
    expect(receiver.view.transfers.at(-1)).toMatchObject({ state: "completed", ...second });
    w.run(500);
    for (const report of reportsOf(w, again)) expect(report.held).toBe(first.fromPeers);
    expect(reportsOf(w, again).at(-1)).toMatchObject({ state: "completed", ...second });
  });

  it("of a file partly this browser's own shows as progress, and the rest adds up with it", () => {
    const w = worldWith(file);
    w.peer("seeder", { uplink: 500_000 }).seed(file).join();
    const half = Math.floor(file.manifest.leaves.length / 64);
    const receiver = w.peer("receiver").seed(file, half).join();
    w.run(500);
    receiver.fetch(RESOURCE);
    w.run(2_000);
    const held = half * file.manifest.chunkSize;
    const now = receiver.transfer;
    expect(now).toMatchObject({ state: "running", held, size: SIZE });
    expect(now.secondsLeft).toBe(Math.ceil((SIZE - held - now.fromHub - now.fromPeers) / now.bytesPerSecond));
    w.run(30_000, ended(receiver));
    expect(receiver.transfer).toMatchObject({ state: "completed", held, fromHub: 0, fromPeers: SIZE - held });
    w.run(500);
    expect(w.hub.reports.at(-1)).toMatchObject({ state: "completed", held, fromPeers: SIZE - held });
  });

  it("stays what it was when the page is loaded again", () => {
    const w = worldWith(file);
    w.peer("seeder", { uplink: 500_000 }).seed(file).join();
    const receiver = w.peer("receiver").seed(file, 10).join();
    w.run(500);
    receiver.fetch(RESOURCE);
    w.run(2_000);
    const { held, fromPeers, transfer } = receiver.transfer;
    expect(fromPeers).toBeGreaterThan(0);
    receiver.vanish();
    const reborn = w.peer("receiver-again");
    for (const [content, kept] of receiver.kept) reborn.kept.set(content, kept);
    reborn.join();
    w.run(300);
    expect(reborn.transfer).toMatchObject({ transfer, held, fromHub: 0 });
    expect(reborn.transfer.fromPeers).toBeGreaterThanOrEqual(fromPeers);
    w.run(30_000, ended(reborn));
    expect(reborn.transfer).toMatchObject({ state: "completed", held, fromPeers: SIZE - held });
  });

  it("and what was wasted is remembered while the transfer runs", () => {
    const w = worldWith(file);
    w.peer("liar", { corrupt: true, uplink: 300_000 }).seed(file).join();
    w.peer("slow", { uplink: 60_000 }).seed(file).join();
    const receiver = w.peer("receiver").join();
    w.run(500);
    receiver.fetch(RESOURCE);
    w.run(10_000);
    expect(receiver.transfer).toMatchObject({ state: "running" });
    expect(receiver.transfer.wasted).toBeGreaterThan(0);
    expect(receiver.kept.get(file.manifest.contentId)?.note?.wasted).toBe(receiver.transfer.wasted);
  });

  it("is told to the hub when it comes back after the last chunk", () => {
    const w = worldWith(file);
    w.peer("seeder", { uplink: 1_000_000 }).seed(file).join();
    const receiver = w.peer("receiver").join();
    w.run(500);
    receiver.fetch(RESOURCE);
    w.run(1_000);
    receiver.loseHub();
    w.run(20_000, ended(receiver));
    expect(w.hub.reports.at(-1)?.state).toBe("running");
    receiver.findHub();
    w.run(500);
    expect(w.hub.reports.at(-1)).toMatchObject({ state: "completed", held: 0, fromPeers: SIZE });
  });
});
