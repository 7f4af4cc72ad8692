import { beforeAll, describe, expect, it } from "vitest";
import { ended, expectWhole, fileOf, RESOURCE, worldWith } from "./scene";
import { type HubFile } from "./virtual-hub";
import type { VirtualPeer, World } from "./world";

const SIZE = 3_000_000;

let file: HubFile;

beforeAll(async () => {
  file = await fileOf(SIZE);
});

describe("commands", () => {
  function running(): { w: World; receiver: VirtualPeer; id: string } {
    const w = worldWith(file);
    w.peer("seeder", { uplink: 500_000 }).seed(file).join();
    const receiver = w.peer("receiver").join();
    w.run(500);
    receiver.fetch(RESOURCE);
    w.run(2_000);
    expect(receiver.transfer.fromPeers).toBeGreaterThan(0);
    return { w, receiver, id: receiver.transfer.transfer };
  }

  it("pause stops the bytes and resume takes them up where they stopped", () => {
    const { w, receiver, id } = running();
    receiver.tell({ type: "pause", transfer: id });
    w.run(3_000);
    const kept = receiver.transfer.fromPeers;
    w.run(5_000);
    expect(receiver.transfer).toMatchObject({ state: "paused", fromPeers: kept });
    receiver.tell({ type: "resume", transfer: id });
    w.run(30_000, ended(receiver));
    expectWhole(receiver, file);
  });

  it("cancel ends the links, leaves the swarm and forgets the bytes", () => {
    const { w, receiver, id } = running();
    receiver.tell({ type: "cancel", transfer: id });
    w.run(1_000);
    expect(receiver.transfer.state).toBe("cancelled");
    expect(receiver.view.links).toEqual([]);
    expect(receiver.view.held).toEqual([]);
    expect(receiver.kept.size).toBe(0);
    expect(w.hub.reports.at(-1)?.state).toBe("cancelled");
    expect(w.peers[0]?.view.links).toEqual([]);
  });

  it("cancel while the content is being loaded leaves nothing to go on with", () => {
    const w = worldWith(file);
    const receiver = w.peer("receiver").join();
    w.run(500);
    receiver.fetch(RESOURCE);
    receiver.tell({ type: "cancel", transfer: receiver.transfer.transfer });
    w.run(500);
    expect(receiver.transfer.state).toBe("cancelled");
    expect(receiver.kept.size).toBe(0);
  });

  it("cancel while the content is being loaded does not touch what was held before", () => {
    const w = worldWith(file);
    const receiver = w.peer("receiver").seed(file, 5).join();
    w.run(500);
    receiver.fetch(RESOURCE);
    receiver.tell({ type: "cancel", transfer: receiver.transfer.transfer });
    w.run(500);
    expect(receiver.kept.size).toBe(1);
    expect(receiver.view.held).toMatchObject([{ held: 5 * file.manifest.chunkSize }]);
  });

  it("leave while the content is being loaded leaves nothing to go on with either", () => {
    const w = worldWith(file);
    const receiver = w.peer("receiver").join();
    w.run(500);
    receiver.fetch(RESOURCE);
    receiver.tell({ type: "leave" });
    w.run(500);
    receiver.join();
    w.run(500);
    expect(receiver.view.transfers).toMatchObject([{ state: "cancelled" }]);
    expect(receiver.kept.size).toBe(0);
  });

  it("cancel before the hub has answered leaves the swarm too", () => {
    const w = worldWith(file);
    const receiver = w.peer("receiver").join();
    w.run(500);
    receiver.fetch(RESOURCE);
    const said = (type: string) =>
      receiver.effects.filter((each) => each.do === "send-hub" && each.message.type === type);
    while (said("enter").length === 0) w.run(1);
    expect(receiver.state.swarms.get(file.manifest.contentId)?.entered).toBe(false);
    receiver.tell({ type: "cancel", transfer: receiver.transfer.transfer });
    expect(said("leave")).toHaveLength(1);
  });

  it("leave pauses, and a new join goes on from what is kept", () => {
    const { w, receiver, id } = running();
    receiver.tell({ type: "leave" });
    w.run(500);
    expect(receiver.view).toMatchObject({ status: "off", links: [] });
    expect(receiver.transfer.state).toBe("paused");
    const kept = receiver.transfer.fromPeers;
    receiver.join();
    w.run(1_000);
    expect(receiver.transfer.fromPeers).toBeGreaterThanOrEqual(kept);
    receiver.tell({ type: "resume", transfer: id });
    w.run(30_000, ended(receiver));
    expectWhole(receiver, file);
  });

  it("a page that is loaded again goes on by itself", () => {
    const { w, receiver } = running();
    receiver.vanish();
    const reborn = w.peer("receiver-again");
    for (const [content, kept] of receiver.kept) reborn.kept.set(content, kept);
    reborn.join();
    w.run(30_000, () => reborn.view.transfers[0]?.state === "completed");
    expectWhole(reborn, file);
    expect(reborn.transfer.transfer).toBe(receiver.transfer.transfer);
    expect(w.peers[0]?.view.sent ?? 0).toBeLessThan(1.5 * SIZE);
  });

  it("fetch before joining says so", () => {
    const w = worldWith(file);
    const receiver = w.peer("receiver");
    receiver.fetch(RESOURCE);
    expect(receiver.transfer).toMatchObject({ state: "failed", problem: "not-joined" });
  });
});

describe("pings", () => {
  it("are answered one by one, and none is sent unasked", () => {
    const w = worldWith(file);
    const peer = w.peer("peer").join();
    w.run(60_000);
    const pings = () => peer.effects.filter((each) => each.do === "send-hub" && each.message.type === "ping").length;
    expect(pings()).toBe(0);
    peer.tell({ type: "hub-message", message: { type: "ping" } });
    peer.tell({ type: "hub-message", message: { type: "ping" } });
    expect(pings()).toBe(2);
  });
});

describe("signing out", () => {
  it("ends the membership for good, and says why", () => {
    const w = worldWith(file);
    const peer = w.peer("peer").seed(file).join();
    w.run(500);
    peer.tell({ type: "hub-message", message: { type: "bye", code: "sign-in-required" } });
    expect(peer.view).toMatchObject({ status: "off", problem: "sign-in-required", links: [], held: [] });
    expect(peer.effects.slice(-2)).toEqual([{ do: "disconnect-hub" }, { do: "close-store" }]);
  });

  it("is not what other farewells mean", () => {
    const w = worldWith(file);
    const peer = w.peer("peer").join();
    w.run(500);
    peer.tell({ type: "hub-message", message: { type: "bye", code: "hub-stops" } });
    expect(peer.view.status).toBe("lost");
  });
});
