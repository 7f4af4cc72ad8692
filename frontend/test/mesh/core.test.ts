import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { hubTime } from "../../src/mesh/core/hub-time";
import { bytesOf, manifestOf } from "./files";
import { type HubFile, shortId } from "./virtual-hub";
import { type VirtualPeer, World } from "./world";

const RESOURCE = "0b5f1d0e-7a52-4e57-9a43-3a9f2d9c1b77";
const SIZE = 3_000_000;

let file: HubFile;

beforeAll(async () => {
  const bytes = bytesOf(SIZE);
  file = { resource: RESOURCE, bytes, manifest: await manifestOf(bytes) };
});

function world(): World {
  const made = new World();
  made.hub.add(file);
  return made;
}

function expectWhole(peer: VirtualPeer): void {
  expect(peer.transfer).toMatchObject({ state: "completed", size: SIZE });
  expect(peer.transfer.fromHub + peer.transfer.fromPeers).toBe(SIZE);
  expect(Buffer.compare(peer.bytes(file.manifest) ?? Buffer.of(), file.bytes)).toBe(0);
}

const ended = (peer: VirtualPeer) => () => peer.transfer.state !== "running";

describe("one seeder and one receiver", () => {
  it("deliver a file without a byte from the hub", () => {
    const w = world();
    w.peer("seeder").seed(file).join();
    w.run(500);
    const receiver = w.peer("receiver").join();
    w.run(500);
    receiver.fetch(RESOURCE);
    w.run(20_000, ended(receiver));
    expectWhole(receiver);
    expect(receiver.transfer).toMatchObject({ fromPeers: SIZE, fromHub: 0, wasted: 0 });
    expect(receiver.transfer.sources).toMatchObject([{ kind: "peer", bytes: SIZE }]);
    expect(w.hub.egress).toBe(0);
    expect(receiver.view.links).toMatchObject([{ status: "open", received: SIZE }]);
  });

  it("report once a second and once at the end, and the report adds up", () => {
    const w = world();
    w.peer("seeder", { uplink: 1_000_000 }).seed(file).join();
    const receiver = w.peer("receiver").join();
    w.run(500);
    receiver.fetch(RESOURCE);
    w.run(20_000, ended(receiver));
    w.run(5_000);
    const states = w.hub.reports.map((report) => report.state);
    expect(states.filter((state) => state === "completed")).toHaveLength(1);
    expect(states.at(-1)).toBe("completed");
    expect(states.length).toBeGreaterThanOrEqual(3);
    expect(w.hub.reports.at(-1)).toMatchObject({ size: SIZE, fromHub: 0, fromPeers: SIZE, model: "peers" });
  });

  it("go on without the hub once they are linked", () => {
    const w = world();
    const seeder = w.peer("seeder", { uplink: 1_000_000 }).seed(file).join();
    const receiver = w.peer("receiver").join();
    w.run(500);
    receiver.fetch(RESOURCE);
    w.run(1_000);
    seeder.loseHub();
    receiver.loseHub();
    expect(receiver.view.status).toBe("lost");
    w.run(20_000, ended(receiver));
    expectWhole(receiver);
    receiver.findHub();
    w.run(500);
    expect(receiver.view.status).toBe("joined");
  });

  it("serve on what was fetched", () => {
    const w = world();
    const seeder = w.peer("seeder").seed(file).join();
    const first = w.peer("first").join();
    w.run(500);
    first.fetch(RESOURCE);
    w.run(20_000, ended(first));
    seeder.vanish();
    const second = w.peer("second").join();
    w.run(500);
    second.fetch(RESOURCE);
    w.run(20_000, ended(second));
    expectWhole(second);
    expect(second.transfer.fromHub).toBe(0);
    expect(first.view.held).toMatchObject([{ held: SIZE, served: SIZE }]);
  });
});

describe("several sources", () => {
  it("share the work of one receiver", () => {
    const w = world();
    w.peer("one", { uplink: 2_000_000 }).seed(file).join();
    w.peer("two", { uplink: 2_000_000 }).seed(file).join();
    const receiver = w.peer("receiver").join();
    w.run(500);
    receiver.fetch(RESOURCE);
    w.run(20_000, ended(receiver));
    expectWhole(receiver);
    const shares = receiver.transfer.sources.map((source) => source.bytes);
    expect(shares).toHaveLength(2);
    for (const share of shares) expect(share).toBeGreaterThan(SIZE / 5);
    expect(receiver.transfer.wasted).toBeLessThan(SIZE / 10);
  });

  it("one of which dies leave the rest to the other", () => {
    const w = world();
    const one = w.peer("one", { uplink: 1_000_000 }).seed(file).join();
    w.peer("two", { uplink: 1_000_000 }).seed(file).join();
    const receiver = w.peer("receiver").join();
    w.run(500);
    receiver.fetch(RESOURCE);
    w.run(1_000);
    one.vanish();
    w.run(20_000, ended(receiver));
    expectWhole(receiver);
    expect(receiver.transfer.fromHub).toBe(0);
  });

  it("one of which falls silent are asked for its chunks as well", () => {
    const w = world();
    w.peer("silent", { silentAfter: 300_000 }).seed(file).join();
    w.peer("steady", { uplink: 1_000_000 }).seed(file).join();
    const receiver = w.peer("receiver").join();
    w.run(500);
    receiver.fetch(RESOURCE);
    w.run(30_000, ended(receiver));
    expectWhole(receiver);
    expect(receiver.transfer.fromHub).toBe(0);
  });

  it("receivers serve each other while they fetch", () => {
    const w = world();
    w.peer("seeder", { uplink: 500_000 }).seed(file).join();
    const receivers = ["a", "b", "c"].map((name) => w.peer(name).join());
    w.run(500);
    for (const receiver of receivers) receiver.fetch(RESOURCE);
    w.run(60_000, () => receivers.every((receiver) => receiver.transfer.state === "completed"));
    for (const receiver of receivers) expectWhole(receiver);
    expect(w.peers[0]?.view.sent ?? 0).toBeLessThan(2.5 * SIZE);
  });
});

describe("the hub", () => {
  it("fills in what no peer holds", () => {
    const w = world();
    const receiver = w.peer("receiver").join();
    w.run(500);
    receiver.fetch(RESOURCE);
    w.run(30_000, ended(receiver));
    expectWhole(receiver);
    expect(receiver.transfer).toMatchObject({ fromHub: SIZE, fromPeers: 0, wasted: 0 });
    expect(w.hub.egress).toBe(SIZE);
  });

  it("fills in when the only peer stalls for two seconds", () => {
    const w = world();
    w.hub.generous = true;
    w.peer("silent", { silentAfter: 1_000_000 }).seed(file).join();
    const receiver = w.peer("receiver").join();
    w.run(500);
    receiver.fetch(RESOURCE);
    w.run(30_000, ended(receiver));
    expectWhole(receiver);
    expect(receiver.transfer.fromPeers).toBeGreaterThan(0);
    expect(receiver.transfer.fromHub).toBeGreaterThan(0);
  });

  it("that refuses ends the transfer with its own word", () => {
    const w = world();
    const receiver = w.peer("receiver").join();
    w.hub.denied.add(receiver.member);
    w.run(500);
    receiver.fetch(RESOURCE);
    w.run(1_000);
    expect(receiver.transfer).toMatchObject({ state: "failed", problem: "not-found" });
  });
});

describe("wrong chunks", () => {
  it("drop their sender at the second, count as waste, and the rest comes from elsewhere", () => {
    const w = world();
    const liar = w.peer("liar", { corrupt: true }).seed(file).join();
    w.peer("honest", { uplink: 1_000_000 }).seed(file).join();
    const receiver = w.peer("receiver").join();
    w.run(500);
    receiver.fetch(RESOURCE);
    w.run(30_000, ended(receiver));
    expectWhole(receiver);
    expect(receiver.transfer.wasted).toBeGreaterThanOrEqual(2 * file.manifest.chunkSize);
    expect(receiver.state.wrongChunks.get(liar.fingerprint)).toBeGreaterThanOrEqual(2);
    expect(receiver.view.links.map((link) => link.peer)).not.toContain(liar.state.hub?.peer);
    expect(receiver.state.endings.get("wrong-chunk")).toBe(1);
  });

  it("keep their sender out for the rest of the session", () => {
    const w = world();
    w.hub.generous = true;
    const liar = w.peer("liar", { corrupt: true }).seed(file).join();
    const receiver = w.peer("receiver").join();
    w.run(500);
    receiver.fetch(RESOURCE);
    w.run(3_000);
    liar.loseHub();
    liar.findHub();
    w.run(3_000);
    expectWhole(receiver);
    expect(receiver.transfer.fromPeers).toBe(0);
    expect([...w.hub.refusals, ...receiver.state.endings.keys()]).toContain("banned");
  });
});

describe("commands", () => {
  function running(): { w: World; receiver: VirtualPeer; id: string } {
    const w = world();
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
    expectWhole(receiver);
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
    const w = world();
    const receiver = w.peer("receiver").join();
    w.run(500);
    receiver.fetch(RESOURCE);
    receiver.tell({ type: "cancel", transfer: receiver.transfer.transfer });
    w.run(500);
    expect(receiver.transfer.state).toBe("cancelled");
    expect(receiver.kept.size).toBe(0);
  });

  it("cancel while the content is being loaded does not touch what was held before", () => {
    const w = world();
    const receiver = w.peer("receiver").seed(file, 5).join();
    w.run(500);
    receiver.fetch(RESOURCE);
    receiver.tell({ type: "cancel", transfer: receiver.transfer.transfer });
    w.run(500);
    expect(receiver.kept.size).toBe(1);
    expect(receiver.view.held).toMatchObject([{ held: 5 * file.manifest.chunkSize }]);
  });

  it("leave while the content is being loaded leaves nothing to go on with either", () => {
    const w = world();
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
    const w = world();
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
    expectWhole(receiver);
  });

  it("a page that is loaded again goes on by itself", () => {
    const { w, receiver } = running();
    receiver.vanish();
    const reborn = w.peer("receiver-again");
    for (const [content, kept] of receiver.kept) reborn.kept.set(content, kept);
    reborn.join();
    w.run(30_000, () => reborn.view.transfers[0]?.state === "completed");
    expectWhole(reborn);
    expect(reborn.transfer.transfer).toBe(receiver.transfer.transfer);
    expect(w.peers[0]?.view.sent ?? 0).toBeLessThan(1.5 * SIZE);
  });

  it("fetch before joining says so", () => {
    const w = world();
    const receiver = w.peer("receiver");
    receiver.fetch(RESOURCE);
    expect(receiver.transfer).toMatchObject({ state: "failed", problem: "not-joined" });
  });
});

describe("clocks that are wrong", () => {
  it.each([
    [3_600_000, -3_600_000],
    [-86_400_000, 0],
    [0, 900_000],
  ])("by %d and %d ms do not keep two peers apart", (seederSkew, receiverSkew) => {
    const w = world();
    w.peer("seeder", { skew: seederSkew }).seed(file).join();
    const receiver = w.peer("receiver", { skew: receiverSkew }).join();
    w.run(500);
    receiver.fetch(RESOURCE);
    w.run(20_000, ended(receiver));
    expectWhole(receiver);
    expect(receiver.transfer.fromHub).toBe(0);
  });

  it("leave the hub's time known to a second, and tickets renewed by it", () => {
    const w = world();
    const seeder = w.peer("seeder", { skew: -3_600_000 }).seed(file).join();
    w.peer("late").join();
    w.run(500);
    const [swarm] = seeder.state.swarms.values();
    const now = swarm === undefined ? 0 : hubTime({ state: seeder.state, now: w.now + seeder.skew, effects: [] });
    expect(Math.abs(now - w.now)).toBeLessThan(1_500);
    expect(swarm?.renewAt ?? 0).toBeLessThan(w.now + seeder.skew + 600_000);
  });

  it("are put right by the next ticket after a sleep", () => {
    const w = world();
    const seeder = w.peer("seeder").seed(file).join();
    w.run(500);
    seeder.skew = 7_200_000;
    w.run(1_000);
    const receiver = w.peer("receiver").join();
    w.run(500);
    receiver.fetch(RESOURCE);
    w.run(20_000, ended(receiver));
    expectWhole(receiver);
    expect(receiver.transfer.fromHub).toBe(0);
  });
});

describe("pings", () => {
  it("are answered one by one, and none is sent unasked", () => {
    const w = world();
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
    const w = world();
    const peer = w.peer("peer").seed(file).join();
    w.run(500);
    peer.tell({ type: "hub-message", message: { type: "bye", code: "sign-in-required" } });
    expect(peer.view).toMatchObject({ status: "off", problem: "sign-in-required", links: [], held: [] });
    expect(peer.effects.slice(-2)).toEqual([{ do: "disconnect-hub" }, { do: "close-store" }]);
  });

  it("is not what other farewells mean", () => {
    const w = world();
    const peer = w.peer("peer").join();
    w.run(500);
    peer.tell({ type: "hub-message", message: { type: "bye", code: "hub-stops" } });
    expect(peer.view.status).toBe("lost");
  });
});

describe("a hostile member", () => {
  it("that asks and cancels in turn does not start reads without end", () => {
    const w = world();
    const seeder = w.peer("seeder").seed(file).join();
    const receiver = w.peer("receiver").join();
    w.run(500);
    receiver.fetch(RESOURCE);
    w.run(20_000, ended(receiver));
    const [link] = seeder.state.links.values();
    if (link === undefined) throw new Error("no link");
    const already = seeder.effects.length;
    const chunks = [0, 1, 2, 3];
    for (let round = 0; round < 100; round++) {
      seeder.tell({ type: "frame", link: link.id, frame: { type: "request", chunks } });
      seeder.tell({ type: "frame", link: link.id, frame: { type: "cancel", chunks } });
    }
    const done = (what: string) => seeder.effects.slice(already).filter((each) => each.do === what).length;
    expect(done("read-chunk")).toBe(chunks.length);
    w.run(500);
    expect(done("send-piece")).toBe(0);
    expect([link.reading.size, link.unwanted.size]).toEqual([0, 0]);
    seeder.tell({ type: "frame", link: link.id, frame: { type: "request", chunks } });
    seeder.tell({ type: "frame", link: link.id, frame: { type: "cancel", chunks } });
    seeder.tell({ type: "frame", link: link.id, frame: { type: "request", chunks: [2] } });
    w.run(500);
    expect(done("send-piece")).toBeGreaterThan(0);
    expect(done("read-chunk")).toBe(2 * chunks.length);
  });

  it("that offers links without end does not keep the hub from filling in", () => {
    const w = world();
    const receiver = w.peer("receiver").join();
    w.run(500);
    receiver.fetch(RESOURCE);
    const content = file.manifest.contentId;
    const fingerprint = Array.from({ length: 32 }, () => "AB").join(":");
    const from = shortId("hostile");
    const ticket = w.hub.ticket({ id: from, member: from, fingerprint, say: () => undefined }, content);
    const offer = { kind: "offer", content, sdp: fingerprint, ticket } as const;
    let offers = 0;
    w.hub.most = 1;
    w.run(30_000, () => {
      const signal = { ...offer, link: shortId(`offer-${offers}`) };
      offers++;
      if (receiver.state.status === "joined") {
        receiver.tell({ type: "hub-message", message: { type: "signal", from, signal } });
      }
      return receiver.transfer.state !== "running";
    });
    expectWhole(receiver);
    expect(receiver.transfer.fromHub).toBe(SIZE);
  });
});

describe("what is held already", () => {
  const reportsOf = (w: World, transfer: string) => w.hub.reports.filter((report) => report.transfer === transfer);

  it("is not delivered again: a second fetch of a whole file is complete at once and reports nothing", () => {
    const w = world();
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
    const w = world();
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
    const w = world();
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
    const w = world();
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
    const w = world();
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
    const w = world();
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

describe("a taken-back permission", () => {
  it("of the receiver stops the sender at once, and its transfer says why", () => {
    const w = world();
    const seeder = w.peer("seeder", { uplink: 500_000 }).seed(file).join();
    const receiver = w.peer("receiver").join();
    w.run(500);
    receiver.fetch(RESOURCE);
    w.run(2_000);
    w.hub.denied.add(receiver.member);
    w.hub.revoke([{ member: receiver.member, content: file.manifest.contentId }]);
    w.run(250);
    const sent = seeder.view.sent;
    expect(seeder.view.links).toEqual([]);
    expect(receiver.transfer).toMatchObject({ state: "failed", problem: "not-found" });
    const { fromPeers, wasted } = receiver.transfer;
    expect(w.hub.reports.at(-1)).toMatchObject({ state: "failed", fromPeers, wasted });
    w.run(30_000);
    expect(seeder.view.sent).toBe(sent);
    expect(receiver.transfer.fromHub).toBe(0);
    expect(seeder.state.endings.get("ticket-revoked")).toBe(1);
  });

  it("of another file, told by a list too long to name contents, lets the transfer go on with a new ticket", () => {
    const w = world();
    const seeder = w.peer("seeder", { uplink: 500_000 }).seed(file).join();
    const receiver = w.peer("receiver").join();
    w.run(500);
    receiver.fetch(RESOURCE);
    w.run(2_000);
    const before = receiver.transfer.fromPeers;
    w.hub.revoke([{ member: receiver.member }, { member: seeder.member }]);
    w.run(100);
    expect(seeder.state.endings.get("ticket-revoked")).toBe(1);
    expect(receiver.transfer).toMatchObject({ state: "running" });
    w.run(30_000, ended(receiver));
    expectWhole(receiver);
    expect(receiver.transfer.fromPeers).toBeGreaterThan(before);
    expect(receiver.transfer.fromHub).toBe(0);
    expect(receiver.view.links).toMatchObject([{ status: "open" }]);
  });

  it("of somebody else changes nothing", () => {
    const w = world();
    w.peer("seeder").seed(file).join();
    const receiver = w.peer("receiver").join();
    w.run(500);
    receiver.fetch(RESOURCE);
    w.run(750);
    w.hub.revoke([{ member: "somebody-else-entirely" }]);
    w.run(30_000, ended(receiver));
    expectWhole(receiver);
  });
});

describe("whatever happens", () => {
  it("hub + peers = size, the bytes are right, and the same run runs the same", () => {
    const manner = fc.record({
      uplink: fc.integer({ min: 200_000, max: 5_000_000 }),
      corrupt: fc.boolean(),
      silentAfter: fc.option(fc.integer({ min: 0, max: SIZE }), { nil: Number.POSITIVE_INFINITY }),
    });
    const run = (manners: readonly { uplink: number; corrupt: boolean; silentAfter: number }[], vanishAt: number) => {
      const w = world();
      w.hub.generous = true;
      manners.forEach((each, number) => w.peer(`seeder-${number}`, each).seed(file).join());
      const receiver = w.peer("receiver").join();
      w.run(500);
      receiver.fetch(RESOURCE);
      w.run(vanishAt);
      w.peers[0]?.vanish();
      w.run(180_000, ended(receiver));
      expectWhole(receiver);
      const useful = receiver.transfer.sources.reduce((sum, source) => sum + source.bytes, 0);
      expect(useful).toBe(SIZE);
      return JSON.stringify([receiver.transfer, w.hub.egress, w.now]);
    };
    fc.assert(
      fc.property(
        fc.array(manner, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 0, max: 3_000 }),
        (manners, at) => {
          expect(run(manners, at)).toBe(run(manners, at));
        },
      ),
      { numRuns: 12 },
    );
  }, 60_000);
});
