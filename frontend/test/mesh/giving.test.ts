import { beforeAll, describe, expect, it } from "vitest";
import type { Effect } from "../../src/mesh/core/events";
import { fileOf, limit, seeder, worldWith } from "./scene";
import type { HubFile } from "./virtual-hub";
import type { VirtualPeer, World } from "./world";

const SIZE = 1_000_000;

let file: HubFile;

beforeAll(async () => {
  file = await fileOf(SIZE);
});

/** What the peer has said that it gives, in order. */
function told(peer: VirtualPeer): number[] {
  return peer.effects
    .filter((effect): effect is Effect & { do: "send-hub" } => effect.do === "send-hub")
    .flatMap(({ message }) => (message.type === "willing" ? [message.bytes] : []));
}

/** A peer that gives that much, and a world in which somebody holds the file. */
function giver(giveBytes: number, uplink = 10_000_000): { w: World; peer: VirtualPeer } {
  const w = worldWith(file);
  seeder(w, file, "seeder", { uplink });
  const peer = w.peer("giver");
  limit(peer, { giveBytes });
  peer.join();
  w.run(1_000);
  return { w, peer };
}

function ask(peer: VirtualPeer): void {
  const { resource, manifest } = file;
  peer.tell({
    type: "hub-message",
    message: { type: "keep", resource, content: manifest.contentId, name: "asked for" },
  });
}

function unask(peer: VirtualPeer): void {
  peer.tell({ type: "hub-message", message: { type: "unkeep", content: file.manifest.contentId } });
}

describe("disk given on request", () => {
  it("is nothing, and nothing is said, unless the person says so", () => {
    const { w, peer } = giver(0);
    expect(told(peer)).toEqual([]);
    ask(peer);
    w.run(5_000);
    expect(peer.view.transfers).toEqual([]);
  });

  it("is fetched from peers, kept, and taken off what is given", () => {
    const { w, peer } = giver(3 * SIZE);
    expect(told(peer)).toEqual([3 * SIZE]);
    ask(peer);
    ask(peer);
    w.run(20_000);
    expect(peer.view.transfers).toMatchObject([{ state: "completed", fromPeers: SIZE, name: "asked for" }]);
    expect(peer.view.held).toMatchObject([{ held: SIZE, onRequest: true, pinned: false }]);
    expect(told(peer)).toEqual([3 * SIZE, 2 * SIZE]);
  });

  it("is refused when it does not fit", () => {
    const { w, peer } = giver(SIZE - 1);
    ask(peer);
    w.run(5_000);
    expect(peer.view.held).toEqual([]);
    expect(peer.kept.size).toBe(0);
    expect(told(peer)).toEqual([SIZE - 1]);
  });

  it("stays when room is wanted, and goes then when it need not be kept any more", () => {
    const { w, peer } = giver(SIZE);
    ask(peer);
    w.run(20_000);
    const wanted = { type: "room-wanted", content: "0".repeat(64), bytes: SIZE } as const;
    peer.tell({ type: "quota", used: SIZE, limit: SIZE });
    peer.tell(wanted);
    expect(peer.view.held).toHaveLength(1);
    unask(peer);
    w.run(500);
    expect(told(peer)).toEqual([SIZE, 0, SIZE]);
    peer.tell(wanted);
    expect(peer.view.held).toEqual([]);
  });

  it("that has only begun goes at once when it need not be kept any more", () => {
    const { w, peer } = giver(SIZE, 200_000);
    ask(peer);
    w.run(2_000);
    expect(peer.view.transfers).toMatchObject([{ state: "running" }]);
    unask(peer);
    w.run(1_000);
    expect(peer.view.transfers).toMatchObject([{ state: "cancelled" }]);
    expect(peer.view.held).toEqual([]);
  });

  it("of what is held already is a mark alone", () => {
    const w = worldWith(file);
    const peer = w.peer("holder").seed(file);
    limit(peer, { giveBytes: SIZE });
    peer.join();
    w.run(1_000);
    ask(peer);
    w.run(1_000);
    expect(peer.view.held).toMatchObject([{ held: SIZE, onRequest: true }]);
    expect(peer.view.transfers).toEqual([]);
  });

  it("that the person lets go is given no more until they say so", () => {
    const { w, peer } = giver(2 * SIZE);
    ask(peer);
    w.run(20_000);
    peer.tell({ type: "forget", content: file.manifest.contentId });
    w.run(1_000);
    expect(told(peer)).toEqual([2 * SIZE, SIZE]);
    limit(peer, { giveBytes: 2 * SIZE });
    w.run(1_000);
    expect(told(peer).at(-1)).toBe(2 * SIZE);
  });

  it("is known again after a reload, and told to a hub that has not heard of it", () => {
    const { w, peer } = giver(2 * SIZE);
    ask(peer);
    w.run(20_000);
    peer.tell({ type: "leave" });
    const before = peer.effects.length;
    peer.join();
    w.run(1_000);
    expect(peer.view.held).toMatchObject([{ onRequest: true }]);
    const messages = peer.effects.slice(before).flatMap((effect) => (effect.do === "send-hub" ? [effect.message] : []));
    expect(messages.map(({ type }) => type).filter((type) => type === "willing" || type === "enter")).toEqual([
      "willing",
      "enter",
    ]);
    expect(told(peer).at(-1)).toBe(SIZE);
  });
});
