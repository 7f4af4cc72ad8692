import { beforeAll, describe, expect, it } from "vitest";
import { ended, expectWhole, fileOf, RESOURCE, worldWith } from "./scene";
import { type HubFile } from "./virtual-hub";
import type { VirtualPeer } from "./world";

let file: HubFile;

beforeAll(async () => {
  file = await fileOf(3_000_000);
});

/** What a peer has told each of its links that it gives to another, chunk by chunk in the order of its telling. */
function told(peer: VirtualPeer): Map<string, number[]> {
  const all = new Map<string, number[]>();
  for (const effect of peer.effects) {
    if (effect.do !== "send-frame" || effect.frame.type !== "given") continue;
    all.set(effect.link, [...(all.get(effect.link) ?? []), ...effect.frame.chunks]);
  }
  return all;
}

function swarmOf(peer: VirtualPeer) {
  const swarm = peer.state.swarms.get(file.manifest.contentId);
  if (swarm === undefined) throw new Error("not in the swarm");
  return swarm;
}

describe("a peer that alone holds something", () => {
  it("tells the others what it gives to one of them, each chunk once, so that they ask for something else", () => {
    const w = worldWith(file);
    const seeder = w.peer("seeder", { uplink: 500_000 }).seed(file).join();
    w.run(500);
    const receivers = ["one", "two", "three"].map((name) => w.peer(name).join());
    w.run(500);
    for (const receiver of receivers) receiver.fetch(RESOURCE);
    w.run(60_000, () => receivers.every((each) => ended(each)()));
    for (const receiver of receivers) expectWhole(receiver, file);
    const { chunks } = swarmOf(seeder);
    const lists = [...told(seeder).values()];
    expect(lists).toHaveLength(receivers.length);
    for (const list of lists) expect(new Set(list).size).toBe(list.length);
    expect(new Set(lists.flat()).size).toBe(chunks);
    expect(seeder.state.sent).toBeLessThan(1.5 * file.manifest.size);
  });

  it("says nothing to one receiver alone", () => {
    const w = worldWith(file);
    const seeder = w.peer("seeder").seed(file).join();
    const receiver = w.peer("receiver").join();
    w.run(500);
    receiver.fetch(RESOURCE);
    w.run(20_000, ended(receiver));
    expect(told(seeder).size).toBe(0);
  });

  it("is believed only of what it holds", () => {
    const w = worldWith(file);
    w.peer("seeder", { uplink: 1_000 }).seed(file).join();
    const [empty, receiver] = ["empty", "receiver"].map((name) => w.peer(name, { uplink: 1_000 }).join());
    w.run(500);
    empty?.fetch(RESOURCE);
    receiver?.fetch(RESOURCE);
    w.run(2_000);
    if (receiver === undefined) throw new Error("nobody");
    const say = (holds: boolean, chunk: number): void => {
      const told = [...receiver.state.links.values()].filter((link) => (link.have?.has(chunk) === true) === holds);
      expect(told).toHaveLength(1);
      for (const { id } of told) receiver.tell({ type: "frame", link: id, frame: { type: "given", chunks: [chunk] } });
    };
    say(false, 3);
    expect(swarmOf(receiver).promised.has(3)).toBe(false);
    say(true, 3);
    expect(swarmOf(receiver).promised.has(3)).toBe(true);
  });
});
