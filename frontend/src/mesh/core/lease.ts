import type { HubMessage } from "../../protocol/messages";
import type { ProblemCode } from "../../protocol/problems";
import {
  LEASE_ANSWER_MILLIS,
  LEASE_BYTES,
  LEASE_RETRY_MILLIS,
  LINK_PATIENCE_MILLIS,
  LONGEST_LEASE_PAUSE_MILLIS,
  MOST_LEASE_WISHES,
  NEIGHBOURS_PATIENCE_MILLIS,
} from "./constants";
import { isMissing, isStalled, lengthOf } from "./picker";
import { isFetching, type Link, linksOf, type Swarm, type Work } from "./state";

/** Asks the hub for chunks that no live link holds, or that a quiet one holds up; one question at a time. */
export function askHub(work: Work, swarm: Swarm): void {
  const { lease } = swarm;
  if (!work.state.online || !swarm.entered || !isFetching(work.state, swarm)) return;
  if (lease.askedAt !== null && work.now - lease.askedAt < LEASE_ANSWER_MILLIS) return;
  if (work.now < lease.nextAt || fetchingBytes(swarm) >= LEASE_BYTES / 2) return;
  const links = linksOf(work.state, swarm.content);
  if (work.now - swarm.enteredAt < LINK_PATIENCE_MILLIS && links.some(mayStillBring)) return;
  if (links.length === 0 && swarm.ticket === null && work.now - swarm.enteredAt < NEIGHBOURS_PATIENCE_MILLIS) return;
  const chunks = wishes(work, swarm, links);
  if (chunks.length === 0) return;
  lease.askedAt = work.now;
  work.effects.push({ do: "send-hub", message: { type: "lease", content: swarm.content, chunks } });
}

/**
 * A link that this end offered, and that is being set up or has not said yet what it holds, may still bring everything. Links that
 * others offer are not waited for: a member that offers without end would keep the hub from being asked.
 */
function mayStillBring(link: Link): boolean {
  return link.role === "offerer" && (link.status !== "open" || link.have === null);
}

/** Missing chunks that only the hub can bring now, in order of the file. */
function wishes(work: Work, swarm: Swarm, links: Link[]): number[] {
  const open = links.filter((link) => link.status === "open" && link.have !== null);
  const moving = open.filter((link) => !isStalled(link, work.now));
  const chunks: number[] = [];
  let bytes = fetchingBytes(swarm);
  for (let chunk = 0; chunk < swarm.chunks && chunks.length < MOST_LEASE_WISHES && bytes < LEASE_BYTES; chunk++) {
    if (!isMissing(swarm, chunk) || swarm.lease.fetching.has(chunk)) continue;
    if (moving.some((link) => link.asked.has(chunk) || holdsForUs(link, chunk, work.now))) continue;
    chunks.push(chunk);
    bytes += lengthOf(swarm, chunk);
  }
  return chunks;
}

function holdsForUs(link: Link, chunk: number, now: number): boolean {
  return link.have?.has(chunk) === true && (link.refusedUntil.get(chunk) ?? 0) <= now;
}

/** The hub's answer: fetch what it granted, or wait. */
export function leaseAnswered(work: Work, swarm: Swarm, message: HubMessage & { type: "leased" }): void {
  const { lease } = swarm;
  lease.askedAt = null;
  lease.nextAt = work.now;
  if (message.lease === null || message.chunks.length === 0) {
    lease.nextAt = work.now + (message.retryAfterMillis ?? LEASE_RETRY_MILLIS);
    return;
  }
  if (!isFetching(work.state, swarm)) return;
  for (const chunk of message.chunks.slice(0, MOST_LEASE_WISHES)) {
    if (chunk >= swarm.chunks || !isMissing(swarm, chunk) || lease.fetching.has(chunk)) continue;
    const length = lengthOf(swarm, chunk);
    lease.fetching.set(chunk, length);
    swarm.sources[chunk] = (swarm.sources[chunk] ?? 0) + 1;
    work.effects.push({ do: "fetch-leased", content: swarm.content, lease: message.lease, chunk, length });
  }
}

/** A leased chunk is here or lost; answers whether it was being fetched. */
export function leaseSettled(swarm: Swarm, chunk: number): boolean {
  if (!swarm.lease.fetching.delete(chunk)) return false;
  swarm.sources[chunk] = Math.max(0, (swarm.sources[chunk] ?? 0) - 1);
  swarm.lease.failures = 0;
  return true;
}

/** A leased chunk could not be fetched: wait, longer each time. */
export function leaseFailed(work: Work, swarm: Swarm, chunk: number, problem: ProblemCode): void {
  const { lease } = swarm;
  const failures = lease.failures + 1;
  if (!leaseSettled(swarm, chunk)) return;
  lease.failures = failures;
  const pause = Math.min(LONGEST_LEASE_PAUSE_MILLIS, 500 * 2 ** Math.min(failures, 10));
  lease.nextAt = problem === "lease-invalid" && failures === 1 ? work.now : work.now + pause;
}

function fetchingBytes(swarm: Swarm): number {
  let bytes = 0;
  for (const length of swarm.lease.fetching.values()) bytes += length;
  return bytes;
}
