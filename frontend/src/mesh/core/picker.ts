import { chunkLength } from "../../protocol/manifest";
import { drawBelow } from "./chance";
import { ENDGAME_GAIN, ENDGAME_LEAST_MILLIS, LEASE_STALL_MILLIS, MOST_SOURCES, STALL_MILLIS } from "./constants";
import { isMissing, rarestLoose } from "./loose";
import { type Link, linksOf, type Swarm, type Work } from "./state";

/** Whether a link has requests open and has sent nothing for a while. */
export function isStalled(link: Link, now: number): boolean {
  return link.askedBytes > 0 && now - link.progressAt >= STALL_MILLIS;
}

/** Whether either end of a link is at a TURN server, as far as its path has been seen. */
export function isRelayed(link: Link): boolean {
  return link.path === "relay";
}

/** The chunk to ask of a link next: the rarest that nobody is asked for; at the end one that a slow source holds up. */
export function pickChunk(work: Work, swarm: Swarm, link: Link): number | null {
  const start = drawBelow(work.state.chance, swarm.chunks);
  return rarestLoose(swarm, link, start, (chunk) => !isRefused(link, chunk, work.now)) ?? heldUp(work, swarm, link);
}

/**
 * Endgame: everything missing is asked of somebody. The chunk whose source will need longest, if this link is expected to
 * bring it much sooner; a source that stalls, or a hub that is gone, counts as never, and what it holds up is looked for before the
 * end too. At most two sources a chunk.
 */
function heldUp(work: Work, swarm: Swarm, link: Link): number | null {
  let best: number | null = null;
  let longest = 0;
  for (const [chunk, { since }] of swarm.lease.fetching) {
    const hangs = !work.state.online || work.now - since >= LEASE_STALL_MILLIS;
    if (hangs && mayDouble(work, swarm, link, chunk)) return chunk;
  }
  for (const other of linksOf(work.state, swarm.content)) {
    const stalls = isStalled(other, work.now);
    if (other === link || (swarm.loose.count > 0 && !stalls)) continue;
    let ahead = 0;
    for (const asked of other.asked.values()) {
      ahead += asked.length - asked.got;
      const waits = stalls ? Number.POSITIVE_INFINITY : millisFor(other, ahead);
      if (waits <= longest || !mayDouble(work, swarm, link, asked.chunk)) continue;
      if (!isWorthIt(link, waits, asked.length)) continue;
      best = asked.chunk;
      longest = waits;
    }
  }
  return best;
}

function mayDouble(work: Work, swarm: Swarm, link: Link, chunk: number): boolean {
  return (
    (swarm.sources[chunk] ?? 0) < MOST_SOURCES &&
    link.have?.has(chunk) === true &&
    !link.asked.has(chunk) &&
    isMissing(swarm, chunk) &&
    !isRefused(link, chunk, work.now)
  );
}

function isWorthIt(link: Link, waits: number, length: number): boolean {
  if (waits === Number.POSITIVE_INFINITY) return true;
  if (waits < ENDGAME_LEAST_MILLIS || link.download.perSecond === 0) return false;
  return millisFor(link, link.askedBytes + length) * ENDGAME_GAIN < waits;
}

function millisFor(link: Link, bytes: number): number {
  return link.download.perSecond === 0 ? Number.POSITIVE_INFINITY : (bytes * 1000) / link.download.perSecond;
}

function isRefused(link: Link, chunk: number, now: number): boolean {
  return (link.refusedUntil.get(chunk) ?? 0) > now;
}

/** Bytes of a chunk, by its swarm. */
export function lengthOf(swarm: Swarm, chunk: number): number {
  return chunkLength(swarm.manifest, chunk);
}
