// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Application } from "@hotwired/stimulus";
import { parseExperiment, type ExperimentItem } from "../../src/api/experiment";
import { chartOf, comparisonController } from "../../src/controllers/comparison";
import type { ChartSpec } from "../../src/ui/charts";
import { openPage, start } from "./page";

const BOUNDS = { clientServer: 5, peerToPeer: 4, thrifty: 6, chunkFactor: 1 };

const told = (change: object = {}): object => ({
  experiment: { file: { size: 1000 } },
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

const going = (runsDone: number): object =>
  told({
    live: {
      run: { number: runsDone + 1, model: "peers", repetition: 0, receivers: 1 },
      phase: "running",
      runsDone,
      egress: 3,
      receivers: [{ peer: "A".repeat(22), end: null, millis: null, fromHub: 250, fromPeers: 500 }],
    },
  });

describe("an experiment as the hub tells it", () => {
  it("is read", () => {
    expect(parseExperiment(told())).toMatchObject({ size: 1000, runs: 4, live: null });
    expect(parseExperiment(going(2))?.live).toMatchObject({ model: "peers", warmUp: true, runsDone: 2 });
  });

  it.each([
    null,
    {},
    told({ runs: "4" }),
    told({ figures: [{ model: "pigeon", receivers: 1, last: 1 }] }),
    told({ curve: [{ receivers: 1, bounds: {} }] }),
    told({ live: { phase: "running" } }),
    told({ experiment: {} }),
  ])("is nothing when it is not one", (json) => {
    expect(parseExperiment(json)).toBeNull();
  });

  it("is drawn as points beside the least there is; what was never measured is not", () => {
    const { series } = chartOf(parseExperiment(told()) as ExperimentItem);
    expect(series.map(({ kind, values }) => [kind, values])).toEqual([
      [
        "hub",
        [
          [1, 5.5],
          [2, 11],
        ],
      ],
      [
        "bound-hub",
        [
          [1, 5],
          [2, 10],
        ],
      ],
      [
        "bound-peers",
        [
          [1, 4],
          [2, 4],
        ],
      ],
    ]);
  });
});

describe("the page of an experiment", () => {
  let application: Application;
  let answers: object[];
  let planned: (() => void)[];
  let drawn: ChartSpec[];
  let disposed: number;
  const refresh = vi.fn();

  beforeEach(() => {
    planned = [];
    drawn = [];
    disposed = 0;
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
          return () => undefined;
        },
        refresh,
        draw: (_, spec) => {
          drawn.push(spec);
          return Promise.resolve({ update: () => undefined, dispose: () => disposed++ });
        },
      }),
    );
  }

  it("draws the chart of one that is over, once, and takes it off", async () => {
    answers = [told()];
    open(false);
    await vi.waitFor(() => {
      expect(drawn).toHaveLength(1);
    });
    expect(planned).toHaveLength(0);
    expect(refresh).not.toHaveBeenCalled();
    document.body.replaceChildren();
    await vi.waitFor(() => {
      expect(disposed).toBe(1);
    });
  });

  it("shows how one goes on, and is written anew when a run is done", async () => {
    answers = [going(0), going(0), going(1)];
    open(true);
    const words = (): string => document.querySelector('[data-comparison-target="standing"]')?.textContent ?? "";
    await vi.waitFor(() => {
      expect(words()).toBe("0 of 4 runs are done. Now: from peers, to warm up.");
    });
    expect(document.querySelector(".two-bar")?.getAttribute("aria-valuenow")).toBe("75");
    planned.shift()?.();
    await vi.waitFor(() => {
      expect(planned).toHaveLength(1);
    });
    expect(refresh).not.toHaveBeenCalled();
    planned.shift()?.();
    await vi.waitFor(() => {
      expect(refresh).toHaveBeenCalledTimes(1);
    });
    expect(planned).toHaveLength(0);
  });

  it("is written anew when it is over", async () => {
    answers = [told()];
    open(true);
    await vi.waitFor(() => {
      expect(refresh).toHaveBeenCalledTimes(1);
    });
  });
});
