import { Bitmap } from "../../protocol/bitmap";
import { type HubMessage, MOST_LEASED } from "../../protocol/messages";
import type { ProblemCode } from "../../protocol/problems";
import {
  LEASE_ANSWER_MILLIS,
  LEASE_BYTES,
  LEASE_RETRY_MILLIS,
  LINK_PATIENCE_MILLIS,
  LONGEST_LEASE_PAUSE_MILLIS,
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
  const wishes = wishesOf(work, swarm, links);
  if (wishes.count === 0) return;
  lease.askedAt = work.now;
  const { content, manifest } = swarm;
  const free = Math.floor((LEASE_BYTES - fetchingBytes(swarm)) / manifest.chunkSize);
  const room = Math.max(1, Math.min(MOST_LEASED, free));
  work.effects.push({
    do: "send-hub",
    message: { type: "lease", content, model: "peers", wanted: wishes.toText(), room },
  });
}

/**
 * A link that this end offered, and that is being set up or has not said yet what it holds, may still bring everything. Links that
 * others offer are not waited for: a member that offers without end would keep the hub from being asked.
 */
function mayStillBring(link: Link): boolean {
  return link.role === "offerer" && (link.status !== "open" || link.have === null);
}

/** Missing chunks that no link is expected to bring: no link that moves holds them for us or is asked for them. */
function wishesOf(work: Work, swarm: Swarm, links: Link[]): Bitmap {
  const rest = swarm.held.copy();
  for (const chunk of swarm.settling.keys()) rest.add(chunk);
  for (const chunk of swarm.lease.fetching.keys()) rest.add(chunk);
  const { bytes } = rest;
  for (const link of links) {
    if (link.status !== "open" || link.have === null || isStalled(link, work.now)) continue;
    const brings = expected(link, link.have, work.now);
    for (let at = 0; at < bytes.length; at++) bytes[at] = (bytes[at] ?? 0) | (brings[at] ?? 0);
  }
  for (let at = 0; at < bytes.length; at++) bytes[at] = ~(bytes[at] ?? 0) & 0xff;
  const spare = bytes.length * 8 - swarm.chunks;
  if (spare > 0) bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) & (0xff << spare);
  return new Bitmap(swarm.chunks, bytes.slice());
}

/** What a link may bring: what it holds and has not just refused, and what it is asked for. */
function expected(link: Link, have: Bitmap, now: number): Uint8Array {
  const bytes = have.bytes.slice();
  for (const [chunk, until] of link.refusedUntil) {
    if (until > now) bytes[chunk >> 3] = (bytes[chunk >> 3] ?? 0) & ~(0x80 >> (chunk & 7));
  }
  for (const chunk of link.asked.keys()) bytes[chunk >> 3] = (bytes[chunk >> 3] ?? 0) | (0x80 >> (chunk & 7));
  return bytes;
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
  for (const chunk of message.chunks) {
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
