import { beforeAll, describe, expect, it } from "vitest";
import { hubTime } from "../../src/mesh/core/hub-time";
import { ended, expectWhole, fileOf, RESOURCE, worldWith } from "./scene";
import { type HubFile, shortId } from "./virtual-hub";

const SIZE = 3_000_000;

let file: HubFile;

beforeAll(async () => {
  file = await fileOf(SIZE);
});

describe("clocks that are wrong", () => {
  it.each([
    [3_600_000, -3_600_000],
    [-86_400_000, 0],
    [0, 900_000],
  ])("by %d and %d ms do not keep two peers apart", (seederSkew, receiverSkew) => {
    const w = worldWith(file);
    w.peer("seeder", { skew: seederSkew }).seed(file).join();
    const receiver = w.peer("receiver", { skew: receiverSkew }).join();
    w.run(500);
    receiver.fetch(RESOURCE);
    w.run(20_000, ended(receiver));
    expectWhole(receiver, file);
    expect(receiver.transfer.fromHub).toBe(0);
  });

  it("leave the hub's time known to a second, and tickets renewed by it", () => {
    const w = worldWith(file);
    const seeder = w.peer("seeder", { skew: -3_600_000 }).seed(file).join();
    w.peer("late").join();
    w.run(500);
    const [swarm] = seeder.state.swarms.values();
    const now = swarm === undefined ? 0 : hubTime({ state: seeder.state, now: w.now + seeder.skew, effects: [] });
    expect(Math.abs(now - w.now)).toBeLessThan(1_500);
    expect(swarm?.renewAt ?? 0).toBeLessThan(w.now + seeder.skew + 600_000);
  });

  it("are put right by the next ticket after a sleep", () => {
    const w = worldWith(file);
    const seeder = w.peer("seeder").seed(file).join();
    w.run(500);
    seeder.skew = 7_200_000;
    w.run(1_000);
    const receiver = w.peer("receiver").join();
    w.run(500);
    receiver.fetch(RESOURCE);
    w.run(20_000, ended(receiver));
    expectWhole(receiver, file);
    expect(receiver.transfer.fromHub).toBe(0);
  });
});

describe("a hostile member", () => {
  it("that asks and cancels in turn does not start reads without end", () => {
    const w = worldWith(file);
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
    const w = worldWith(file);
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
    expectWhole(receiver, file);
    expect(receiver.transfer.fromHub).toBe(SIZE);
  });
});

describe("a taken-back permission", () => {
  it("of the receiver stops the sender at once, and its transfer says why", () => {
    const w = worldWith(file);
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
    const w = worldWith(file);
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
    expectWhole(receiver, file);
    expect(receiver.transfer.fromPeers).toBeGreaterThan(before);
    expect(receiver.transfer.fromHub).toBe(0);
    expect(receiver.view.links).toMatchObject([{ status: "open" }]);
  });

  it("of somebody else changes nothing", () => {
    const w = worldWith(file);
    w.peer("seeder").seed(file).join();
    const receiver = w.peer("receiver").join();
    w.run(500);
    receiver.fetch(RESOURCE);
    w.run(750);
    w.hub.revoke([{ member: "somebody-else-entirely" }]);
    w.run(30_000, ended(receiver));
    expectWhole(receiver, file);
  });
});
