import { Bitmap } from "../../protocol/bitmap";
import { type HubMessage, type Model, MOST_LEASED } from "../../protocol/messages";
import type { ProblemCode } from "../../protocol/problems";
import { mayTake, take } from "./bucket";
import {
  HAVE_BEFORE_LEASE,
  LEASE_ANSWER_MILLIS,
  LEASE_BYTES,
  LEASE_RETRY_MILLIS,
  LEASE_SECONDS,
  LEASES_PER_SECOND,
  LINK_PATIENCE_MILLIS,
  LONGEST_LEASE_PAUSE_MILLIS,
  MOST_LEASES_AT_ONCE,
  NEIGHBOURS_PATIENCE_MILLIS,
  UNHELD_ONLY_MILLIS,
} from "./constants";
import { countSource, isMissing } from "./loose";
import { isRelayed, isStalled, lengthOf } from "./picker";
import { isFetching, type Link, linksOf, type Swarm, transferOf, type Work } from "./state";

/** Asks the hub for chunks that no link is expected to bring; one question at a time. */
export function askHub(work: Work, swarm: Swarm): void {
  const { lease } = swarm;
  const model = transferOf(work.state, swarm)?.model;
  if (!work.state.online || !swarm.entered || model === undefined || !isFetching(work.state, swarm)) return;
  if (lease.askedAt !== null && work.now - lease.askedAt < LEASE_ANSWER_MILLIS) return;
  if (work.now < lease.nextAt || fetchingBytes(swarm) > LEASE_BYTES / 2) return;
  const links = linksOf(work.state, swarm.content);
  if (model === "peers" && isPatient(work, swarm, links)) return;
  const wishes = wishesOf(work, swarm, links, model);
  if (wishes.count === 0 || !mayTake(work, work.state.download, swarm.manifest.chunkSize)) return;
  if (!mayAsk(work)) return;
  if (swarm.toHub.length >= HAVE_BEFORE_LEASE) tellHeld(work, swarm);
  lease.askedAt = work.now;
  const { content } = swarm;
  const room = roomFor(work, swarm);
  work.effects.push({ do: "send-hub", message: { type: "lease", content, model, wanted: wishes.toText(), room } });
}

/** Whether the hub takes another question; if so, it is counted. */
function mayAsk({ state, now }: Work): boolean {
  const saved = state.leases.left + (Math.max(0, now - state.leases.at) * LEASES_PER_SECOND) / 1000;
  state.leases = { left: Math.min(MOST_LEASES_AT_ONCE, saved), at: now };
  if (state.leases.left < 1) return false;
  state.leases.left--;
  return true;
}

/** Tells the hub of the chunks that are newly held. */
export function tellHeld(work: Work, swarm: Swarm): void {
  const chunks = swarm.toHub;
  swarm.toHub = [];
  swarm.toHubAt = work.now;
  work.effects.push({ do: "send-hub", message: { type: "have", content: swarm.content, chunks } });
}

/**
 * Whether links get more time before the hub is asked: whoever chose peers would rather wait for them. In the first moments there is
 * nothing to wait for, as the hub gives only what no member holds.
 */
function isPatient(work: Work, swarm: Swarm, links: Link[]): boolean {
  const since = work.now - swarm.enteredAt;
  if (since < UNHELD_ONLY_MILLIS) return false;
  if (since < LINK_PATIENCE_MILLIS && links.some(mayStillBring)) return true;
  return links.length === 0 && swarm.ticket === null && since < NEIGHBOURS_PATIENCE_MILLIS;
}

/** How many chunks are taken at once: what is fetched together, and no long debt under a download limit. */
function roomFor(work: Work, swarm: Swarm): number {
  const { perSecond } = work.state.download;
  const paced = perSecond === null ? LEASE_BYTES : Math.min(LEASE_BYTES, perSecond * LEASE_SECONDS);
  const free = Math.floor((paced - fetchingBytes(swarm)) / swarm.manifest.chunkSize);
  return Math.max(1, Math.min(MOST_LEASED, free));
}

/**
 * A link that this end offered, and that is being set up or has not said yet what it holds, may still bring everything. Links that
 * others offer are not waited for: a member that offers without end would keep the hub from being asked.
 */
function mayStillBring(link: Link): boolean {
  return link.role === "offerer" && (link.status !== "open" || link.have === null);
}

/**
 * Missing chunks that no link is expected to bring. With peers a link that moves is expected to bring whatever it holds; in an
 * automatic transfer only what it has been asked for, which is what it brings in the next moments: the hub knows whether it should help.
 * So with a relayed link: for bulk the hub's own HTTP costs less than a relay, and the hub may give what only relayed links hold.
 */
function wishesOf(work: Work, swarm: Swarm, links: Link[], model: Model): Bitmap {
  const rest = swarm.held.copy();
  for (const chunk of swarm.settling.keys()) rest.add(chunk);
  for (const chunk of swarm.lease.fetching.keys()) rest.add(chunk);
  const { bytes } = rest;
  for (const link of links) {
    if (link.status !== "open" || link.have === null || isStalled(link, work.now)) continue;
    const brings = expected(
      link,
      model === "peers" && !isRelayed(link) ? link.have : new Bitmap(swarm.chunks),
      work.now,
    );
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
    lease.fetching.set(chunk, { length, since: work.now });
    take(work.state.download, length);
    countSource(swarm, chunk, 1);
    work.effects.push({ do: "fetch-leased", content: swarm.content, lease: message.lease, chunk, length });
  }
}

/** A leased chunk is here or lost; answers whether it was being fetched. */
export function leaseSettled(swarm: Swarm, chunk: number): boolean {
  if (!swarm.lease.fetching.delete(chunk)) return false;
  countSource(swarm, chunk, -1);
  swarm.lease.failures = 0;
  return true;
}

/** A leased chunk could not be fetched: wait, longer each time. */
export function leaseFailed(work: Work, swarm: Swarm, chunk: number, problem: ProblemCode): void {
  const { lease } = swarm;
  const failures = lease.failures + 1;
  const length = lease.fetching.get(chunk)?.length ?? 0;
  if (!leaseSettled(swarm, chunk)) return;
  take(work.state.download, -length);
  lease.failures = failures;
  const pause = Math.min(LONGEST_LEASE_PAUSE_MILLIS, 500 * 2 ** Math.min(failures, 10));
  lease.nextAt = problem === "lease-invalid" && failures === 1 ? work.now : work.now + pause;
}

/** Gives up what is on its way from the hub. */
export function dropLeases(work: Work, swarm: Swarm): void {
  const { fetching } = swarm.lease;
  if (fetching.size === 0) return;
  for (const [chunk, { length }] of [...fetching]) {
    leaseSettled(swarm, chunk);
    take(work.state.download, -length);
  }
  work.effects.push({ do: "drop-leased", content: swarm.content });
}

function fetchingBytes(swarm: Swarm): number {
  let bytes = 0;
  for (const { length } of swarm.lease.fetching.values()) bytes += length;
  return bytes;
}
