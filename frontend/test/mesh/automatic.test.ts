import { beforeAll, describe, expect, it } from "vitest";
import type { PeerMessage } from "../../src/protocol/messages";
import { ended, expectWhole, fileOf, limit, receiver, seeder, worldWith } from "./scene";
import type { HubFile } from "./virtual-hub";
import type { VirtualPeer, World } from "./world";

const SIZE = 6_000_000;

/** What the hub gives to begin with: of 92 chunks of 64 KiB, in a swarm of two, one. */
const CREDIT = 65_536;

let file: HubFile;

beforeAll(async () => {
  file = await fileOf(SIZE);
});

const leases = (peer: VirtualPeer): (PeerMessage & { type: "lease" })[] =>
  peer.effects.flatMap((each) => (each.do === "send-hub" && each.message.type === "lease" ? [each.message] : []));

const automatic = (w: World): VirtualPeer => receiver(w, "receiver", {}, "automatic");

describe("an automatic transfer", () => {
  it("asks the hub at once, before any link is open, and says so", () => {
    const w = worldWith(file);
    seeder(w, file, "seeder", { uplink: 2_000_000 });
    const taker = automatic(w);
    w.run(20_000, ended(taker));
    const [first] = leases(taker);
    expect(first).toMatchObject({ model: "automatic" });
    const order = taker.effects.map((each) => (each.do === "send-hub" && each.message === first ? "lease" : each.do));
    expect(order).toContain("make-offer");
    expect(order.indexOf("lease")).toBeLessThan(order.indexOf("apply-answer"));
    expectWhole(taker, file);
    expect(taker.transfer).toMatchObject({ fromHub: CREDIT });
    expect(w.hub.reports.at(-1)).toMatchObject({ state: "completed", model: "automatic" });
  });

  it("without peers comes from the hub, whole and once", () => {
    const w = worldWith(file);
    const taker = automatic(w);
    w.run(5_000, ended(taker));
    expectWhole(taker, file);
    expect(taker.transfer).toMatchObject({ fromHub: SIZE, wasted: 0 });
    expect(w.hub.egress).toBe(SIZE);
  });

  it("turns to the hub two seconds after its peers have stalled, and back when one delivers", () => {
    const w = worldWith(file);
    seeder(w, file, "stalls", { silentAfter: 1_000_000 });
    const taker = automatic(w);
    w.run(1_500);
    const { fromPeers } = taker.transfer;
    expect(fromPeers).toBeGreaterThan(500_000);
    expect(taker.transfer.fromHub).toBe(CREDIT);
    w.run(3_000);
    expect(taker.transfer.fromHub).toBeGreaterThan(CREDIT);
    w.run(20_000, ended(taker));
    expectWhole(taker, file);
  });

  it("is helped by a hub that wants to be quick", () => {
    const time = (fast: boolean): number => {
      const w = worldWith(file);
      w.hub.policy = fast ? "fast" : "thrifty";
      w.hub.uplink = 2_000_000;
      seeder(w, file, "slow", { uplink: 500_000 });
      const taker = automatic(w);
      const began = w.now;
      w.run(60_000, ended(taker));
      expectWhole(taker, file);
      expect(taker.transfer.fromPeers).toBeGreaterThan(0);
      return w.now - began;
    };
    expect(time(true)).toBeLessThan(time(false) / 3.5);
  });

  it("goes on with peers when the hub dies, also with what the hub was sending", () => {
    const w = worldWith(file);
    w.hub.policy = "fast";
    w.hub.slow = 1_000;
    seeder(w, file, "seeder", { uplink: 1_500_000 });
    const taker = automatic(w);
    w.run(1_000);
    expect(taker.transfer.fromPeers).toBeGreaterThan(0);
    w.hub.dead = true;
    for (const peer of w.peers) peer.loseHub();
    const seen: number[] = [];
    w.run(20_000, () => {
      seen.push(taker.transfer.fromPeers + taker.transfer.fromHub);
      return taker.transfer.state !== "running";
    });
    expectWhole(taker, file);
    expect(taker.transfer.fromHub).toBe(0);
    // The bar moves in every half second.
    for (let at = 2; at < seen.length; at++) expect(seen[at]).toBeGreaterThan(seen[at - 2] ?? 0);
  });

  it("goes on with the hub when its peers go", () => {
    const w = worldWith(file);
    const giver = seeder(w, file, "seeder", { uplink: 1_000_000 });
    const taker = automatic(w);
    w.run(2_000);
    expect(taker.transfer.fromHub).toBe(CREDIT);
    giver.vanish();
    w.run(1_000);
    expect(taker.transfer.fromHub).toBeGreaterThan(CREDIT);
    w.run(20_000, ended(taker));
    expectWhole(taker, file);
  });

  it("keeps the download limit over both", () => {
    const w = worldWith(file);
    w.hub.policy = "fast";
    seeder(w, file, "seeder", { uplink: 200_000 });
    const taker = w.peer("receiver").join();
    limit(taker, { downloadBytesPerSecond: 400_000 });
    w.run(500);
    taker.fetch(file.resource, undefined, "automatic");
    w.run(1_000);
    const came = (): number => taker.transfer.fromHub + taker.transfer.fromPeers + taker.transfer.wasted;
    const before = came();
    w.run(10_000);
    expect((came() - before) / 10).toBeGreaterThan(400_000 * 0.95);
    expect((came() - before) / 10).toBeLessThan(400_000 * 1.03);
    expect(taker.transfer.fromHub).toBeGreaterThan(0);
    expect(taker.transfer.fromPeers).toBeGreaterThan(0);
  });

  it("is still automatic after the page was loaded again", () => {
    const w = worldWith(file);
    seeder(w, file, "seeder", { uplink: 500_000 });
    const taker = automatic(w);
    w.run(2_000);
    taker.vanish();
    const reborn = w.peer("reborn");
    for (const [content, kept] of taker.kept) reborn.kept.set(content, kept);
    reborn.join();
    w.run(2_000);
    expect(leases(reborn)[0]).toMatchObject({ model: "automatic" });
  });
});

describe("a transfer from peers", () => {
  it("is not helped by a hub that wants to be quick", () => {
    const w = worldWith(file);
    w.hub.policy = "fast";
    seeder(w, file, "seeder", { uplink: 2_000_000 });
    const taker = receiver(w);
    w.run(20_000, ended(taker));
    expectWhole(taker, file);
    expect(taker.transfer.fromHub).toBe(0);
  });
});

describe("chunks on their way from the hub", () => {
  it.each(["pause", "cancel"] as const)("are given up by %s", (type) => {
    const w = worldWith(file);
    w.hub.uplink = 500_000;
    const taker = automatic(w);
    w.run(2_000);
    expect(taker.transfer.fromHub).toBeGreaterThan(0);
    taker.tell({ type, transfer: taker.transfer.transfer });
    const { egress } = w.hub;
    w.run(20_000);
    expect(w.hub.egress).toBe(egress);
  });

  it("are given up when the hub takes the right away", () => {
    const w = worldWith(file);
    w.hub.uplink = 500_000;
    const taker = automatic(w);
    w.run(2_000);
    w.hub.denied.add(taker.member);
    w.hub.revoke([{ member: taker.member, content: file.manifest.contentId }]);
    w.run(250);
    expect(taker.transfer).toMatchObject({ state: "failed", problem: "not-found" });
    const { egress } = w.hub;
    w.run(20_000);
    expect(w.hub.egress).toBe(egress);
  });
});
