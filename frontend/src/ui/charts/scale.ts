import type { ChartSpec, Unit } from "./spec";

const KIBIBYTE = 1024;
/** What an axis of bytes may step by, in the unit below its largest figure. */
const STEPS = [1, 2, 4, 5, 10, 20, 40, 50, 100, 128, 200, 256, 512, 1024];
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** What an axis of seconds may step by, up to days: whole seconds, minutes and hours, as people cut them. */
const SECONDS = [
  ...[1, 2, 5, 10, 15, 20, 30],
  ...[1, 2, 5, 10, 15, 20, 30].map((each) => each * MINUTE),
  ...[1, 2, 3, 6, 12, 24].map((each) => each * HOUR),
];
/** More marks than this on an axis of bytes or seconds say nothing more. */
const MOST_MARKS = 5;
/** From this ratio on, an axis of counts goes by powers of ten. */
const TWO_POWERS_OF_TEN = 100;

/** Where an axis of bytes ends, and by what it steps, so that its marks are round in KiB, MiB or GiB. */
export function byteSteps(largest: number): { max: number; interval: number } {
  let unit = 1;
  while (largest > MOST_MARKS * unit * KIBIBYTE) unit *= KIBIBYTE;
  const step = STEPS.find((each) => largest <= MOST_MARKS * each * unit) ?? KIBIBYTE;
  const interval = step * unit;
  return { interval, max: Math.max(1, Math.ceil(largest / interval)) * interval };
}

/** The same for seconds, so that its marks are round in seconds, minutes, hours or days; below a second per mark there is nothing to round. */
export function secondSteps(largest: number): { max?: number; interval?: number } {
  if (largest < MOST_MARKS) return {};
  const days = Math.ceil(largest / MOST_MARKS / DAY) * DAY;
  const interval = SECONDS.find((each) => largest <= MOST_MARKS * each) ?? days;
  return { interval, max: Math.ceil(largest / interval) * interval };
}

/** The largest y that is drawn: piled areas count together. */
export function largestOf(spec: ChartSpec): number {
  const piles = new Map<number, number>();
  let largest = 0;
  for (const { shape, values } of spec.series) {
    for (const [x, y] of values) {
      if (!Number.isFinite(y)) continue;
      const height = shape === "area" ? (piles.get(x) ?? 0) + y : y;
      if (shape === "area") piles.set(x, height);
      largest = Math.max(largest, height);
    }
  }
  return largest;
}

/** Whether x is drawn by powers of ten. */
export function byPowersOfTen(spec: ChartSpec): boolean {
  if (spec.x.unit !== "count") return false;
  let least = Infinity;
  let most = 0;
  for (const { values } of spec.series) {
    for (const [x] of values) {
      least = Math.min(least, x);
      most = Math.max(most, x);
    }
  }
  return least > 0 && most / least >= TWO_POWERS_OF_TEN;
}

/** Whether figures of this unit are bytes, whose round numbers are not those of everything else. */
export function inBytes(unit: Unit): boolean {
  return unit === "bytes" || unit === "bytes-per-second";
}
