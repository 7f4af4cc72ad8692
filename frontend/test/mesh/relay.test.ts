import { beforeAll, describe, expect, it } from "vitest";
import { Bitmap, readBitmap } from "../../src/protocol/bitmap";
import { fromBase64url } from "../../src/protocol/base64url";
import { chunkCount } from "../../src/protocol/manifest";
import type { Turn } from "../../src/protocol/messages";
import type { Effect } from "../../src/mesh/core/events";
import { ended, expectWhole, fileOf, receiver, seeder, worldWith } from "./scene";
import type { HubFile } from "./virtual-hub";
import type { VirtualPeer } from "./world";

const LIFE_SECONDS = 3_600;

let file: HubFile;

beforeAll(async () => {
  file = await fileOf(4_000_000);
});

/** A leave of the hub's that begins now. */
function leave(now: number, name = "m"): Turn {
  const expires = Math.floor(now / 1000) + LIFE_SECONDS;
  return { urls: ["turn:relay.example:3478"], username: `${expires}:${name}`, credential: "secret", expires };
}

function done<D extends Effect["do"]>(peer: VirtualPeer, what: D, from = 0): (Effect & { do: D })[] {
  return peer.effects.slice(from).filter((effect): effect is Effect & { do: D } => effect.do === what);
}

/** When a peer knows what a neighbour holds. */
function linked(peer: VirtualPeer): () => boolean {
  return () => [...peer.state.links.values()].some((link) => link.have !== null);
}

/** The chunks that a peer has asked the hub for since it had done so much. */
function wishes(peer: VirtualPeer, from: number): number[] {
  const chunks = chunkCount(file.manifest);
  const all = new Bitmap(chunks);
  for (const { message } of done(peer, "send-hub", from)) {
    if (message.type !== "lease") continue;
    const wanted = readBitmap(fromBase64url(message.wanted) ?? new Uint8Array(0), chunks);
    for (let chunk = 0; chunk < chunks; chunk++) if (wanted?.has(chunk) === true) all.add(chunk);
  }
  return Array.from({ length: chunks }, (_, chunk) => chunk).filter((chunk) => all.has(chunk));
}

describe("bytes over a relay", () => {
  it("are counted apart, and are part of what peers gave", () => {
    const w = worldWith(file);
    seeder(w, file);
    const taker = receiver(w, "taker", { path: "relay" });
    w.run(60_000, ended(taker));
    expectWhole(taker, file);
    expect(taker.transfer.relayed).toBe(taker.transfer.fromPeers);
    expect(taker.transfer.fromPeers).toBeGreaterThan(0);
    expect(taker.view.relayed).toBe(taker.view.received);
    w.run(1_000);
    expect(w.hub.reports.at(-1)).toMatchObject({ state: "completed", relayed: taker.transfer.fromPeers });
  });

  it("are none when the path is direct", () => {
    const w = worldWith(file);
    seeder(w, file);
    const taker = receiver(w);
    w.run(60_000, ended(taker));
    expectWhole(taker, file);
    expect(taker.transfer.relayed).toBe(0);
    expect(taker.view.relayed).toBe(0);
  });

  it("are known again after the tab has been closed", () => {
    const w = worldWith(file);
    seeder(w, file, "slow", { uplink: 200_000 });
    const taker = receiver(w, "taker", { path: "relay" });
    w.run(60_000, () => taker.transfer.relayed > 500_000);
    const before = taker.transfer.relayed;
    taker.tell({ type: "leave" });
    taker.state.transfers.clear();
    taker.join();
    w.run(1_000, () => taker.view.transfers.length > 0);
    expect(taker.transfer.relayed).toBeGreaterThanOrEqual(before);
    expect(taker.transfer.relayed).toBe(taker.transfer.fromPeers);
  });

  it("are not counted on: the hub may give what only relayed links hold", () => {
    const direct = worldWith(file);
    seeder(direct, file, "slow", { uplink: 500_000 });
    const beside = receiver(direct);
    direct.run(5_000, linked(beside));
    const begun = beside.effects.length;
    direct.run(60_000, ended(beside));
    expect(wishes(beside, begun)).toEqual([]);

    const relayed = worldWith(file);
    seeder(relayed, file, "slow", { uplink: 500_000 });
    const over = receiver(relayed, "taker", { path: "relay" });
    relayed.run(5_000, linked(over));
    const since = over.effects.length;
    relayed.run(60_000, ended(over));
    expectWhole(over, file);
    expect(wishes(over, since).length).toBeGreaterThan(0);
  });
});

describe("leave to use a relay", () => {
  it("comes with the welcome and goes to every link that is made", () => {
    const w = worldWith(file);
    w.hub.turn = leave(w.now);
    const giver = seeder(w, file);
    const taker = receiver(w);
    w.run(60_000, ended(taker));
    expect(done(taker, "make-offer")[0]?.ice.turn).toEqual(w.hub.turn);
    expect(done(giver, "make-answer")[0]?.ice.turn).toEqual(w.hub.turn);
  });

  it("that is renewed reaches new links, and live ones that look for another path", () => {
    const w = worldWith(file);
    const giver = seeder(w, file, "giver", { uplink: 200_000 });
    w.run(500);
    const renewed = leave(w.now, "renewed");
    giver.tell({ type: "hub-message", message: { type: "turn", ...renewed } });
    const taker = receiver(w);
    w.run(3_500);
    expect(done(giver, "make-answer")[0]?.ice.turn).toEqual(renewed);
    const again = leave(w.now, "again");
    for (const peer of [giver, taker]) peer.tell({ type: "hub-message", message: { type: "turn", ...again } });
    w.cut(giver, taker, true);
    w.run(5_000);
    expect(done(taker, "make-restart")).toMatchObject([{ ice: { turn: again } }]);
    expect(done(giver, "make-answer")[1]?.ice.turn).toEqual(again);
  });

  it("that came with another welcome reaches a live link that looks for another path", () => {
    const w = worldWith(file);
    const giver = seeder(w, file, "giver", { uplink: 200_000 });
    const taker = receiver(w);
    w.run(3_500);
    taker.loseHub();
    w.hub.turn = leave(w.now, "new");
    taker.findHub();
    w.run(500);
    w.cut(giver, taker, true);
    w.run(5_000);
    expect(done(taker, "make-restart")).toMatchObject([{ ice: { turn: w.hub.turn } }]);
  });

  it("is not used when it has ended", () => {
    const w = worldWith(file);
    w.hub.turn = leave(w.now - LIFE_SECONDS * 1000);
    seeder(w, file);
    const taker = receiver(w);
    w.run(60_000, ended(taker));
    expect(done(taker, "make-offer")[0]?.ice.turn).toBeNull();
  });
});
