import { drawId } from "./chance";
import { USE_MILLIS } from "./constants";
import { isKept } from "./events";
import { endLinksOfContent } from "./links";
import { unhold } from "./holding";
import { newTransfer } from "./new-state";
import { type Swarm, transferOf, type Work } from "./state";
import { enterSwarm } from "./swarms";
import { attachTransfer, dropSwarm, isAlive, noteTransfer } from "./transfers";

/** A content has been fetched, served or saved: it is the last to go when room is wanted. */
export function useSwarm(work: Work, swarm: Swarm): void {
  swarm.usedAt = work.now;
  if (work.now - swarm.useNotedAt >= USE_MILLIS) noteUse(work, swarm);
}

/** The person wants a content kept, or no longer. What is missing of it is fetched. */
export function pinSwarm(work: Work, swarm: Swarm, pinned: boolean): void {
  swarm.pinned = pinned;
  noteUse(work, swarm);
  fetchPinned(work, swarm);
}

/** Tells the store how a content is used. */
export function noteUse(work: Work, swarm: Swarm): void {
  const { content, pinned, onRequest, usedAt } = swarm;
  swarm.useNotedAt = work.now;
  work.effects.push({ do: "use", content, use: { pinned, onRequest, usedAt } });
}

/** Whether a content stays when room is wanted: the person or the hub has asked for it. */
export function stays(swarm: Swarm): boolean {
  return swarm.pinned || swarm.onRequest;
}

/** A pinned content is made whole again by itself, from peers as far as they have it: nobody waits for it. */
export function fetchPinned(work: Work, swarm: Swarm): void {
  const transfer = transferOf(work.state, swarm);
  if (!stays(swarm) || swarm.held.full || swarm.refused !== null || (transfer !== null && isAlive(transfer))) return;
  const { resource, name } = swarm;
  const again = newTransfer({ transfer: drawId(work.state.chance), resource, name, model: "peers" }, work.now);
  work.state.transfers.set(again.id, again);
  attachTransfer(work, swarm, again);
  noteTransfer(work, swarm, again);
}

/**
 * Lets contents go so that another one of `bytes` fits below the limit: the least recently used first, none that is pinned, under transfer or
 * being sent to somebody, and none in vain.
 */
export function fitContent(work: Work, content: string, bytes: number): void {
  const { quota, swarms } = work.state;
  if (quota === null || swarms.has(content)) return;
  const idle = idleSwarms(work);
  const over = takenBytes(work) + bytes - quota.limit;
  if (idle.reduce((sum, swarm) => sum + swarm.manifest.size, 0) >= over) evict(work, idle, over);
}

/** Lets contents go that do not fit below a limit that has become less, as far as that is possible. */
export function fitLimit(work: Work): void {
  const { quota } = work.state;
  if (quota !== null) evict(work, idleSwarms(work), takenBytes(work) - quota.limit);
}

function evict(work: Work, idle: Swarm[], over: number): void {
  for (const swarm of idle) {
    if (over <= 0) return;
    over -= swarm.manifest.size;
    dropSwarm(work, swarm);
  }
}

function takenBytes(work: Work): number {
  let bytes = 0;
  for (const swarm of work.state.swarms.values()) bytes += swarm.manifest.size;
  return bytes;
}

function idleSwarms(work: Work): Swarm[] {
  const { state } = work;
  const sending = new Set<string>();
  for (const link of state.links.values()) {
    if (link.wanted.length + link.reading.size + link.outgoing.length > 0) sending.add(link.content);
  }
  return [...state.swarms.values()]
    .filter((swarm) => {
      const transfer = transferOf(state, swarm);
      return !stays(swarm) && !sending.has(swarm.content) && (transfer === null || !isAlive(transfer));
    })
    .sort((left, right) => left.usedAt - right.usedAt);
}

/** The store has found a kept chunk damaged: it is missing again, and the store looks through the rest. */
export function chunkDamaged(work: Work, swarm: Swarm, chunk: number): void {
  loseChunks(work, swarm, [chunk]);
  if (swarm.inspecting) return;
  swarm.inspecting = true;
  work.effects.push({ do: "inspect", content: swarm.content });
}

/** The store has looked through a content. */
export function inspected(work: Work, swarm: Swarm, origins: Uint8Array): void {
  swarm.inspecting = false;
  const damaged: number[] = [];
  origins.forEach((origin, chunk) => {
    if (!isKept(origin)) damaged.push(chunk);
  });
  loseChunks(work, swarm, damaged);
}

/** Nobody can be told that a chunk is no longer held, so the links end and the swarm is entered anew with what is true. */
function loseChunks(work: Work, swarm: Swarm, chunks: readonly number[]): void {
  const lost = chunks.filter((chunk) => unhold(swarm, chunk));
  if (lost.length === 0) return;
  endLinksOfContent(work, swarm.content, "leaving");
  fetchPinned(work, swarm);
  enterSwarm(work, swarm);
}
