import { beforeEach, describe, expect, it, vi } from "vitest";
import { Engine } from "../../src/mesh/browser/engine";
import { keptLimits } from "../../src/mesh/browser/kept-limits";
import { Vault } from "../../src/mesh/browser/vault";
import type { HubListener, MeshView, Ports, Store, Supply, OpenedStore } from "../../src/mesh/ports";
import type { Manifest } from "../../src/protocol/manifest";
import type { PeerMessage } from "../../src/protocol/messages";
import { MeshProblem, type ProblemCode } from "../../src/protocol/problems";
import { bytesOf, manifestOf, sha256 } from "./files";
import { TroubledFolder } from "./memory-folder";
import { HUB_ID, shortId, unsigned } from "./virtual-hub";

const RESOURCE = "0b5f1d0e-7a52-4e57-9a43-3a9f2d9c1b77";
const FILE = { resource: RESOURCE, name: "a file" };
const FP = Array.from({ length: 32 }, () => "AB").join(":");
const KEY = { kty: "OKP", crv: "Ed25519", x: "A".repeat(43) } as const;

/** A clock that the test moves, and everything else in memory. */
class Bench {
  now = 1_700_000_000_000;
  readonly tasks = new Set<{ at: number; every: number | null; task: () => void }>();
  readonly sent: PeerMessage[] = [];
  readonly folder = new TroubledFolder();
  readonly vault = new Vault(
    this.folder,
    (bytes) => Promise.resolve(sha256(bytes)),
    () => Promise.resolve(),
  );
  listener: HubListener | null = null;
  manifest: Manifest | null = null;
  storeProblem: ProblemCode | null = null;
  lacking: ProblemCode | null = null;
  /** What stops the requests for leased chunks, which hang. */
  readonly leased: AbortSignal[] = [];
  readonly remembered: Map<string, string>;
  supply: (supply: Supply) => void = () => undefined;
  readonly mesh: Engine;

  constructor(remembered = new Map<string, string>()) {
    this.remembered = remembered;
    const plan = (millis: number, every: number | null, task: () => void): (() => void) => {
      const planned = { at: this.now + millis, every, task };
      this.tasks.add(planned);
      return () => this.tasks.delete(planned);
    };
    const ports: Ports = {
      clock: {
        now: () => this.now,
        after: (millis, task) => plan(millis, null, task),
        every: (millis, task) => plan(millis, millis, task),
      },
      random: { bytes: (length) => new Uint8Array(length).fill(7) },
      socket: {
        connect: (listener) => {
          this.listener = listener;
          return {
            send: (message) => this.sent.push(message),
            close: () => {
              this.listener = null;
            },
          };
        },
      },
      links: {
        fingerprint: () => Promise.resolve(FP),
        make: () => {
          throw new Error("no link is made here");
        },
      },
      store: this.#store(),
      digester: { sha256: (bytes) => Promise.resolve(sha256(bytes)) },
      verifier: { ticket: () => Promise.resolve("ticket-invalid"), revocations: () => Promise.resolve(null) },
      origin: {
        manifest: () =>
          this.manifest === null ? Promise.reject(new MeshProblem("not-found")) : Promise.resolve(this.manifest),
        chunk: (_lease, _chunk, _length, signal) => {
          this.leased.push(signal);
          return new Promise((_, reject) => {
            signal.onabort = () => {
              reject(new MeshProblem("hub-unreachable"));
            };
          });
        },
      },
      limits: keptLimits({
        get: (key) => this.remembered.get(key) ?? null,
        set: (key, text) => this.remembered.set(key, text),
      }),
      supply: {
        watch: (listener) => {
          this.supply = listener;
        },
      },
      trials: { prepare: () => undefined, begin: () => undefined, end: () => undefined },
    };
    this.mesh = new Engine(ports, () => this.lacking);
  }

  #store(): Store {
    return {
      open: async (): Promise<OpenedStore> => {
        if (this.storeProblem !== null) throw new MeshProblem(this.storeProblem);
        return { contents: await this.vault.contents(), storage: "kept" };
      },
      room: (limit) => {
        this.vault.room(limit ?? 1_000_000);
      },
      create: (content) => this.vault.create(content),
      put: (...each) => this.vault.put(...each),
      read: (...each) => this.vault.read(...each),
      note: (...each) => this.vault.note(...each),
      inspect: (content) => this.vault.inspect(content),
      use: (...each) => this.vault.use(...each),
      drop: (content) => this.vault.drop(content),
      file: (content) => this.vault.file(content),
      usage: () => Promise.resolve(this.vault.usage()),
      close: () => this.vault.close(),
    };
  }

  /** Lets promises settle and time pass until `done`. */
  async until(done: () => boolean): Promise<void> {
    for (let step = 0; step < 500 && !done(); step++) {
      await new Promise((resolve) => setImmediate(resolve));
      this.pass(50);
    }
    expect(done()).toBe(true);
  }

  pass(millis: number): void {
    this.now += millis;
    for (const planned of [...this.tasks]) {
      if (planned.at > this.now) continue;
      if (planned.every === null) this.tasks.delete(planned);
      else planned.at = this.now + planned.every;
      planned.task();
    }
  }

  async joined(): Promise<void> {
    const joining = this.mesh.join();
    const outcome = this.outcome(joining);
    await this.until(() => this.listener !== null);
    this.listener?.opened();
    const claims = {
      iss: HUB_ID,
      sub: shortId("me"),
      pid: shortId("peer"),
      fp: FP,
      ep: 0,
      iat: 0,
      exp: 9e9,
      gexp: 9e9,
    };
    const rest = { key: KEY, stun: [], turn: null, epoch: 0, revocations: unsigned({}) };
    const ticket = unsigned(claims);
    this.listener?.message({ type: "welcome", peer: shortId("peer"), hub: HUB_ID, ticket, ...rest });
    await outcome;
    await joining;
  }

  /** How a promise ends, time passing meanwhile: `resolved`, or the code of its problem. */
  async outcome(promise: Promise<unknown>): Promise<string> {
    const ending = { word: "" };
    promise.then(
      () => (ending.word = "resolved"),
      (failure: unknown) => (ending.word = failure instanceof MeshProblem ? failure.code : String(failure)),
    );
    await this.until(() => ending.word !== "");
    return ending.word;
  }
}

let bench: Bench;

beforeEach(() => {
  bench = new Bench();
});

describe("joining", () => {
  it("says hello with the certificate's fingerprint and ends in a view", async () => {
    await bench.joined();
    expect(bench.sent[0]).toEqual({ type: "hello", protocol: 1, fingerprint: FP });
    expect(bench.mesh.view()).toMatchObject({ status: "joined", peer: shortId("peer") });
    await bench.mesh.leave();
    expect(bench.mesh.view().status).toBe("off");
    expect(bench.sent.at(-1)).toEqual({ type: "bye" });
  });

  it("keeps time from then on until it leaves", async () => {
    const ticking = (): boolean => [...bench.tasks].some((planned) => planned.every !== null);
    await bench.joined();
    expect(ticking()).toBe(true);
    await bench.mesh.leave();
    expect(ticking()).toBe(false);
  });

  it("fails clearly where the browser lacks something", async () => {
    bench.lacking = "browser-unsupported";
    expect(await bench.outcome(bench.mesh.join())).toBe("browser-unsupported");
    expect(bench.mesh.view()).toMatchObject({ status: "off", problem: "browser-unsupported" });
  });

  it("fails clearly when the hub does not answer", async () => {
    const joining = bench.mesh.join();
    await bench.until(() => bench.listener !== null);
    bench.listener?.lost();
    expect(await bench.outcome(joining)).toBe("hub-unreachable");
    expect(bench.mesh.view().status).toBe("off");
    expect(bench.listener).toBeNull();
  });

  it("fails clearly when the hub stays silent", async () => {
    expect(await bench.outcome(bench.mesh.join())).toBe("hub-unreachable");
    expect(bench.mesh.view().status).toBe("off");
  });

  it("fails clearly when there is no place to keep files", async () => {
    bench.storeProblem = "storage-busy";
    await expect(bench.joined()).rejects.toMatchObject({ code: "storage-busy" });
    expect(bench.mesh.view()).toMatchObject({ status: "off", problem: "storage-busy" });
  });

  it("survives the loss of the hub", async () => {
    await bench.joined();
    bench.listener?.lost();
    expect(bench.mesh.view().status).toBe("lost");
  });
});

describe("files", () => {
  it("that were just uploaded are verified, kept and offered to the swarm", async () => {
    const bytes = bytesOf(150_000);
    bench.manifest = await manifestOf(bytes);
    await bench.joined();
    expect(await bench.outcome(bench.mesh.adopt(FILE, new Blob([bytes])))).toBe("resolved");
    const content = bench.manifest.contentId;
    expect(bench.mesh.view().held).toMatchObject([{ content, held: 150_000, size: 150_000, name: "a file" }]);
    expect(bench.mesh.view().transfers).toEqual([]);
    expect(bench.sent).toContainEqual({ type: "enter", resource: RESOURCE, content, have: "4A" });
    const saved = await bench.mesh.save(content);
    expect([saved.name, saved.bytes.size]).toEqual(["a file", 150_000]);
    await bench.mesh.forget(content);
    expect(bench.mesh.view().held).toEqual([]);
    expect(bench.folder.files.size).toBe(0);
  });

  it("that are not what the hub holds are refused and leave nothing behind", async () => {
    bench.manifest = await manifestOf(bytesOf(150_000));
    await bench.joined();
    expect(await bench.outcome(bench.mesh.adopt(FILE, new Blob([bytesOf(150_000, 5)])))).toBe("content-mismatch");
    expect(await bench.outcome(bench.mesh.adopt(FILE, new Blob([bytesOf(10)])))).toBe("content-mismatch");
    expect(bench.folder.files.size).toBe(0);
    expect(await bench.outcome(new Bench().mesh.adopt(FILE, new Blob([])))).toBe("not-joined");
  });

  it("whose manifest lies about its content id are not fetched", async () => {
    bench.manifest = { ...(await manifestOf(bytesOf(150_000))), contentId: "ab".repeat(32) };
    await bench.joined();
    await bench.mesh.fetch(FILE, { model: "peers" });
    await bench.until(() => bench.mesh.view().transfers[0]?.state === "failed");
    expect(bench.mesh.view().transfers[0]).toMatchObject({ problem: "manifest-invalid" });
  });

  it("that may not be seen end in the hub's word", async () => {
    await bench.joined();
    await bench.mesh.fetch(FILE, { model: "peers" });
    await bench.until(() => bench.mesh.view().transfers[0]?.state === "failed");
    expect(bench.mesh.view().transfers[0]).toMatchObject({ problem: "not-found" });
  });

  it("that are empty are complete at once", async () => {
    bench.manifest = await manifestOf(new Uint8Array(0));
    await bench.joined();
    await bench.mesh.fetch(FILE, { model: "peers" });
    await bench.until(() => bench.mesh.view().transfers[0]?.state === "completed");
    expect(bench.mesh.view().transfers[0]).toMatchObject({ size: 0, fromHub: 0, fromPeers: 0 });
    await expect(bench.mesh.save(bench.manifest.contentId)).resolves.toMatchObject({ name: "a file" });
  });

  it("cancelled while they are being loaded are not gone on with after a reload", async () => {
    bench.manifest = await manifestOf(bytesOf(150_000));
    await bench.joined();
    const create = vi.spyOn(bench.vault, "create");
    const transfer = await bench.mesh.fetch(FILE, { model: "peers" });
    bench.mesh.cancel(transfer);
    await bench.until(() => create.mock.calls.length > 0);
    await bench.until(() => bench.folder.files.size === 0);
    expect(bench.mesh.view().transfers).toMatchObject([{ transfer, state: "cancelled" }]);
  });

  it("given up are asked of the hub no more", async () => {
    bench.manifest = await manifestOf(bytesOf(150_000));
    const content = bench.manifest.contentId;
    await bench.joined();
    const transfer = await bench.mesh.fetch(FILE, { model: "automatic" });
    const said = (type: string): boolean => bench.sent.some((message) => message.type === type);
    await bench.until(() => said("enter"));
    bench.listener?.message({ type: "neighbours", content, ticket: unsigned({}), peers: [], part: [] });
    await bench.until(() => said("lease"));
    const granted = { lease: "a-lease", chunks: [0, 1], retryAfterMillis: null };
    bench.listener?.message({ type: "leased", content, ...granted });
    await bench.until(() => bench.leased.length === 2);
    bench.mesh.pause(transfer);
    expect(bench.leased.map((signal) => signal.aborted)).toEqual([true, true]);
    bench.mesh.resume(transfer);
    bench.listener?.message({ type: "leased", content, ...granted });
    await bench.until(() => bench.leased.length === 4);
    expect(bench.leased[3]?.aborted).toBe(false);
  });

  it("asked for twice have one transfer", async () => {
    bench.manifest = await manifestOf(bytesOf(150_000));
    await bench.joined();
    expect(await bench.mesh.fetch(FILE, { model: "peers" })).toBe(await bench.mesh.fetch(FILE, { model: "peers" }));
  });
});

describe("limits", () => {
  it("hold in every later session of this browser, and nonsense is no limit", () => {
    const wanted = {
      uploadBytesPerSecond: 500_000,
      downloadBytesPerSecond: null,
      diskBytes: 1e9,
      giveBytes: 0,
      pauseOnBattery: true,
      pauseOnMetered: false,
      experiments: false,
    };
    bench.mesh.setLimits(wanted);
    const later = new Bench(bench.remembered);
    expect(later.mesh.view().limits).toEqual(wanted);
    for (const hostile of [
      "",
      "[]",
      "null",
      '{"uploadBytesPerSecond":"fast","diskBytes":-1,"pauseOnBattery":1}',
      "{",
    ]) {
      const [key = ""] = bench.remembered.keys();
      const odd = new Bench(new Map([[key, hostile]]));
      expect(Object.values(odd.mesh.view().limits)).toEqual([null, null, null, 0, false, false, false]);
    }
    bench.mesh.setLimits({ ...wanted, uploadBytesPerSecond: 0.5, diskBytes: Number.NaN });
    expect(bench.mesh.view().limits).toMatchObject({ uploadBytesPerSecond: 8192, diskBytes: null });
  });

  it("that pause on battery follow the battery, and the view says so", () => {
    bench.mesh.setLimits({ ...bench.mesh.view().limits, giveBytes: 0, pauseOnBattery: true });
    bench.supply({ onBattery: false });
    expect(bench.mesh.view()).toMatchObject({ supply: { onBattery: false } });
    expect(bench.mesh.view()).not.toHaveProperty("paused");
    bench.supply({ onBattery: true });
    expect(bench.mesh.view()).toMatchObject({ paused: "battery" });
  });
});

describe("what is kept", () => {
  /** A joined peer that keeps a file of 150 000 bytes in three chunks. */
  async function keeping(): Promise<string> {
    const bytes = bytesOf(150_000);
    bench.manifest = await manifestOf(bytes);
    await bench.joined();
    await bench.outcome(bench.mesh.adopt(FILE, new Blob([bytes])));
    return bench.manifest.contentId;
  }

  it("is pinned, and says so also in the next session", async () => {
    const content = await keeping();
    await bench.mesh.pin(content, true);
    expect(bench.mesh.view()).toMatchObject({ storage: "kept", held: [{ pinned: true }] });
    expect(bench.mesh.view().held[0]?.usedAt).toBeGreaterThan(0);
    await bench.mesh.leave();
    expect(bench.mesh.view().storage).toBeUndefined();
    await bench.joined();
    await bench.until(() => bench.mesh.view().held.length > 0);
    expect(bench.mesh.view().held).toMatchObject([{ pinned: true }]);
    await expect(bench.mesh.pin("ab".repeat(32), true)).rejects.toMatchObject({ code: "not-found" });
  });

  it("is not saved when it was damaged on the disk; only the damaged part is missing", async () => {
    const content = await keeping();
    await bench.mesh.leave();
    const data = bench.folder.files.get(`${content}.data`);
    if (data !== undefined) data[70_000] = (data[70_000] ?? 0) ^ 1;
    await bench.joined();
    await bench.until(() => bench.mesh.view().held.length > 0);
    expect(bench.mesh.view().held).toMatchObject([{ held: 150_000 }]);
    expect(await bench.outcome(bench.mesh.save(content))).toBe("content-damaged");
    expect(bench.mesh.view().held).toMatchObject([{ held: 150_000 - 65_536 }]);
    expect(bench.sent.at(-1)).toEqual({ type: "enter", resource: RESOURCE, content, have: "oA" });
  });

  it("gives way to a new file when the person's limit is reached, and the hub is told", async () => {
    const content = await keeping();
    bench.mesh.setLimits({ ...bench.mesh.view().limits, diskBytes: 200_000 });
    const bytes = bytesOf(120_000, 5);
    bench.manifest = await manifestOf(bytes);
    expect(await bench.outcome(bench.mesh.adopt(FILE, new Blob([bytes])))).toBe("resolved");
    expect(bench.mesh.view().held).toMatchObject([{ content: bench.manifest.contentId }]);
    expect(bench.sent).toContainEqual({ type: "leave", content });
    expect([...bench.folder.files.keys()].some((name) => name.startsWith(content))).toBe(false);
  });

  it("is left alone by a file that could never fit", async () => {
    const content = await keeping();
    bench.mesh.setLimits({ ...bench.mesh.view().limits, diskBytes: 200_000 });
    bench.manifest = await manifestOf(bytesOf(300_000, 5));
    await bench.mesh.fetch(FILE, { model: "peers" });
    await bench.until(() => bench.mesh.view().transfers[0]?.state === "failed");
    expect(bench.mesh.view().transfers[0]).toMatchObject({ problem: "storage-quota" });
    expect(bench.mesh.view().held).toMatchObject([{ content }]);
  });
});

describe("listeners", () => {
  it("are called at most four times a second and hear the last change", async () => {
    await bench.joined();
    const views: MeshView[] = [];
    const stop = bench.mesh.subscribe((view) => views.push(view));
    for (let step = 0; step < 40; step++) {
      bench.mesh.pause("nobody");
      bench.pass(25);
    }
    expect(views.length).toBeGreaterThan(1);
    expect(views.length).toBeLessThanOrEqual(5);
    bench.listener?.lost();
    bench.pass(250);
    expect(views.at(-1)?.status).toBe("lost");
    stop();
    const heard = views.length;
    bench.mesh.pause("nobody");
    bench.pass(1_000);
    expect(views).toHaveLength(heard);
  });
});
