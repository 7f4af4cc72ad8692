import { describe, expect, it } from "vitest";
import { boundsOf } from "../../simulator/bounds";
import { type CurveNews, receiversFor, simulateCurve, type Trial } from "../../simulator/curve";

const MB = 1_000_000;

/** A hub of 4 MB/s, receivers that give 2 and take 8. */
const TRIAL: Trial = {
  ...{ models: ["hub", "peers", "automatic"], receivers: 3, size: 4 * MB },
  ...{ hubRate: 4 * MB, uploadRate: 2 * MB, downloadRate: 8 * MB },
};

function told(change: Partial<Trial> = {}): CurveNews[] {
  const news: CurveNews[] = [];
  simulateCurve({ ...TRIAL, ...change }, (each) => news.push(each));
  return news;
}

/** Pairs of receivers and seconds of one model. */
function timesOf(news: CurveNews[], model: string): [number, number][] {
  return news.flatMap((each): [number, number][] =>
    each.tell === "point" && each.model === model ? [[each.receivers, each.seconds]] : [],
  );
}

describe("the curve of an experiment", () => {
  it("has a time for every model and number of receivers, near its bound and not below", () => {
    const news = told();
    for (const model of TRIAL.models) {
      const times = timesOf(news, model);
      expect(times.map(([receivers]) => receivers)).toEqual([1, 2, 3]);
      for (const [receivers, seconds] of times) {
        const line = { upload: TRIAL.uploadRate, download: TRIAL.downloadRate };
        const all = Array.from({ length: receivers }, () => line);
        const bounds = boundsOf({ size: TRIAL.size, chunks: 62, hubUpload: TRIAL.hubRate, receivers: all });
        const bound = model === "hub" ? bounds.clientServer : bounds.peerToPeer;
        expect(seconds).toBeGreaterThanOrEqual(bound);
        expect(seconds).toBeLessThan(3 * bound);
      }
    }
    expect(news.at(-1)).toEqual({ tell: "drawn" });
    expect(told()).toEqual(news);
  });

  it("comes near what browsers took for the same settings, one to five of them", () => {
    // Seconds that two runs of ExperimentProof measured on 2026-11-23: 20 MB, the hub 4 MB/s, each receiver 2 up and 8 down.
    const measured = [
      [5.01, 5.27, 7.33, 8.15, 8.51],
      [5.0, 5.74, 7.14, 7.95, 8.57],
    ];
    const times = timesOf(told({ models: ["peers"], receivers: 5, size: 20 * MB }), "peers");
    expect(times).toHaveLength(5);
    for (const run of measured) {
      for (const [receivers, seconds] of times) {
        const part = seconds / (run[receivers - 1] ?? 0);
        expect(part, `${receivers} receivers`).toBeGreaterThan(0.9);
        expect(part, `${receivers} receivers`).toBeLessThan(1.1);
      }
    }
  });

  it("goes by powers of two where every number would take too long, else has all alone", () => {
    const fast = { receivers: 12, hubRate: 80 * MB, uploadRate: 40 * MB, downloadRate: 160 * MB };
    const counts = (size: number): readonly number[] | null =>
      receiversFor({ ...TRIAL, ...fast, models: ["hub", "peers"], size });
    expect(counts(100 * MB)).toHaveLength(12);
    expect(counts(250 * MB)).toEqual([1, 2, 4, 8, 12]);
    expect(counts(500 * MB)).toEqual([12]);
    expect(counts(5_000 * MB)).toBeNull();
    // Slow lines take virtual time, in which peers look about.
    expect(receiversFor({ ...TRIAL, uploadRate: 100, receivers: 32 })).toBeNull();
    // So do limits that cut chunks into many pieces.
    const many = { receivers: 4, models: ["peers"] as const, size: 300 * MB };
    expect(receiversFor({ ...TRIAL, ...many })).toHaveLength(4);
    expect(receiversFor({ ...TRIAL, ...many, uploadRate: 200_000 })).toBeNull();
  });

  it("leaves out peers where even one number would take too long, and is quick to say so", () => {
    const news = told({ size: 1_000_000 * MB, receivers: 32 });
    expect(timesOf(news, "hub")).toHaveLength(32);
    expect(timesOf(news, "peers")).toEqual([]);
    expect(news.at(-1)).toEqual({ tell: "left-out" });
  });

  it("draws the hub alone where only that was compared, however large the file", () => {
    expect(told({ models: ["hub"], size: 1_000_000 * MB }).at(-1)).toEqual({ tell: "drawn" });
  });

  it.each([{ size: 0 }, { receivers: 0 }, { hubRate: 0 }])("cannot be had of %j", (change) => {
    expect(told(change).map(({ tell }) => tell)).toEqual(["fault"]);
  });
});
