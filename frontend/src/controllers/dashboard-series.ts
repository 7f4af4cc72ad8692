import type { Series, SeriesPoint, Step } from "../api/series";
import type { ChartSpec } from "../ui/charts";

/** How far back a time series goes. */
export type Period = "hour" | "day" | "month";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** In milliseconds: how far back, and how long a bucket is. */
const PERIODS: Record<Period, { back: number; bucket: number; step: Step; words: string }> = {
  hour: { back: HOUR, bucket: MINUTE, step: "minute", words: "minute" },
  day: { back: DAY, bucket: HOUR, step: "hour", words: "hour" },
  month: { back: 30 * DAY, bucket: DAY, step: "day", words: "day" },
};

/** What to ask the hub for. */
export interface Stretch {
  from: Date;
  to: Date;
  step: Step;
}

/** Whole buckets up to and with the one of `now`. */
export function stretchOf(period: Period, now: Date): Stretch {
  const { back, bucket, step } = PERIODS[period];
  const last = Math.floor(now.getTime() / bucket) * bucket;
  return { from: new Date(last - back), to: new Date(last + bucket), step };
}

/** The chart of a stretch; a bucket in which nothing happened is none that is missing. */
export function seriesChart(period: Period, stretch: Stretch, { points }: Series): ChartSpec {
  const { bucket, words } = PERIODS[period];
  const known = new Map(points.map((point) => [Math.floor(point.at.getTime() / bucket) * bucket, point]));
  const times: number[] = [];
  for (let at = stretch.from.getTime(); at < stretch.to.getTime(); at += bucket) times.push(at);
  const values = (of: (point: SeriesPoint) => number): [number, number][] =>
    times.map((at) => {
      const point = known.get(at);
      return [at, point === undefined ? 0 : of(point)];
    });
  const isQuiet = points.every(({ hubBytes, leaseBytes, peerBytes }) => hubBytes + leaseBytes + peerBytes === 0);
  return {
    title: `Bytes delivered, the last ${period}`,
    description: isQuiet
      ? "Nothing was delivered in this time."
      : `What the hub and peers sent in each ${words}; bytes from peers as their receivers report.`,
    x: { name: "Time", unit: "time" },
    y: { name: `Bytes a ${words}`, unit: "bytes" },
    series: [
      { name: "Hub, to clients", kind: "hub", shape: "area", values: values((point) => point.hubBytes) },
      { name: "Hub, to the mesh", kind: "hub", shape: "area", values: values((point) => point.leaseBytes) },
      { name: "Peers", kind: "peers", shape: "area", values: values((point) => point.peerBytes) },
    ],
  };
}
