import type { ChartSpec, Unit } from "./spec";

const KIBIBYTE = 1024;
/** What an axis of bytes may step by, in the unit below its largest figure. */
const STEPS = [1, 2, 4, 5, 10, 20, 40, 50, 100, 128, 200, 256, 512, 1024];
/** More marks than this on an axis of bytes say nothing more. */
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
