import { beforeAll, describe, expect, it } from "vitest";
import type { TrialOrder } from "../../src/protocol/messages";
import type { Effect } from "../../src/mesh/core/events";
import { NO_LIMITS } from "../../src/mesh/core/limits";
import { TEST_COPY_BYTES } from "../../src/mesh/core/constants";
import { newMesh } from "../../src/mesh/core/new-state";
import type { MeshState } from "../../src/mesh/core/state";
import { step } from "../../src/mesh/core/step";
import type { Limits } from "../../src/mesh/ports";

const ORDER: TrialOrder = {
  trial: "T".repeat(22),
  resource: "0b5f1d0e-7a52-4e57-9a43-3a9f2d9c1b77",
  content: "ab".repeat(32),
  model: "peers",
  upload: 1_000,
  download: 4_000,
};

let state: MeshState;
let effects: Effect[];

type Untimed = Parameters<typeof step>[1] extends infer Each
  ? Each extends { now: number }
    ? Omit<Each, "now">
    : never
  : never;

function tell(event: Untimed): void {
  effects.push(...step(state, { ...event, now: 1_000 }).effects);
}

function limit(change: Partial<Limits>): void {
  tell({ type: "limits", limits: { ...NO_LIMITS, ...state.limits, ...change } });
}

/** What the hub was told of experiments, in order. */
function told(): object[] {
  return effects.flatMap((effect) =>
    effect.do === "send-hub" && (effect.message.type === "volunteer" || effect.message.type === "trial-state")
      ? [effect.message]
      : [],
  );
}

const done = (): string[] => effects.map((effect) => effect.do).filter((name) => name.startsWith("trial-"));

/** A peer that has joined. */
function joined(): void {
  state = newMesh(new Uint8Array(16));
  Object.assign(state, { status: "joined", online: true, storeOpen: true });
  effects = [];
}

beforeAll(joined);

describe("parts in experiments", () => {
  it("are offered only when the person says so, and taken back when they say otherwise", () => {
    joined();
    tell({ type: "tick" });
    expect(told()).toEqual([]);
    limit({ experiments: true });
    tell({ type: "tick" });
    expect(told()).toEqual([{ type: "volunteer", bytes: TEST_COPY_BYTES }]);
    limit({ experiments: false });
    expect(told().at(-1)).toEqual({ type: "volunteer", bytes: 0 });
  });

  it("are not taken by who has not offered", () => {
    joined();
    tell({ type: "hub-message", message: { type: "trial", ...ORDER } });
    expect(done()).toEqual([]);
    expect(told()).toMatchObject([{ type: "trial-state", state: "left", trial: ORDER.trial }]);
  });

  it("are prepared, begun, told and ended as the hub says", () => {
    joined();
    limit({ experiments: true });
    tell({ type: "hub-message", message: { type: "trial", ...ORDER } });
    tell({ type: "hub-message", message: { type: "trial-begin", trial: "x".repeat(22) } });
    expect(done()).toEqual(["trial-prepare"]);
    const news = { ...ORDER, state: "ready", fromHub: 0, fromPeers: 0 } as const;
    tell({ type: "trial-news", news });
    tell({ type: "trial-news", news: { ...news, trial: "x".repeat(22) } });
    const { trial, upload, download } = ORDER;
    const words = { type: "trial-state", trial, state: "ready", upload, download, fromHub: 0, fromPeers: 0 };
    expect(told().slice(1)).toEqual([words]);
    tell({ type: "hub-message", message: { type: "trial-begin", trial } });
    tell({ type: "hub-message", message: { type: "trial-end", trial } });
    tell({ type: "trial-news", news });
    expect(done()).toEqual(["trial-prepare", "trial-begin", "trial-end"]);
    expect(told()).toHaveLength(2);
  });

  it("take half of a person's limits at most, and leave the rest to them", () => {
    joined();
    limit({ experiments: true, uploadBytesPerSecond: 1_500, downloadBytesPerSecond: 100_000 });
    tell({ type: "hub-message", message: { type: "trial", ...ORDER } });
    expect(effects).toContainEqual({ do: "trial-prepare", order: { ...ORDER, upload: 750, download: 4_000 } });
    expect([state.upload.perSecond, state.download.perSecond]).toEqual([750, 96_000]);
    tell({ type: "hub-message", message: { type: "trial-end", trial: ORDER.trial } });
    expect([state.upload.perSecond, state.download.perSecond]).toEqual([1_500, 100_000]);
  });

  it.each<[string, () => void]>([
    [
      "the person takes no part any more",
      () => {
        limit({ experiments: false });
      },
    ],
    [
      "the machine goes on battery",
      () => {
        tell({ type: "supply", supply: { onBattery: true } });
        tell({ type: "tick" });
      },
    ],
    [
      "the hub is lost",
      () => {
        tell({ type: "hub-lost" });
      },
    ],
    [
      "the peer leaves",
      () => {
        tell({ type: "leave" });
      },
    ],
  ])("end when %s", (_, happen) => {
    joined();
    limit({ experiments: true, pauseOnBattery: true });
    tell({ type: "hub-message", message: { type: "trial", ...ORDER } });
    happen();
    expect(done()).toEqual(["trial-prepare", "trial-end"]);
  });

  it("are never offered by a peer that was made for one, which says so in its hello", () => {
    state = newMesh(new Uint8Array(16), ORDER.trial);
    effects = [];
    tell({ type: "join", fingerprint: "F" });
    tell({ type: "hub-opened" });
    Object.assign(state, { online: true, storeOpen: true });
    limit({ experiments: true });
    expect(told()).toEqual([]);
    expect(effects).toContainEqual({
      do: "send-hub",
      message: { type: "hello", protocol: 1, fingerprint: "F", trial: ORDER.trial },
    });
  });
});
