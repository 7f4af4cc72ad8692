import { beforeAll, describe, expect, it } from "vitest";
import { ended, expectWhole, fileOf, receiver, seeder, worldWith } from "./scene";
import type { Link } from "../../src/mesh/core/state";
import { type HubFile, shortId } from "./virtual-hub";
import type { VirtualPeer, World } from "./world";

const SIZE = 3_000_000;

let file: HubFile;

beforeAll(async () => {
  file = await fileOf(SIZE);
});

describe("a link that cannot be made", () => {
  it.each(["peers", "automatic"] as const)("costs the person nothing: the hub fills in (%s)", (model) => {
    const w = worldWith(file);
    seeder(w, file, "walled", { walled: true });
    const taker = receiver(w, "receiver", {}, model);
    w.run(model === "peers" ? 12_000 : 4_000, ended(taker));
    expectWhole(taker, file);
    expect(taker.transfer).toMatchObject({ fromHub: SIZE, wasted: 0 });
  });

  it("is counted with its reason, and one that was not needed is not", () => {
    const w = worldWith(file);
    seeder(w, file, "walled", { walled: true });
    seeder(w, file, "open", { uplink: 50_000 });
    const taker = receiver(w);
    w.run(25_000);
    expect(taker.view.failures).toEqual([{ code: "unreachable", count: 1 }]);
    expect(w.hub.lost).toContainEqual(expect.objectContaining({ code: "unreachable" }));
    taker.tell({ type: "cancel", transfer: taker.transfer.transfer });
    w.run(1_000);
    expect(taker.view.failures).toEqual([{ code: "unreachable", count: 1 }]);
  });
});

describe("a path that is lost", () => {
  const linked = (): { w: World; giver: VirtualPeer; taker: VirtualPeer; link: Link } => {
    const w = worldWith(file);
    const giver = seeder(w, file, "giver", { uplink: 200_000 });
    const taker = receiver(w);
    w.run(3_500);
    const [link] = taker.state.links.values();
    if (link === undefined) throw new Error("no link");
    expect(link.status).toBe("open");
    return { w, giver, taker, link };
  };

  it("is found again by a restart: the same link goes on from what was asked", () => {
    const { w, giver, taker, link } = linked();
    const { received } = link;
    w.cut(giver, taker, true);
    w.run(5_000);
    expect([...taker.state.links.values()]).toEqual([link]);
    expect([link.status, giver.state.links.get(link.id)?.status]).toEqual(["open", "open"]);
    expect(taker.effects.filter((each) => each.do === "make-restart")).toHaveLength(1);
    w.run(60_000, ended(taker));
    expectWhole(taker, file);
    expect(link.received).toBeGreaterThan(received);
    expect(taker.state.endings.size).toBe(0);
    expect(w.hub.lost).toEqual([]);
  });

  it("keeps what is told meanwhile: the other end hears of every chunk", () => {
    const w = worldWith(file);
    const half = Math.floor(file.manifest.leaves.length / 64);
    const giver = w.peer("giver", { uplink: 200_000 }).seed(file, half).join();
    w.hub.uplink = 150_000;
    const taker = receiver(w, "taker", {}, "automatic");
    w.run(2_000);
    w.cut(giver, taker, true);
    const fromHub = taker.transfer.fromHub;
    w.run(3_000);
    expect(taker.transfer.fromHub).toBeGreaterThan(fromHub + 2 * file.manifest.chunkSize);
    w.run(60_000, ended(taker));
    const [link] = giver.state.links.values();
    w.run(500);
    for (let chunk = half; chunk < file.manifest.leaves.length / 32; chunk++) expect(link?.have?.has(chunk)).toBe(true);
  });

  it("and not found again in ten seconds ends the link; the hub fills in and is told", () => {
    const { w, giver, taker, link } = linked();
    w.cut(giver, taker, false);
    w.run(12_000);
    expect(taker.state.links.has(link.id)).toBe(true);
    w.run(2_000);
    expect(taker.state.links.has(link.id)).toBe(false);
    expect(giver.state.links.has(link.id)).toBe(false);
    expect(w.hub.lost.map(({ code }) => code)).toContain("unreachable");
    w.run(30_000, ended(taker));
    expectWhole(taker, file);
    expect(taker.transfer.fromHub).toBeGreaterThan(0);
    expect(taker.view.failures).toEqual([]);
  });

  it("is found by a peer that has come back to the hub under another id", () => {
    const { w, giver, taker, link } = linked();
    w.cut(giver, taker, true);
    taker.loseHub();
    w.run(1_000);
    taker.findHub();
    w.run(4_500);
    expect(taker.state.links.get(link.id)?.status).toBe("open");
    expect(giver.state.links.get(link.id)?.peer).toBe(taker.state.hub?.peer);
  });

  it("is looked for again when the first restart has found none: the relay was back only then", () => {
    const { w, giver, taker, link } = linked();
    const { received } = link;
    w.cut(giver, taker, false);
    w.run(4_500);
    expect([link.status, giver.state.links.get(link.id)?.status]).toEqual(["recovering", "recovering"]);
    const cut = w.cuts.get(link.id);
    if (cut !== undefined) cut.mendable = true;
    w.run(3_000);
    expect([link.status, giver.state.links.get(link.id)?.status]).toEqual(["open", "open"]);
    expect(taker.effects.filter((each) => each.do === "make-restart")).toHaveLength(2);
    w.run(60_000, ended(taker));
    expectWhole(taker, file);
    expect(link.received).toBeGreaterThan(received);
    expect(w.hub.lost).toEqual([]);
  });

  it("is looked for again when the first restart was never answered", () => {
    const { w, giver, taker, link } = linked();
    w.cut(giver, taker, true);
    w.run(2_900);
    w.hub.mute = true;
    w.run(1_000);
    expect(link.status).toBe("restarted");
    w.hub.mute = false;
    w.run(5_500);
    expect([link.status, giver.state.links.get(link.id)?.status]).toEqual(["open", "open"]);
  });

  it("is looked for as soon as the hub is back", () => {
    const { w, giver, taker, link } = linked();
    w.cut(giver, taker, true);
    taker.loseHub();
    w.run(5_000);
    expect(link.status).toBe("severed");
    taker.findHub();
    w.run(1_000);
    expect([link.status, giver.state.links.get(link.id)?.status]).toEqual(["open", "open"]);
  });

  it("is not looked for without end: the other end takes ten seconds of restarts", () => {
    const { w, giver, taker, link } = linked();
    w.cut(giver, taker, false);
    w.run(13_500);
    expect(giver.state.links.has(link.id)).toBe(false);
    expect(taker.effects.filter((each) => each.do === "make-restart").length).toBeLessThanOrEqual(4);
  });

  it("comes back by itself where no hub can carry an offer", () => {
    const { w, giver, taker, link } = linked();
    w.cut(giver, taker, true);
    taker.loseHub();
    giver.loseHub();
    w.run(5_000);
    expect(link.status).toBe("severed");
    w.reconnect(link.id);
    w.run(40_000, ended(taker));
    expectWhole(taker, file);
    expect(taker.transfer.fromHub).toBe(0);
  });

  it("was never lost where only the sockets broke: the link goes on under the new ids", () => {
    const { w, giver, taker, link } = linked();
    for (const peer of [taker, giver]) peer.loseHub();
    for (const peer of [taker, giver]) {
      peer.findHub();
      w.run(1_000);
    }
    taker.loseHub();
    taker.findHub();
    w.run(1_000);
    expect([...taker.state.links.values()]).toEqual([link]);
    expect([...giver.state.links.keys()]).toEqual([link.id]);
    expect(link.peer).toBe(giver.state.hub?.peer);
    expect([...taker.state.endings, ...giver.state.endings]).toEqual([]);
    w.run(60_000, ended(taker));
    expectWhole(taker, file);
    expect(taker.transfer).toMatchObject({ fromHub: 0, wasted: 0 });
  });

  it("stays with whom it is: another member that claims the same certificate gets no link of it", () => {
    const { taker, link, w } = linked();
    const content = file.manifest.contentId;
    const { peer } = link;
    const fingerprint = link.claims?.fingerprint ?? "";
    const liar = { peer: shortId("liar"), member: shortId("member-liar"), fingerprint };
    const ticket = taker.state.swarms.get(content)?.ticket ?? "";
    taker.tell({ type: "hub-message", message: { type: "neighbours", content, ticket, peers: [liar], part: [] } });
    w.run(100);
    expect([link.peer, link.status]).toEqual([peer, "open"]);
  });

  it("is not looked for with another certificate", () => {
    const { w, giver, link } = linked();
    const fingerprint = Array.from({ length: 32 }, () => "CD").join(":");
    const from = shortId("stranger");
    const content = file.manifest.contentId;
    const ticket = w.hub.ticket({ id: from, member: from, fingerprint, say: () => undefined }, content);
    const signal = { kind: "offer", content, link: link.id, sdp: fingerprint, ticket } as const;
    giver.tell({ type: "hub-message", message: { type: "signal", from, signal } });
    w.run(100);
    expect(giver.effects.filter((each) => each.do === "make-answer")).toHaveLength(1);
    expect(giver.state.endings.get("fingerprint-mismatch")).toBe(1);
  });
});
