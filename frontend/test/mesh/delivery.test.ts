import { beforeAll, describe, expect, it } from "vitest";
import { ended, expectWhole, fileOf, RESOURCE, worldWith } from "./scene";
import { type HubFile } from "./virtual-hub";

const SIZE = 3_000_000;

let file: HubFile;

beforeAll(async () => {
  file = await fileOf(SIZE);
});

describe("one seeder and one receiver", () => {
  it("deliver a file without a byte from the hub", () => {
    const w = worldWith(file);
    w.peer("seeder").seed(file).join();
    w.run(500);
    const receiver = w.peer("receiver").join();
    w.run(500);
    receiver.fetch(RESOURCE);
    w.run(20_000, ended(receiver));
    expectWhole(receiver, file);
    expect(receiver.transfer).toMatchObject({ fromPeers: SIZE, fromHub: 0, wasted: 0 });
    expect(receiver.transfer.sources).toMatchObject([{ kind: "peer", bytes: SIZE }]);
    expect(w.hub.egress).toBe(0);
    expect(receiver.view.links).toMatchObject([{ status: "open", received: SIZE }]);
  });

  it("report once a second and once at the end, and the report adds up", () => {
    const w = worldWith(file);
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

  it("who has completed and serves on says every ten seconds how much, and nothing when it serves no more", () => {
    const w = worldWith(file);
    const seeder = w.peer("seeder").seed(file).join();
    const first = w.peer("first", { uplink: 150_000 }).join();
    w.run(500);
    first.fetch(RESOURCE);
    w.run(20_000, ended(first));
    seeder.vanish();
    w.run(500);
    const second = w.peer("second").join();
    w.run(500);
    const before = w.hub.reports.length;
    second.fetch(RESOURCE);
    w.run(60_000, ended(second));
    w.run(60_000);
    const { transfer } = first.transfer;
    const told = w.hub.reports.slice(before).filter((report) => report.transfer === transfer);
    expect(told.map((report) => report.state)).toEqual(["completed", "completed", "completed"]);
    expect(
      told.map(({ served }) => served).every((served, at) => at === 0 || served > (told[at - 1]?.served ?? 0)),
    ).toBe(true);
    expect(told.at(-1)?.served).toBe(SIZE);
  });

  it("report every three seconds only while nothing comes", () => {
    const w = worldWith(file);
    w.hub.slow = 9_500;
    const receiver = w.peer("receiver").join();
    w.run(500);
    receiver.fetch(RESOURCE);
    w.run(9_000);
    expect(w.hub.reports.map(({ fromHub }) => fromHub)).toEqual([0, 0, 0]);
    expect(w.hub.reports.every(({ state }) => state === "running")).toBe(true);
  });

  it("go on without the hub once they are linked", () => {
    const w = worldWith(file);
    const seeder = w.peer("seeder", { uplink: 1_000_000 }).seed(file).join();
    const receiver = w.peer("receiver").join();
    w.run(500);
    receiver.fetch(RESOURCE);
    w.run(1_000);
    seeder.loseHub();
    receiver.loseHub();
    expect(receiver.view.status).toBe("lost");
    w.run(20_000, ended(receiver));
    expectWhole(receiver, file);
    receiver.findHub();
    w.run(500);
    expect(receiver.view.status).toBe("joined");
  });

  it("serve on what was fetched", () => {
    const w = worldWith(file);
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
    expectWhole(second, file);
    expect(second.transfer.fromHub).toBe(0);
    expect(first.view.held).toMatchObject([{ held: SIZE, served: SIZE }]);
  });
});

describe("several sources", () => {
  it("share the work of one receiver", () => {
    const w = worldWith(file);
    w.peer("one", { uplink: 2_000_000 }).seed(file).join();
    w.peer("two", { uplink: 2_000_000 }).seed(file).join();
    const receiver = w.peer("receiver").join();
    w.run(500);
    receiver.fetch(RESOURCE);
    w.run(20_000, ended(receiver));
    expectWhole(receiver, file);
    const shares = receiver.transfer.sources.map((source) => source.bytes);
    expect(shares).toHaveLength(2);
    for (const share of shares) expect(share).toBeGreaterThan(SIZE / 5);
    expect(receiver.transfer.wasted).toBeLessThan(SIZE / 10);
  });

  it("one of which dies leave the rest to the other", () => {
    const w = worldWith(file);
    const one = w.peer("one", { uplink: 1_000_000 }).seed(file).join();
    w.peer("two", { uplink: 1_000_000 }).seed(file).join();
    const receiver = w.peer("receiver").join();
    w.run(500);
    receiver.fetch(RESOURCE);
    w.run(1_000);
    one.vanish();
    w.run(20_000, ended(receiver));
    expectWhole(receiver, file);
    expect(receiver.transfer.fromHub).toBe(0);
  });

  it("one of which falls silent are asked for its chunks as well", () => {
    const w = worldWith(file);
    w.peer("silent", { silentAfter: 300_000 }).seed(file).join();
    w.peer("steady", { uplink: 1_000_000 }).seed(file).join();
    const receiver = w.peer("receiver").join();
    w.run(500);
    receiver.fetch(RESOURCE);
    w.run(30_000, ended(receiver));
    expectWhole(receiver, file);
    expect(receiver.transfer.fromHub).toBe(0);
  });

  it("receivers serve each other while they fetch", () => {
    const w = worldWith(file);
    w.peer("seeder", { uplink: 500_000 }).seed(file).join();
    const receivers = ["a", "b", "c"].map((name) => w.peer(name).join());
    w.run(500);
    for (const receiver of receivers) receiver.fetch(RESOURCE);
    w.run(60_000, () => receivers.every((receiver) => receiver.transfer.state === "completed"));
    for (const receiver of receivers) expectWhole(receiver, file);
    expect(w.peers[0]?.view.sent ?? 0).toBeLessThan(2.5 * SIZE);
  });
});

describe("the hub", () => {
  it("fills in what no peer holds", () => {
    const w = worldWith(file);
    const receiver = w.peer("receiver").join();
    w.run(500);
    receiver.fetch(RESOURCE);
    w.run(30_000, ended(receiver));
    expectWhole(receiver, file);
    expect(receiver.transfer).toMatchObject({ fromHub: SIZE, fromPeers: 0, wasted: 0 });
    expect(w.hub.egress).toBe(SIZE);
  });

  it("fills in when the only peer stalls for two seconds", () => {
    const w = worldWith(file);
    w.peer("silent", { silentAfter: 1_000_000 }).seed(file).join();
    const receiver = w.peer("receiver").join();
    w.run(500);
    receiver.fetch(RESOURCE);
    w.run(30_000, ended(receiver));
    expectWhole(receiver, file);
    expect(receiver.transfer.fromPeers).toBeGreaterThan(0);
    expect(receiver.transfer.fromHub).toBeGreaterThan(0);
  });

  it("that refuses ends the transfer with its own word", () => {
    const w = worldWith(file);
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
    const w = worldWith(file);
    const liar = w.peer("liar", { corrupt: true }).seed(file).join();
    w.peer("honest", { uplink: 1_000_000 }).seed(file).join();
    const receiver = w.peer("receiver").join();
    w.run(500);
    receiver.fetch(RESOURCE);
    w.run(30_000, ended(receiver));
    expectWhole(receiver, file);
    expect(receiver.transfer.wasted).toBeGreaterThanOrEqual(2 * file.manifest.chunkSize);
    expect(receiver.state.wrongChunks.get(liar.fingerprint)).toBeGreaterThanOrEqual(2);
    expect(receiver.view.links.map((link) => link.peer)).not.toContain(liar.state.hub?.peer);
    expect(receiver.state.endings.get("wrong-chunk")).toBe(1);
    expect(w.hub.lost.map(({ code }) => code)).toContain("wrong-chunk");
  });

  it("keep their sender out for the rest of the session", () => {
    const w = worldWith(file);
    const liar = w.peer("liar", { corrupt: true }).seed(file).join();
    const receiver = w.peer("receiver").join();
    w.run(500);
    receiver.fetch(RESOURCE);
    w.run(3_000);
    liar.loseHub();
    liar.findHub();
    w.run(3_000);
    expectWhole(receiver, file);
    expect(receiver.transfer.fromPeers).toBe(0);
    expect([...w.hub.refusals, ...receiver.state.endings.keys()]).toContain("banned");
  });
});
