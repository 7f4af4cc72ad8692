import { RATE_SECONDS } from "./constants";

/** A rate in bytes a second, averaged exponentially. */
export interface Rate {
  perSecond: number;
  /** Bytes since the last reading. */
  pending: number;
}

export function newRate(): Rate {
  return { perSecond: 0, pending: 0 };
}

/** Takes what came in the last `millis` milliseconds into the average. */
export function settle(rate: Rate, millis: number): void {
  if (millis <= 0 || (rate.pending === 0 && rate.perSecond === 0)) return;
  const kept = Math.exp(-millis / 1000 / RATE_SECONDS);
  rate.perSecond = rate.perSecond * kept + ((rate.pending * 1000) / millis) * (1 - kept);
  rate.pending = 0;
  if (rate.perSecond < 1) rate.perSecond = 0;
}
