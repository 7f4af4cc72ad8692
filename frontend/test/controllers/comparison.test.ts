// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Application } from "@hotwired/stimulus";
import { parseExperiment, type ExperimentItem } from "../../src/api/experiment";
import { comparisonController } from "../../src/controllers/comparison";
import { chartOf } from "../../src/controllers/comparison-chart";
import type { CurveNews, CurveOrder } from "../../simulator/curve";
import type { ChartSpec } from "../../src/ui/charts";
import { openPage, shown, start } from "./page";
import { eventually } from "../eventually";

const BOUNDS = { clientServer: 5, peerToPeer: 4, thrifty: 6, chunkFactor: 1 };

const SETTINGS = { models: ["hub", "peers"], peers: ["A", "B"], hubRate: 400, uploadRate: 200, downloadRate: 800 };

const told = (change: object = {}): object => ({
  experiment: { file: { size: 1000 }, settings: SETTINGS },
  runs: 4,
  figures: [
    { model: "hub", receivers: 1, last: 5.5 },
    { model: "hub", receivers: 2, last: 11 },
    { model: "peers", receivers: 2, last: null },
  ],
  curve: [
    { receivers: 1, bounds: BOUNDS },
    { receivers: 2, bounds: { ...BOUNDS, clientServer: 10 } },
  ],
  live: null,
  ...change,
});

const PEER = "AbC123".padEnd(22, "x");

const going = (runsDone: number, change: object = {}): object =>
  told({
    live: {
      run: { number: runsDone + 1, model: "peers", repetition: 0, receivers: 1 },
      phase: "running",
      runsDone,
      egress: 3,
      receivers: [{ peer: PEER, who: "Ben", end: null, millis: null, fromHub: 250, fromPeers: 500, ...change }],
    },
  });

describe("an experiment as the hub tells it", () => {
  it("is read", () => {
    expect(parseExperiment(told())).toMatchObject({ size: 1000, runs: 4, live: null });
    expect(parseExperiment(told())?.settings).toEqual({
      ...{ models: ["hub", "peers"], receivers: 2 },
      ...{ hubRate: 400, uploadRate: 200, downloadRate: 800 },
    });
    expect(parseExperiment(going(2))?.live).toMatchObject({ model: "peers", warmUp: true, runsDone: 2 });
    expect(parseExperiment(going(2))?.live?.receivers[0]).toMatchObject({ peer: PEER, who: "Ben" });
    expect(parseExperiment(going(2, { who: null }))?.live?.receivers[0]?.who).toBeNull();
  });

  it.each([
    null,
    {},
    told({ runs: "4" }),
    told({ figures: [{ model: "pigeon", receivers: 1, last: 1 }] }),
    told({ curve: [{ receivers: 1, bounds: {} }] }),
    told({ curve: [{ receivers: 1, bounds: { clientServer: 5, peerToPeer: 4 } }] }),
    told({ live: { phase: "running" } }),
    going(2, { who: undefined }),
    going(2, { who: ["Ben"] }),
    going(2, { who: "x".repeat(129) }),
    told({ experiment: {} }),
    told({ experiment: { file: { size: 1000 }, settings: { ...SETTINGS, models: ["pigeon"] } } }),
    told({ experiment: { file: { size: 1000 }, settings: { ...SETTINGS, hubRate: null } } }),
  ])("is nothing when it is not one", (json) => {
    expect(parseExperiment(json)).toBeNull();
  });

  it("is drawn as points beside the least there is; what was never measured is not", () => {
    const { series } = chartOf(parseExperiment(told()) as ExperimentItem);
    const both = (first: number, second: number): number[][] => [
      [1, first],
      [2, second],
    ];
    expect(series.map(({ kind, values }) => [kind, values])).toEqual([
      ["hub", both(5.5, 11)],
      ["bound-hub", both(5, 10)],
      ["bound-peers", both(4, 4)],
      ["bound-thrifty", both(6, 6)],
    ]);
  });

  it("has the bound of one copy only for the model that spares the hub", () => {
    const automatic = told({ figures: [{ model: "automatic", receivers: 2, last: 7 }] });
    const { series } = chartOf(parseExperiment(automatic) as ExperimentItem);
    expect(series.map(({ kind }) => kind)).toEqual(["automatic", "bound-peers"]);
  });

  it("is drawn with what was simulated, a broken line a model", () => {
    const { series, description } = chartOf(parseExperiment(told()) as ExperimentItem, [
      { model: "peers", receivers: 1, seconds: 7 },
      { model: "peers", receivers: 2, seconds: 8 },
      { model: "hub", receivers: 1, seconds: 5 },
    ]);
    expect(series.slice(1, 3)).toEqual([
      { name: "From the hub, simulated", kind: "simulated-hub", shape: "line", values: [[1, 5]] },
      {
        ...{ name: "From peers, simulated", kind: "simulated-peers", shape: "line" },
        values: [
          [1, 7],
          [2, 8],
        ],
      },
    ]);
    expect(description).toContain("simulator");
  });
});

/** A worker that only notes what it is told. */
class NotingWorker {
  readonly orders: CurveOrder[] = [];
  onmessage: ((event: { data: CurveNews }) => void) | null = null;
  onerror: (() => void) | null = null;
  ended = false;

  postMessage(order: CurveOrder): void {
    this.orders.push(order);
  }

  terminate(): void {
    this.ended = true;
  }

  tell(data: CurveNews): void {
    this.onmessage?.({ data });
  }
}

describe("the page of an experiment", () => {
  let application: Application;
  let answers: object[];
  let planned: (() => void)[];
  let drawn: ChartSpec[];
  let disposed: number;
  let workers: NotingWorker[];
  let startSimulator: () => Worker;
  const refresh = vi.fn();

  beforeEach(() => {
    planned = [];
    drawn = [];
    disposed = 0;
    workers = [];
    startSimulator = () => {
      workers.push(new NotingWorker());
      return workers.at(-1) as unknown as Worker;
    };
    refresh.mockClear();
  });

  afterEach(() => {
    application.stop();
  });

  function open(running: boolean): void {
    openPage("comparison", "comparison", { id: "x", running: String(running) });
    application = start(
      "comparison",
      comparisonController({
        hub: {
          experiment: () => {
            const json = answers.length > 1 ? answers.shift() : answers[0];
            return Promise.resolve({ ok: true, value: parseExperiment(json) as ExperimentItem });
          },
        },
        later: (_, action) => {
          planned.push(action);
          return () => {
            planned = planned.filter((other) => other !== action);
          };
        },
        refresh,
        draw: (_, spec) => {
          drawn.push(spec);
          return Promise.resolve({ update: (again) => drawn.push(again), dispose: () => disposed++ });
        },
        startSimulator: () => startSimulator(),
      }),
    );
  }

  it("draws the chart of one that is over, once, and takes it off", async () => {
    answers = [told()];
    open(false);
    await eventually(() => {
      expect(drawn).toHaveLength(1);
    });
    expect(refresh).not.toHaveBeenCalled();
    document.body.replaceChildren();
    await eventually(() => {
      expect(disposed).toBe(1);
    });
  });

  it("shows how one goes on, and is written anew when a run is done", async () => {
    answers = [going(0), going(0), going(1)];
    open(true);
    const words = (): string => document.querySelector('[data-comparison-target="standing"]')?.textContent ?? "";
    await eventually(() => {
      expect(words()).toBe("0 of 4 runs done. Now: from peers (warm-up).");
    });
    expect(document.querySelector(".two-bar")?.getAttribute("aria-valuenow")).toBe("75");
    expect(document.querySelector(".model-words")?.textContent).toBe("250 B hub + 500 B peers of 1000 B");
    planned.shift()?.();
    await eventually(() => {
      expect(planned).toHaveLength(1);
    });
    expect(refresh).not.toHaveBeenCalled();
    planned.shift()?.();
    await eventually(() => {
      expect(refresh).toHaveBeenCalledTimes(1);
    });
    expect(planned).toHaveLength(0);
  });

  it.each([
    ["Ben", "Ben · peer AbC123"],
    ['<img src="x" alt="y">', '<img src="x" alt="y"> · peer AbC123'],
    [null, "Receiver AbC123"],
  ])("names the browser of %s", async (who, name) => {
    answers = [going(0, { who })];
    open(true);
    await eventually(() => {
      expect(document.querySelector('[data-comparison-target="receivers"] li > div')?.textContent).toBe(name);
    });
    expect(document.querySelector(".two-bar")?.getAttribute("aria-label")).toBe(name);
    expect(document.querySelector("img")).toBeNull();
  });

  it("is written anew when it is over", async () => {
    answers = [told()];
    open(true);
    await eventually(() => {
      expect(refresh).toHaveBeenCalledTimes(1);
    });
  });

  /** Opens one that is over, until its simulation has begun. */
  async function openOver(): Promise<NotingWorker> {
    answers = [told()];
    open(false);
    await eventually(() => {
      expect(workers).toHaveLength(1);
    });
    return workers[0] as NotingWorker;
  }

  it("has the same settings simulated, draws what came of it, and ends the worker", async () => {
    const worker = await openOver();
    expect(worker.orders).toEqual([
      {
        do: "curve",
        trial: {
          ...{ models: ["hub", "peers"], receivers: 2, size: 1000 },
          ...{ hubRate: 400, uploadRate: 200, downloadRate: 800 },
        },
      },
    ]);
    expect(shown("comparison", "simulated")).toContain("Simulating");
    worker.tell({ tell: "point", model: "peers", receivers: 2, seconds: 9 });
    expect(drawn).toHaveLength(1);
    worker.tell({ tell: "drawn" });
    expect(drawn[1]?.series.find(({ kind }) => kind === "simulated-peers")?.values).toEqual([[2, 9]]);
    expect(shown("comparison", "simulated")).toContain("Simulated: the same engine");
    expect(worker.ended).toBe(true);
    expect(planned).toHaveLength(0);
  });

  it.each([
    [
      "is too much to simulate",
      (worker: NotingWorker) => {
        worker.tell({ tell: "left-out" });
      },
      "too long",
    ],
    [
      "cannot be simulated",
      (worker: NotingWorker) => {
        worker.tell({ tell: "fault", words: "no peers" });
      },
      "could not",
    ],
    ["breaks the worker", (worker: NotingWorker) => worker.onerror?.(), "could not"],
    ["takes too long", () => planned.shift()?.(), "took too long"],
  ])("says so in words when it %s", async (_, happens, words) => {
    const worker = await openOver();
    happens(worker);
    expect(shown("comparison", "simulated")).toContain(words);
    expect(drawn).toHaveLength(1);
    expect(worker.ended).toBe(true);
  });

  it("draws what was reached when it takes too long, and heeds nothing after it", async () => {
    const worker = await openOver();
    worker.tell({ tell: "point", model: "hub", receivers: 1, seconds: 5 });
    planned.shift()?.();
    worker.tell({ tell: "drawn" });
    expect(drawn).toHaveLength(2);
    expect(shown("comparison", "simulated")).toContain("what it had reached is drawn");
  });

  it("says so when no worker can be started", async () => {
    startSimulator = () => {
      throw new Error("refused");
    };
    answers = [told()];
    open(false);
    await eventually(() => {
      expect(shown("comparison", "simulated")).toContain("could not");
    });
  });

  it("ends the simulation when the page is left", async () => {
    const worker = await openOver();
    document.body.replaceChildren();
    await eventually(() => {
      expect(worker.ended).toBe(true);
    });
    expect(planned).toHaveLength(0);
  });

  it("leaves the processor to an experiment that runs", async () => {
    answers = [going(2)];
    open(true);
    await eventually(() => {
      expect(shown("comparison", "simulated")).toContain("when the experiment is over");
    });
    expect(workers).toHaveLength(0);
  });
});
