import { beforeAll, describe, expect, it } from "vitest";
import { ended, expectWhole, fileOf, limit, receiver, RESOURCE, seeder, worldWith } from "./scene";
import type { HubFile } from "./virtual-hub";
import type { VirtualPeer, World } from "./world";

const SIZE = 30_000_000;

let file: HubFile;

beforeAll(async () => {
  file = await fileOf(SIZE);
});

/** Bytes that `count` grows by in each of `times` stretches of `millis`. */
function growth(w: World, count: () => number, millis: number, times: number): number[] {
  return Array.from({ length: times }, () => {
    const before = count();
    w.run(millis);
    return count() - before;
  });
}

function expectRate(bytes: number, perSecond: number, millis: number): void {
  const measured = (bytes * 1000) / millis;
  expect(measured).toBeGreaterThan(perSecond * 0.97);
  expect(measured).toBeLessThan(perSecond * 1.03);
}

describe("the upload limit", () => {
  it.each([20_000, 300_000, 2_000_000])("of %d B/s is kept to 3 %, in small bursts", (rate) => {
    const w = worldWith(file);
    const giver = seeder(w, file, "giver", { uplink: 50_000_000 });
    limit(giver, { uploadBytesPerSecond: rate });
    receiver(w);
    w.run(2_000);
    const sent = growth(w, () => giver.view.sent, 500, 16);
    expectRate(
      sent.reduce((sum, each) => sum + each, 0),
      rate,
      8_000,
    );
    for (const each of sent) expect(each).toBeLessThan(rate * 0.5 * 1.2);
  });

  it("is kept by a tab whose timers come once a second", () => {
    const w = worldWith(file);
    const giver = seeder(w, file, "giver", { uplink: 50_000_000, drowsy: 1_000 });
    limit(giver, { uploadBytesPerSecond: 500_000 });
    receiver(w);
    w.run(2_000);
    const before = giver.view.sent;
    w.run(10_000);
    expectRate(giver.view.sent - before, 500_000, 10_000);
  });

  it("holds at once when it is set, changed or taken away while a transfer runs", () => {
    const w = worldWith(file);
    const giver = seeder(w, file, "giver", { uplink: 3_000_000 });
    const taker = receiver(w);
    w.run(1_000);
    const of = (rate: number | null): number => {
      limit(giver, { uploadBytesPerSecond: rate });
      // What is in the channel already cannot be called back.
      w.run(1_000);
      const before = giver.view.sent;
      w.run(2_000);
      return giver.view.sent - before;
    };
    expectRate(of(200_000), 200_000, 2_000);
    expectRate(of(600_000), 600_000, 2_000);
    expectRate(of(null), 3_000_000, 2_000);
    w.run(30_000, ended(taker));
    expectWhole(taker, file);
  });

  it("is shared: nobody waits for long, and who came first is not starved by who came later", () => {
    const w = worldWith(file);
    const giver = seeder(w, file, "giver", { uplink: 50_000_000 });
    limit(giver, { uploadBytesPerSecond: 600_000 });
    const given = (peer: VirtualPeer): number =>
      [...giver.state.links.values()].find((link) => link.peer === peer.state.hub?.peer)?.sent ?? 0;
    const first = receiver(w, "first");
    w.run(4_000);
    const [second, third] = [w.peer("second").join(), w.peer("third").join()];
    w.run(500);
    second.fetch(RESOURCE);
    third.fetch(RESOURCE);
    w.run(2_000);
    const peers = [first, second, third];
    const before = peers.map(given);
    w.run(6_000);
    const shares = peers.map((peer, number) => given(peer) - (before[number] ?? 0));
    for (const share of shares) {
      expect(share).toBeGreaterThan(1_000_000);
      expect(share).toBeLessThan(1_400_000);
    }
  });
});

describe("the download limit", () => {
  it.each([100_000, 1_500_000])("of %d B/s holds for what peers send", (rate) => {
    const w = worldWith(file);
    for (const name of ["one", "two"]) seeder(w, file, name, { uplink: 20_000_000 });
    const taker = w.peer("taker").join();
    limit(taker, { downloadBytesPerSecond: rate });
    w.run(500);
    taker.fetch(RESOURCE);
    w.run(3_000);
    const before = taker.view.received;
    w.run(10_000);
    expectRate(taker.view.received - before, rate, 10_000);
    expect(taker.transfer.wasted).toBe(0);
  });

  it("set while a transfer runs takes back what was asked for and has not begun", () => {
    const w = worldWith(file);
    seeder(w, file, "giver", { uplink: 3_000_000 });
    const taker = receiver(w);
    w.run(2_000);
    limit(taker, { downloadBytesPerSecond: 300_000 });
    w.run(1_000);
    const before = taker.view.received;
    w.run(4_000);
    expectRate(taker.view.received - before, 300_000, 4_000);
    limit(taker, { downloadBytesPerSecond: null });
    w.run(30_000, ended(taker));
    expectWhole(taker, file);
  });
});

describe("pausing on battery or on a metered network", () => {
  it("ends links, leaves the swarm, and goes on from there afterwards", () => {
    const w = worldWith(file);
    const giver = seeder(w, file, "giver", { uplink: 5_000_000 });
    const taker = receiver(w);
    w.run(1_500);
    limit(taker, { pauseOnBattery: true });
    expect(taker.view).not.toHaveProperty("paused");
    taker.tell({ type: "supply", supply: { onBattery: true } });
    expect(taker.view).toMatchObject({ paused: "battery", links: [] });
    w.run(2_000);
    const { fromPeers } = taker.transfer;
    expect(fromPeers).toBeGreaterThan(0);
    expect(giver.view.links).toEqual([]);
    w.run(20_000);
    expect(taker.transfer).toMatchObject({ state: "running", fromPeers, fromHub: 0 });
    expect(w.hub.reports.at(-1)).toMatchObject({ state: "paused" });
    taker.tell({ type: "supply", supply: { onBattery: false } });
    w.run(30_000, ended(taker));
    expectWhole(taker, file);
    expect(taker.transfer.fromHub).toBe(0);
  });

  it("serves nobody meanwhile, not even who knows it already", () => {
    const w = worldWith(file);
    const giver = seeder(w, file, "giver");
    limit(giver, { pauseOnMetered: true });
    w.run(500);
    giver.tell({ type: "supply", supply: { onMetered: true } });
    const taker = receiver(w);
    w.run(30_000, ended(taker));
    expect(giver.view).toMatchObject({ paused: "metered", sent: 0 });
    expect(taker.transfer).toMatchObject({ state: "completed", fromPeers: 0 });
  });

  it("is not done where it was not asked for", () => {
    const w = worldWith(file);
    seeder(w, file);
    const taker = receiver(w);
    taker.tell({ type: "supply", supply: { onBattery: true, onMetered: true } });
    w.run(20_000, ended(taker));
    expectWhole(taker, file);
    expect(taker.transfer.fromHub).toBe(0);
  });
});
