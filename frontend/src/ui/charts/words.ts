import { formatBytes, formatDuration, formatRate, formatShare } from "../format";
import type { Unit } from "./spec";

/** Below this, a second is told in hundredths. In seconds. */
const FINE = 10;
/** Below this many seconds, milliseconds are told. In seconds. */
const VERY_FINE = 0.1;
const DIGITS_OF_MONEY = 2;

const WORDS: Record<Unit, (value: number) => string> = {
  time: (value) => new Date(value).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" }),
  seconds: secondsInWords,
  bytes: formatBytes,
  "bytes-per-second": formatRate,
  share: formatShare,
  money: (value) =>
    value.toLocaleString("en", {
      minimumFractionDigits: DIGITS_OF_MONEY,
      maximumFractionDigits: DIGITS_OF_MONEY,
    }),
  count: (value) => value.toLocaleString("en", { maximumFractionDigits: 2 }),
};

/** A figure as a person reads it; a gap is a dash. */
export function inWords(unit: Unit, value: number): string {
  return Number.isFinite(value) ? WORDS[unit](value) : "–";
}

/** The same without digits after the point that say nothing: `20 MiB`. */
export function onAxis(unit: Unit, value: number): string {
  return inWords(unit, value).replace(/(\.\d*?)0+(?=\D|$)/, (_, digits: string) => (digits === "." ? "" : digits));
}

function secondsInWords(value: number): string {
  if (value >= FINE) return formatDuration(value);
  return value > 0 && value < VERY_FINE ? `${Math.round(value * 1000)} ms` : `${value.toFixed(2)} s`;
}
