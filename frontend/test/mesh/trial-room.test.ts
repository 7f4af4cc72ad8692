import { beforeEach, describe, expect, it } from "vitest";
import type { HubListener, HubSocket, MeshView, Store } from "../../src/mesh/ports";
import type { Model, PeerMessage, TrialNews, TrialOrder } from "../../src/protocol/messages";
import { MeshProblem } from "../../src/protocol/problems";
import { trialRoom, type TrialMeans } from "../../src/mesh/browser/trial-room";
import { Vault } from "../../src/mesh/browser/vault";
import type { Bytes } from "../../src/mesh/core/events";
import { bytesOf, manifestOf, sha256 } from "./files";
import { MemoryFolder } from "../../src/mesh/browser/private-folder";

const SIZE = 300_000;
const ORDER: TrialOrder = {
  trial: "T".repeat(22),
  resource: "0b5f1d0e-7a52-4e57-9a43-3a9f2d9c1b77",
  content: "",
  model: "hub",
  upload: 100_000,
  download: 100_000,
};

/** Everything that a part is handed, in memory, on a clock that runs when somebody waits. */
class Means {
  now = 5_000;
  bytes = bytesOf(SIZE);
  news: TrialNews[] = [];
  closed = 0;
  left = 0;
  aborted = false;
  joinFails = false;
  fetched: Model[] = [];
  send: (message: PeerMessage) => void = () => undefined;
  show: (view: MeshView) => void = () => undefined;
  readonly vault = new Vault(
    new MemoryFolder(10_000_000),
    (bytes) => Promise.resolve(sha256(bytes)),
    () => Promise.resolve(),
  );

  async means(): Promise<TrialMeans> {
    const manifest = await manifestOf(bytesOf(SIZE));
    this.vault.room(10_000_000);
    return {
      clock: {
        now: () => this.now,
        after: (millis, task) => {
          this.now += millis;
          queueMicrotask(task);
          return () => undefined;
        },
        every: () => () => undefined,
      },
      origin: { manifest: () => Promise.resolve(manifest), chunk: () => Promise.reject(new MeshProblem("unexpected")) },
      digester: { sha256: (bytes) => Promise.resolve(sha256(bytes)) },
      socket: { connect: () => ({ send: () => undefined, close: () => undefined }) },
      store: () => this.#store(),
      peer: (_trial, _store, socket) => this.#peer(socket),
      download: (_trial, signal) => {
        signal.addEventListener("abort", () => {
          this.aborted = true;
        });
        return Promise.resolve(this.#stream());
      },
    };
  }

  #stream(): ReadableStream<Bytes> {
    const parts: Bytes[] = [];
    for (let from = 0; from < this.bytes.length; from += 70_001) {
      parts.push(new Uint8Array(this.bytes.subarray(from, from + 70_001)));
    }
    return new ReadableStream({
      pull(controller) {
        const part = parts.shift();
        if (part === undefined) controller.close();
        else controller.enqueue(part);
      },
    });
  }

  #peer(socket: HubSocket): ReturnType<TrialMeans["peer"]> {
    const connection = socket.connect({} as HubListener);
    this.send = (message) => {
      connection.send(message);
    };
    return {
      join: () => (this.joinFails ? Promise.reject(new MeshProblem("hub-unreachable")) : Promise.resolve()),
      leave: () => {
        this.left++;
        return Promise.resolve();
      },
      fetch: (_file, { model }) => {
        this.fetched.push(model);
        return Promise.resolve("transfer");
      },
      subscribe: (listener) => {
        this.show = listener;
        return () => undefined;
      },
    };
  }

  #store(): Store {
    const { vault } = this;
    return {
      open: async () => ({ contents: await vault.contents(), storage: "this-visit" }),
      create: (content) => vault.create(content),
      put: (...each) => vault.put(...each),
      close: () => {
        this.closed++;
        return Promise.resolve();
      },
    } as Partial<Store> as Store;
  }

  states(): string[] {
    return this.news.map(({ state }) => state);
  }

  async settled(done: () => boolean): Promise<void> {
    for (let turn = 0; turn < 10_000 && !done(); turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(done()).toBe(true);
  }
}

let world: Means;
let content: string;

beforeEach(async () => {
  world = new Means();
  content = (await manifestOf(bytesOf(SIZE))).contentId;
});

async function prepared(order: Partial<TrialOrder> = {}): Promise<ReturnType<typeof trialRoom>> {
  const room = trialRoom(await world.means());
  room.prepare({ ...ORDER, content, ...order }, (news) => world.news.push(news));
  await world.settled(() => world.news.length > 0);
  return room;
}

describe("a part in an experiment", () => {
  it("from the hub: every chunk is checked and kept, at the rate and no faster", async () => {
    const room = await prepared();
    const began = world.now;
    room.begin(ORDER.trial);
    await world.settled(() => world.states().includes("completed"));
    expect(world.news.at(-1)).toMatchObject({ fromHub: SIZE, fromPeers: 0 });
    expect(world.now - began).toBeGreaterThan(2_800);
    expect(world.now - began).toBeLessThan(3_100);
    expect(world.states()[0]).toBe("ready");
    room.end();
    await world.settled(() => world.closed === 1);
  });

  it("from the hub: a byte that is wrong fails it", async () => {
    world.bytes[123_456] = (world.bytes[123_456] ?? 0) ^ 1;
    const room = await prepared();
    room.begin(ORDER.trial);
    await world.settled(() => world.states().includes("failed"));
    expect(world.news.at(-1)?.code).toBe("checksum-mismatch");
  });

  it.each([
    ["fewer", SIZE - 1],
    ["more", SIZE + 1],
  ])("from the hub: %s bytes than the file has fail it", async (_, size) => {
    const bytes = new Uint8Array(size);
    bytes.set(world.bytes.subarray(0, size));
    world.bytes = Buffer.from(bytes);
    const room = await prepared();
    room.begin(ORDER.trial);
    await world.settled(() => world.states().includes("failed"));
    expect(world.news.at(-1)?.code).toBe("checksum-mismatch");
  });

  it("of another content than the hub named fails", async () => {
    const room = await prepared({ content: "cd".repeat(32) });
    room.begin(ORDER.trial);
    await world.settled(() => world.states().includes("failed"));
    expect(world.news.at(-1)?.code).toBe("content-mismatch");
  });

  it("from peers: what its peer reports is told, its end at once", async () => {
    const room = await prepared({ model: "peers" });
    room.begin(ORDER.trial);
    await world.settled(() => world.fetched.length === 1);
    const report = { ...REPORT, content };
    world.send({ ...report, state: "running", fromPeers: 100 });
    world.send({ ...report, state: "running", fromPeers: 200 });
    world.send({ ...report, state: "completed", fromHub: 1_000, fromPeers: SIZE - 1_000 });
    world.send({ ...report, state: "completed" });
    expect(world.states()).toEqual(["ready", "running", "completed"]);
    expect(world.news.at(-1)).toMatchObject({ fromHub: 1_000, fromPeers: SIZE - 1_000 });
    room.end();
    await world.settled(() => world.closed === 1 && world.left === 1);
  });

  it("fails when its peer cannot join, and when its transfer fails", async () => {
    world.joinFails = true;
    await prepared({ model: "automatic" });
    expect(world.news).toMatchObject([{ state: "failed", code: "hub-unreachable" }]);
    world = new Means();
    const room = await prepared({ model: "automatic" });
    room.begin(ORDER.trial);
    await world.settled(() => world.fetched.length === 1);
    world.show({ transfers: [{ state: "failed", problem: "peer-delivery-off" }] } as MeshView);
    expect(world.news.at(-1)).toMatchObject({ state: "failed", code: "peer-delivery-off" });
  });

  it("ends when another begins, and tells nothing any more", async () => {
    const room = await prepared();
    room.begin(ORDER.trial);
    room.prepare({ ...ORDER, trial: "U".repeat(22), content }, () => undefined);
    await world.settled(() => world.closed === 1);
    const told = world.news.length;
    room.begin(ORDER.trial);
    await new Promise((resolve) => setImmediate(resolve));
    expect(world.news).toHaveLength(told);
  });
});

const REPORT: PeerMessage & { type: "report" } = {
  type: "report",
  content: "",
  resource: ORDER.resource,
  transfer: "R".repeat(22),
  model: "peers",
  state: "running",
  size: SIZE,
  held: 0,
  fromHub: 0,
  fromPeers: 0,
  relayed: 0,
  wasted: 0,
  startedMillisAgo: 1,
  served: 0,
};
