import { beforeAll, describe, expect, it } from "vitest";
import { ended, expectWhole, fileOf, receiver, seeder, worldWith } from "./scene";
import type { HubFile } from "./virtual-hub";
import type { VirtualPeer, World } from "./world";

let small: HubFile;
let large: HubFile;

beforeAll(async () => {
  small = await fileOf(6_000_000);
  large = await fileOf(24_000_000);
});

/** Most bytes that are asked of a link and have not come, at any quarter of a second in `millis`. */
function mostAsked(w: World, peer: VirtualPeer, millis: number): number {
  let most = 0;
  w.run(millis, () => {
    for (const link of peer.state.links.values()) {
      let got = 0;
      for (const asked of link.asked.values()) got += asked.got;
      most = Math.max(most, link.askedBytes - got);
    }
    return false;
  });
  return most;
}

describe("what is kept requested of a link", () => {
  it("is a fraction of a second of what a slow one brings, and the link never waits", () => {
    const w = worldWith(small);
    seeder(w, small, "slow", { uplink: 400_000 });
    const taker = receiver(w);
    w.run(3_000);
    const before = taker.transfer.fromPeers;
    expect(mostAsked(w, taker, 6_000)).toBeLessThan(400_000);
    expect(taker.transfer.fromPeers - before).toBeGreaterThan(0.95 * 6 * 400_000);
  });

  it("grows in a moment to what a fast one brings", () => {
    const w = worldWith(large);
    // 0.4 s of bytes.
    seeder(w, large, "fast", { uplink: 60_000_000 });
    const taker = receiver(w);
    const began = w.now;
    w.run(5_000, ended(taker));
    expectWhole(taker, large);
    // A quarter of a second for the steps of the world's clock, another for signalling.
    expect(w.now - began).toBeLessThanOrEqual(1_000);
  });

  it("covers a long way", () => {
    const w = worldWith(small);
    seeder(w, small, "far", { uplink: 2_000_000, far: 300 });
    const taker = receiver(w);
    const began = w.now;
    w.run(2_000);
    for (const link of taker.state.links.keys()) {
      taker.tell({ type: "link-facts", link, path: "srflx", roundTripMillis: 610 });
    }
    w.run(20_000, ended(taker));
    expectWhole(taker, small);
    expect(taker.transfer.wasted).toBe(0);
    // 3 s at its rate, and a few round trips for signalling and growing.
    expect(w.now - began).toBeLessThan(8_000);
  });

  it("leaves little to wait for at the end when one source is slow and one is quick", () => {
    const w = worldWith(small);
    seeder(w, small, "slow", { uplink: 100_000 });
    seeder(w, small, "quick", { uplink: 2_000_000 });
    const taker = receiver(w);
    const began = w.now;
    w.run(30_000, ended(taker));
    expectWhole(taker, small);
    // 2.9 s at their rates together, and what the slow one had begun.
    expect(w.now - began).toBeLessThan(4_500);
    expect(taker.transfer.wasted).toBeLessThan(4 * small.manifest.chunkSize);
  });
});
