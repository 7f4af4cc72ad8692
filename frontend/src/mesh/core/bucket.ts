import { BURST_SECONDS, LATE_SECONDS, WAKE_MILLIS } from "./constants";
import type { Work } from "./state";

/**
 * A token bucket, filled by time. It may go into debt, for a chunk is asked for whole: the average is the rate all the same.
 * `perSecond`: bytes, null without a limit; `level`: bytes that may go now; `waiting`: something is held back, so time that
 * a late wake-up lets pass still counts.
 */
export interface Bucket {
  perSecond: number | null;
  level: number;
  filledAt: number;
  waiting: boolean;
}

export function newBucket(): Bucket {
  return { perSecond: null, level: 0, filledAt: 0, waiting: false };
}

/** Whether `bytes` may go now; if not, the core is woken when they may. */
export function mayTake(work: Work, bucket: Bucket, bytes: number): boolean {
  if (bucket.perSecond === null) return true;
  fill(bucket, bucket.perSecond, work.now);
  const needed = Math.min(bytes, bucket.perSecond * BURST_SECONDS);
  bucket.waiting = bucket.level < needed;
  if (!bucket.waiting) return true;
  const wait = Math.ceil(((needed - bucket.level) * 1000) / bucket.perSecond);
  wakeAt(work, work.now + Math.max(WAKE_MILLIS, wait));
  return false;
}

/** Takes bytes out, or puts back (below zero) what was taken and did not go. */
export function take(bucket: Bucket, bytes: number): void {
  if (bucket.perSecond !== null) bucket.level -= bytes;
}

function fill(bucket: Bucket, perSecond: number, now: number): void {
  const most = perSecond * (bucket.waiting ? LATE_SECONDS : BURST_SECONDS);
  const earned = (Math.max(0, now - bucket.filledAt) * perSecond) / 1000;
  bucket.level = Math.min(most, bucket.level + earned);
  bucket.filledAt = now;
}

/** Another rate holds from now on; a debt stays one. */
export function changeRate(bucket: Bucket, perSecond: number | null, now: number): void {
  if (bucket.perSecond === perSecond) return;
  const debt = bucket.perSecond === null ? 0 : Math.min(0, bucket.level);
  bucket.perSecond = perSecond;
  bucket.level = perSecond === null ? 0 : perSecond * BURST_SECONDS + debt;
  bucket.filledAt = now;
}

function wakeAt(work: Work, at: number): void {
  const { state } = work;
  if (state.wakeAt !== null && state.wakeAt > work.now && state.wakeAt <= at) return;
  state.wakeAt = at;
  work.effects.push({ do: "wake-at", at });
}
