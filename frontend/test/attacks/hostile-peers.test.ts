import { beforeAll, describe, expect, it } from "vitest";
import {
  FRAMES_PER_SECOND,
  MOST_ASKED_BYTES,
  MOST_FORGIVEN_BYTES,
  MOST_FRAMES_AT_ONCE,
  MOST_LINKS,
} from "../../src/mesh/core/constants";
import type { Link } from "../../src/mesh/core/state";
import { LARGEST_CHUNK } from "../../src/protocol/manifest";
import { ended, expectWhole, fileOf, receiver, seeder, worldWith } from "../mesh/scene";
import { type HubFile, shortId } from "../mesh/virtual-hub";
import { fingerprintOf, Victim } from "./victim";

const SIZE = 3_000_000;

let file: HubFile;
let others: HubFile[];

beforeAll(async () => {
  file = await fileOf(SIZE);
  const small = await Promise.all([400_000, 400_001].map(fileOf));
  others = small.map((each, number) => ({ ...each, resource: file.resource.replace(/7$/, `${number}`) }));
});

/** Somebody under attack who fetches the file. */
function victim(): Victim {
  return new Victim([...others, file]).begin();
}

/** An open link of somebody with a good ticket, who has said nothing but hello. */
function linked(of: Victim, name: string, largestMessage = 65_536): Link | undefined {
  const content = file.manifest.contentId;
  const link = shortId(`l-${name}`);
  const ticket = of.ticket(name, content);
  of.signal(name, { kind: "offer", content, link, sdp: fingerprintOf(name), ticket });
  of.answerAll();
  of.tell({ type: "channels-opened", link, largestMessage });
  if (of.state.links.has(link)) of.frame(link, { type: "hello", epoch: 1, ticket });
  return of.state.links.get(link);
}

function opened(of: Victim, name: string): Link {
  const link = linked(of, name);
  if (link === undefined) throw new Error("no link");
  return link;
}

const WHOLE = new Uint8Array(Math.ceil(46 / 8)).fill(0xff, 0, 5).fill(0b1111_1100, 5);

describe("a peer that claims what it lacks", () => {
  it.each([{ lacks: true }, { silentAfter: 0 }, { corrupt: true }])("%j: the hub fills in soon", (manner) => {
    const w = worldWith(file);
    seeder(w, file, "liar", manner);
    const fetching = receiver(w);
    const begun = w.now;
    w.run(60_000, ended(fetching));
    expectWhole(fetching, file);
    expect(fetching.transfer.fromHub).toBe(SIZE);
    expect(w.now - begun).toBeLessThan(10_000);
  });

  it("does not hold up the receiver beside one that has it, however many they are", () => {
    const w = worldWith(file);
    seeder(w, file, "true", { uplink: 1_000_000 });
    for (const manner of [{ lacks: true }, { silentAfter: 0 }, { corrupt: true }]) {
      seeder(w, file, `liar-${JSON.stringify(manner).slice(2, 6)}`, manner);
    }
    const fetching = receiver(w);
    const begun = w.now;
    w.run(60_000, ended(fetching));
    expectWhole(fetching, file);
    expect(fetching.transfer.fromPeers).toBe(SIZE);
    expect(w.now - begun).toBeLessThan(12_000);
  });
});

describe("a description", () => {
  it("that has messages cut into crumbs is refused before anything is sent", () => {
    for (const largest of [0, 5, 9, 10, 1_200]) {
      const of = victim();
      expect(linked(of, "anna", largest)).toBeUndefined();
      expect(of.state.endings.get("description-invalid")).toBe(1);
    }
  });

  it("is not used on the strength of a ticket that was checked for another, sent before under the same link id", () => {
    const of = victim();
    const content = file.manifest.contentId;
    const link = shortId("l");
    const ticket = of.ticket("anna", content);
    of.signal("anna", { kind: "offer", content, link, sdp: fingerprintOf("anna"), ticket });
    const passed = of.due.splice(0);
    expect(passed).toMatchObject([{ type: "ticket-passed" }]);
    of.signal("anna", { kind: "refuse", content, link, code: "leaving" });
    of.signal("anna", { kind: "offer", content, link, sdp: fingerprintOf("mallory"), ticket });
    for (const each of passed) of.tell(each);
    expect(of.state.links.get(link)?.status).toBe("answering");
    of.answerAll();
    expect(of.state.links.size).toBe(0);
    expect(of.state.endings.get("fingerprint-mismatch")).toBe(1);
  });
});

describe("a peer that floods", () => {
  it("with control frames loses its link; the others go on", () => {
    const of = victim();
    const good = opened(of, "ben");
    const bad = opened(of, "anna");
    let sent = 0;
    while (of.state.links.has(bad.id) && sent < 10 * MOST_FRAMES_AT_ONCE) {
      of.frame(bad.id, { type: "cancel", chunks: [sent++ % 40] });
    }
    expect(sent).toBe(MOST_FRAMES_AT_ONCE);
    expect(of.state.endings.get("frame-flood")).toBe(1);
    expect(of.state.links.get(good.id)?.status).toBe("open");
  });

  it("slower than the bound is let be", () => {
    const of = victim();
    const link = opened(of, "anna");
    for (let sent = 0; sent < 2 * MOST_FRAMES_AT_ONCE; sent++) {
      of.now += 1_000 / FRAMES_PER_SECOND;
      of.frame(link.id, { type: "cancel", chunks: [0] });
    }
    expect(of.state.links.get(link.id)?.status).toBe("open");
  });

  it("with bytes that it was asked for, refused and offered again is forgiven none of them", () => {
    const of = victim();
    const link = opened(of, "anna");
    const allowance = link.unaskedAllowance;
    of.frame(link.id, { type: "have-all", bitmap: WHOLE });
    for (let round = 0; round < 50; round++) {
      const chunks = [...link.asked.keys()];
      expect(chunks.length).toBeGreaterThan(0);
      of.frame(link.id, { type: "reject", reason: "not-held", chunks });
      of.frame(link.id, { type: "have", chunks });
    }
    expect(link.unaskedAllowance).toBeLessThanOrEqual(Math.min(allowance, MOST_FORGIVEN_BYTES));
  });

  it("with single bytes that nobody asked for is dropped long before a million of them", () => {
    const of = victim();
    const link = opened(of, "anna");
    let sent = 0;
    while (of.state.links.has(link.id) && sent < 10_000) {
      sent++;
      of.frame(link.id, { type: "piece", chunk: 0, offset: 0, bytes: Uint8Array.of(1) });
    }
    expect(sent).toBeLessThan(1_100);
  });
});

describe("many peers", () => {
  it("that offer links and let them lie leave room for the neighbours that the hub names", () => {
    const of = victim();
    for (let number = 0; number < 40; number++) linked(of, `stranger-${number}`);
    const named = ["one", "two", "three", "four"];
    of.neighbours(file.manifest.contentId, named);
    const peers = [...of.state.links.values()].map((link) => link.peer);
    for (const name of named) expect(peers).toContain(shortId(name));
  });

  it("that keep the last byte of every chunk back do not make this one hold more than it will", () => {
    const chunks = 400;
    const size = chunks * LARGEST_CHUNK;
    const large = { ...file.manifest, size, chunkSize: LARGEST_CHUNK, leaves: new Uint8Array(32 * chunks) };
    const of = new Victim([...others, { ...file, manifest: large }]).begin();
    for (let number = 0; number < 12; number++) {
      const link = linked(of, `greedy-${number}`);
      if (link === undefined) continue;
      link.received = size;
      link.download.perSecond = 1e9;
      of.frame(link.id, { type: "have-all", bitmap: new Uint8Array(chunks / 8).fill(0xff) });
    }
    const asked = [...of.state.links.values()].map((link) => link.askedBytes);
    expect(asked.length).toBeGreaterThan(4);
    expect(asked.every((bytes) => bytes >= LARGEST_CHUNK)).toBe(true);
    expect(asked.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThanOrEqual(
      MOST_ASKED_BYTES + MOST_LINKS * LARGEST_CHUNK,
    );
  });

  it("that come and go under new names are not remembered for ever", () => {
    const of = victim();
    const content = file.manifest.contentId;
    for (let number = 0; number < 400; number++) {
      const link = opened(of, `n-${number}`);
      of.frame(link.id, { type: "piece", chunk: 0, offset: 0, bytes: Uint8Array.of(1) });
      of.tell({ type: "link-lost", link: link.id });
    }
    const [transfer] = [...of.state.transfers.values()].filter((each) => each.content === content);
    expect(transfer?.sources.size).toBeLessThanOrEqual(256);
    for (let number = 0; number < 2_000; number++) {
      const source = { kind: "peer", link: "l", peer: "p", fingerprint: `f-${number}`, relayed: false } as const;
      of.state.swarms.get(content)?.settling.set(0, 1);
      of.tell({ type: "admitted", content, chunk: 0, source, outcome: "wrong" });
    }
    expect(of.state.wrongChunks.size).toBeLessThanOrEqual(1_024);
    expect(of.state.wrongChunks.get("f-1999")).toBe(1);
  });
});

describe("whoever falls silent in the middle", () => {
  it.each(["offer", "greeting", "open"])("of %s loses its place", (stage) => {
    const of = victim();
    const content = file.manifest.contentId;
    if (stage === "offer") {
      const ticket = of.ticket("anna", content);
      of.signal("anna", { kind: "offer", content, link: shortId("l"), sdp: fingerprintOf("anna"), ticket });
    } else if (stage === "greeting") {
      const ticket = of.ticket("anna", content);
      of.signal("anna", { kind: "offer", content, link: shortId("l"), sdp: fingerprintOf("anna"), ticket });
      of.answerAll();
      of.tell({ type: "channels-opened", link: shortId("l"), largestMessage: 65_536 });
    } else of.frame(opened(of, "anna").id, { type: "have-all", bitmap: WHOLE });
    expect(of.state.links.size).toBe(1);
    for (let passed = 0; passed < 50_000; passed += 250) {
      of.now += 250;
      of.tell({ type: "tick" });
    }
    expect(of.state.links.size).toBe(0);
  });
});
