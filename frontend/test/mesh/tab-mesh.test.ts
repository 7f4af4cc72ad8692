import { beforeEach, describe, expect, it } from "vitest";
import { TabMesh } from "../../src/mesh/browser/tab-mesh";
import { readTabMessage } from "../../src/mesh/browser/tab-words";
import { NO_LIMITS } from "../../src/mesh/core/limits";
import { MeshProblem } from "../../src/protocol/problems";
import { WrittenMesh } from "../controllers/written-mesh";
import { transferView } from "../controllers/views";

const FILE = { resource: "0b5f1d0e-7a52-4e57-9a43-3a9f2d9c1b77", name: "a file" };
const TRANSFER = "AAECAwQFBgcICQoLDA0ODw";
const CONTENT = "ab".repeat(32);

/** One browser: a channel that copies what is said, a lock that one tab has, and a clock that the test moves. */
class OneBrowser {
  now = 1_700_000_000_000;
  readonly tabs: Tab[] = [];
  readonly said: unknown[] = [];
  readonly tasks = new Set<{ at: number; every: number; task: () => void }>();
  #queue: Tab[] = [];

  open(): Tab {
    const tab = new Tab(this, this.tabs.length);
    this.tabs.push(tab);
    return tab;
  }

  /** The tab is closed, or its process dies: nobody hears of it, and its lock is free. */
  close(tab: Tab): void {
    tab.alive = false;
    const held = this.#queue[0] === tab;
    this.#queue = this.#queue.filter((each) => each !== tab);
    if (held) this.#grant();
  }

  request(tab: Tab): void {
    this.#queue.push(tab);
    if (this.#queue.length === 1) this.#grant();
  }

  #grant(): void {
    const [first] = this.#queue;
    setImmediate(() => {
      if (first?.alive === true) first.granted();
    });
  }

  post(from: Tab, message: unknown): void {
    this.said.push(message);
    const copy: unknown = structuredClone(message);
    for (const tab of this.tabs) {
      setImmediate(() => {
        if (tab !== from && tab.alive && !tab.frozen) tab.listen(copy);
      });
    }
  }

  pass(millis: number): void {
    this.now += millis;
    for (const planned of this.tasks) {
      if (planned.at > this.now) continue;
      planned.at = this.now + planned.every;
      planned.task();
    }
  }
}

class Tab {
  readonly peer = new WrittenMesh();
  readonly shown: string[] = [];
  alive = true;
  frozen = false;
  granted: () => void = () => undefined;
  listen: (message: unknown) => void = () => undefined;
  readonly mesh: TabMesh;

  constructor(browser: OneBrowser, number: number) {
    this.mesh = new TabMesh(this.peer, {
      channel: {
        post: (message) => {
          if (this.alive) browser.post(this, message);
        },
        hear: (listener) => (this.listen = listener),
      },
      lock: {
        request: (granted) => {
          this.granted = granted;
          browser.request(this);
        },
      },
      clock: {
        now: () => browser.now,
        every: (every, task) => {
          const planned = { at: browser.now + every, every, task };
          browser.tasks.add(planned);
          return () => browser.tasks.delete(planned);
        },
      },
      random: { bytes: (length) => new Uint8Array(length).fill(number + 1) },
    });
    this.mesh.subscribe((view) => this.shown.push(view.status));
  }
}

let browser: OneBrowser;

const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
};

/** Three tabs; the first is the peer. */
async function three(): Promise<[Tab, Tab, Tab]> {
  const tabs: [Tab, Tab, Tab] = [browser.open(), browser.open(), browser.open()];
  await tabs[0].mesh.join();
  await tabs[1].mesh.join();
  await settled();
  return tabs;
}

beforeEach(() => {
  browser = new OneBrowser();
});

describe("three tabs of one browser", () => {
  it("have one peer, and all show its view", async () => {
    const [first, second, third] = await three();
    expect([first.peer.commands, second.peer.commands, third.peer.commands]).toEqual([["join", "join"], [], []]);
    first.peer.show({ transfers: [transferView({ fromHub: 4 })], received: 9 });
    await settled();
    for (const tab of [first, second, third]) {
      expect(tab.mesh.view()).toMatchObject({ status: "joined", received: 9, transfers: [{ fromHub: 4 }] });
      expect(tab.shown.at(-1)).toBe("joined");
    }
  });

  it("agree on one peer when they join at the same moment", async () => {
    const tabs = [browser.open(), browser.open(), browser.open()];
    await Promise.all(tabs.map((tab) => tab.mesh.join()));
    expect(tabs.map((tab) => tab.peer.commands.length)).toEqual([3, 0, 0]);
    expect(tabs.map((tab) => tab.mesh.view().status)).toEqual(["joined", "joined", "joined"]);
  });

  it("hand their commands to the peer and hear what became of them", async () => {
    const [first, second, third] = await three();
    expect(await third.mesh.fetch(FILE, { model: "peers" })).toBe("transfer-1");
    second.mesh.pause(TRANSFER);
    second.mesh.resume(TRANSFER);
    second.mesh.cancel(TRANSFER);
    await third.mesh.adopt(FILE, new Blob(["abc"]));
    const saved = await second.mesh.save(CONTENT);
    expect([saved.name, await saved.bytes.text()]).toEqual(["film.mp4", CONTENT]);
    await third.mesh.pin(CONTENT, true);
    await third.mesh.forget(CONTENT);
    await second.mesh.leave();
    expect(first.peer.commands.slice(2)).toEqual([
      `fetch ${FILE.resource} peers`,
      `pause ${TRANSFER}`,
      `resume ${TRANSFER}`,
      `cancel ${TRANSFER}`,
      `adopt ${FILE.resource}`,
      `save ${CONTENT}`,
      `pin ${CONTENT}`,
      `forget ${CONTENT}`,
      "leave",
    ]);
    await settled();
    expect(third.mesh.view().status).toBe("off");
  });

  it("hear the problem that the peer met", async () => {
    const [first, , third] = await three();
    first.peer.joinRefusal = new MeshProblem("hub-unreachable");
    await expect(third.mesh.join()).rejects.toMatchObject({ code: "hub-unreachable" });
  });

  it("go on when the tab of the peer dies: the next in the line takes over, the last follows it", async () => {
    const [first, second, third] = await three();
    browser.close(first);
    await settled();
    expect(second.peer.commands).toEqual(["join"]);
    second.peer.show({ received: 77 });
    await settled();
    expect([second.mesh.view().received, third.mesh.view().received]).toEqual([77, 77]);
    browser.close(second);
    await settled();
    expect(third.peer.commands).toEqual(["join"]);
    expect(third.mesh.view().status).toBe("joined");
  });

  it("do not join again by themselves after the person has left", async () => {
    const [first, second] = await three();
    await second.mesh.leave();
    await settled();
    browser.close(first);
    await settled();
    expect(second.peer.commands).toEqual([]);
    expect(second.mesh.view().status).toBe("off");
    await second.mesh.join();
    expect(second.peer.commands).toEqual(["join"]);
  });

  it("answer by the next peer what the one before still owed", async () => {
    const [first, second, third] = await three();
    first.frozen = true;
    const fetching = third.mesh.fetch(FILE, { model: "peers" });
    const saving = second.mesh.save(CONTENT);
    await settled();
    browser.close(first);
    expect(await fetching).toBe("transfer-1");
    expect((await saving).name).toBe("film.mp4");
    expect(second.peer.commands[0]).toBe("join");
    expect(second.peer.commands.slice(1).sort()).toEqual([`fetch ${FILE.resource} peers`, `save ${CONTENT}`]);
  });

  it("are told when the tab of the peer stands still, and hear it again when it does not any more", async () => {
    const [first, second] = await three();
    first.frozen = true;
    const forgetting = second.mesh.forget(CONTENT);
    const refused = expect(forgetting).rejects.toMatchObject({ code: "tab-silent" });
    for (let step = 0; step < 6; step++) browser.pass(2_500);
    await refused;
    expect(second.mesh.view().problem).toBe("tab-silent");
    browser.pass(2_500);
    const calls = browser.said.length;
    browser.pass(25_000);
    expect(browser.said).toHaveLength(calls);
    first.frozen = false;
    await second.mesh.forget(CONTENT);
    await settled();
    expect(second.mesh.view().problem).toBeUndefined();
  });

  it("wait for a slow answer as long as the peer shows that it lives", async () => {
    const [first, second] = await three();
    let finish: () => void = () => undefined;
    first.peer.adopt = () => new Promise((resolve) => (finish = resolve));
    const adopting = second.mesh.adopt(FILE, new Blob(["abc"]));
    for (let step = 0; step < 40; step++) {
      browser.pass(2_500);
      await settled();
    }
    finish();
    await expect(adopting).resolves.toBeUndefined();
  });
});

describe("a tab that is alone", () => {
  it("is its own peer", async () => {
    const only = browser.open();
    expect(only.mesh.view().status).toBe("off");
    await only.mesh.join();
    expect(only.mesh.view().status).toBe("joined");
    expect(only.peer.commands).toEqual(["join"]);
  });

  it("shows the mesh of a tab that joined before it was opened, without joining itself", async () => {
    await browser.open().mesh.join();
    const late = browser.open();
    await settled();
    expect(late.mesh.view().status).toBe("joined");
    expect(late.peer.commands).toEqual([]);
  });
});

describe("what another tab says", () => {
  const view = {
    ...{ status: "joined", links: [], transfers: [transferView()], held: [], received: 0, relayed: 0, sent: 0 },
    ...{ limits: { ...NO_LIMITS, uploadBytesPerSecond: 100_000 }, supply: { onBattery: true }, paused: "battery" },
    failures: [{ code: "busy", count: 2 }],
  };
  const ask = { type: "ask", from: TRANSFER, id: 0, command: "join", values: [] };

  it("is read when it has its shape", () => {
    expect(readTabMessage({ type: "view", tab: TRANSFER, view, more: 1 })).toEqual({
      type: "view",
      tab: TRANSFER,
      view,
    });
    expect(readTabMessage(ask)).toEqual(ask);
  });

  it.each([
    null,
    "who",
    { type: "what" },
    { type: "view", tab: "short", view },
    { type: "view", tab: TRANSFER, view: { ...view, status: "up" } },
    { type: "view", tab: TRANSFER, view: { ...view, received: -1 } },
    { type: "view", tab: TRANSFER, view: { ...view, problem: "constructor" } },
    { type: "view", tab: TRANSFER, view: { ...view, transfers: [{ ...transferView(), name: "x".repeat(2_000) }] } },
    { type: "view", tab: TRANSFER, view: { ...view, links: Array.from({ length: 10_001 }, () => ({})) } },
    { ...ask, command: "toString" },
    { ...ask, id: -1 },
    { ...ask, values: Array.from({ length: 5 }, () => 0) },
    { type: "answer", to: TRANSFER, id: 0, outcome: { problem: "nothing of the kind" } },
  ])("is not heard when it has not: %j", (message) => {
    expect(readTabMessage(message)).toBeNull();
  });

  it("is refused when a value of a command is not what it should be", async () => {
    const [first, second] = await three();
    await expect(second.mesh.forget("../etc")).rejects.toMatchObject({ code: "unexpected" });
    await expect(second.mesh.adopt(FILE, "abc" as never)).rejects.toMatchObject({ code: "unexpected" });
    await expect(second.mesh.fetch({ resource: "x", name: "y" }, { model: "peers" })).rejects.toMatchObject({
      code: "unexpected",
    });
    expect(first.peer.commands).toEqual(["join", "join"]);
  });
});
