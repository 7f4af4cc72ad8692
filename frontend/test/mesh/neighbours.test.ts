import { beforeAll, describe, expect, it } from "vitest";
import { fromBase64url } from "../../src/protocol/base64url";
import { readBitmap } from "../../src/protocol/bitmap";
import { isLost, REFUSALS } from "../../src/protocol/refusals";
import { LEASE_BYTES, MOST_LOST_AT_ONCE } from "../../src/mesh/core/constants";
import { tellLost } from "../../src/mesh/core/lost";
import type { Link, Work } from "../../src/mesh/core/state";
import { vectors } from "../protocol/vectors";
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

/** A slow seeder and a receiver that are linked, the transfer under way. */
function linked(): { w: World; seeder: VirtualPeer; receiver: VirtualPeer; content: string } {
  const w = new World();
  w.hub.add(file);
  const seeder = w.peer("seeder", { uplink: 200_000 }).seed(file).join();
  w.run(500);
  const receiver = w.peer("receiver").join();
  w.run(500);
  receiver.fetch(RESOURCE);
  w.run(1_000, () => receiver.view.links.some((link) => link.status === "open"));
  return { w, seeder, receiver, content: file.manifest.contentId };
}

function leasesOf(peer: VirtualPeer): { wanted: number[]; room: number; model: string }[] {
  return peer.effects.flatMap((effect) => {
    if (effect.do !== "send-hub" || effect.message.type !== "lease") return [];
    const { wanted, room, model } = effect.message;
    const chunks = file.manifest.leaves.length / 32;
    const set = readBitmap(fromBase64url(wanted) ?? new Uint8Array(0), chunks);
    if (set === null) throw new Error("a bitmap of the wrong length");
    return [{ room, model, wanted: Array.from({ length: chunks }, (_, at) => at).filter((at) => set.has(at)) }];
  });
}

describe("a link that ends", () => {
  it("for a reason is told to the hub by its reason, once", () => {
    const { w, receiver, content } = linked();
    const [link] = receiver.view.links;
    receiver.tell({ type: "link-lost", link: [...receiver.state.links.keys()][0] ?? "" });
    w.run(100);
    const told = w.hub.lost.filter((each) => each.peer === link?.peer);
    expect(told).toEqual([{ type: "lost", content, peer: link?.peer, code: "unreachable" }]);
  });

  it("because its peer has gone out of the swarm, or twice, is not told", () => {
    const { w, receiver, content } = linked();
    receiver.tell({ type: "forget", content });
    expect(isLost("duplicate")).toBe(false);
    expect(receiver.state.endings.get("leaving")).toBe(1);
    w.run(100);
    expect(w.hub.lost.filter((each) => each.peer === shortId("seeder"))).toEqual([]);
  });

  it("is told so often and not more", () => {
    const { receiver } = linked();
    const [link] = receiver.state.links.values();
    const work: Work = { state: receiver.state, now: receiver.state.tickAt, effects: [] };
    const lost: Link = { ...(link as Link), why: "silent" };
    for (let at = 0; at < 3 * MOST_LOST_AT_ONCE; at++) tellLost(work, lost);
    expect(work.effects).toHaveLength(MOST_LOST_AT_ONCE);
    for (let at = 0; at < 10; at++) tellLost({ ...work, now: work.now + 1_000 }, lost);
    expect(work.effects).toHaveLength(MOST_LOST_AT_ONCE + 2);
  });

  it("is told with a code that the hub knows", () => {
    const all = vectors("messages") as { json: string; valid: boolean; name: string }[];
    const known = all.filter(({ name, valid }) => valid && name.startsWith("lost: "));
    const codes = known.map(({ json }) => (JSON.parse(json) as { code: string }).code);
    expect(codes.sort()).toEqual(REFUSALS.filter(isLost).sort());
  });
});

describe("a neighbour given to others", () => {
  it("is parted from without a word of loss, and others are not", () => {
    const { w, receiver, content } = linked();
    const other = w.peer("other").seed(file).join();
    w.run(3_000);
    w.hub.part(content, receiver.state.hub?.peer ?? "", [shortId("seeder")]);
    w.run(50);
    expect(receiver.view.links.map((link) => link.peer)).not.toContain(shortId("seeder"));
    expect(receiver.state.endings.get("leaving")).toBe(1);
    expect(w.hub.lost.filter((each) => each.peer === shortId("seeder"))).toEqual([]);
    expect(receiver.view.links).toMatchObject([{ peer: other.view.peer, status: "open" }]);
  });
});

describe("a wish for leases", () => {
  it("names everything missing when there is no link, and room for what may be fetched at once", () => {
    const w = new World();
    w.hub.add(file);
    const receiver = w.peer("receiver").seed(file, 5).join();
    w.run(500);
    receiver.fetch(RESOURCE);
    w.run(5_000, () => leasesOf(receiver).length > 0);
    const [wish] = leasesOf(receiver);
    const chunks = file.manifest.leaves.length / 32;
    expect(wish?.wanted).toEqual(Array.from({ length: chunks - 5 }, (_, at) => at + 5));
    expect(wish?.room).toBe(Math.min(32, Math.floor(LEASE_BYTES / file.manifest.chunkSize)));
    expect(wish?.model).toBe("peers");
  });

  it("leaves out what a link that moves holds, and names it once the link stalls", () => {
    const w = new World();
    w.hub.add(file);
    w.peer("half", { silentAfter: 400_000 }).seed(file, 20).join();
    w.run(500);
    const receiver = w.peer("receiver").join();
    w.run(500);
    w.hub.most = 1;
    receiver.fetch(RESOURCE);
    w.run(5_000, () => [...receiver.state.links.values()].some((link) => link.have !== null));
    const early = leasesOf(receiver).length;
    w.run(1_000);
    const wishes = leasesOf(receiver).slice(early);
    expect(wishes.length).toBeGreaterThan(0);
    expect(wishes.flatMap(({ wanted }) => wanted).every((chunk) => chunk >= 20)).toBe(true);
    w.hub.most = 64;
    w.run(30_000, () => receiver.transfer.state !== "running");
    expect(
      leasesOf(receiver)
        .at(-1)
        ?.wanted.some((chunk) => chunk < 20),
    ).toBe(true);
    expect(receiver.transfer.state).toBe("completed");
  });
});
