import type { HubMessage } from "../../protocol/messages";
import { drawId } from "./chance";
import type { KeptContent } from "./events";
import { fetchPinned, noteUse } from "./keeping";
import { pausedBy } from "./limits";
import type { MeshState, Swarm, Transfer, Work } from "./state";
import { cancelTransfer, isAlive, startTransfer } from "./transfers";

/** Disk given on purpose: what the hub asks this peer to keep, up to what the person gives. */

/** What the hub may still ask for now, in bytes. */
export function willingBytes(state: MeshState): number {
  if (pausedBy(state) !== null) return 0;
  let left = state.limits.giveBytes - state.takenBack;
  for (const swarm of state.swarms.values()) if (swarm.onRequest) left -= swarm.manifest.size;
  return Math.max(0, left);
}

/** Tells the hub when that is another amount than it knows. Who gives nothing and keeps nothing on request says nothing. */
export function tellWilling(work: Work): void {
  const { state } = work;
  if (!state.online || !state.storeOpen) return;
  const keeps = [...state.swarms.values()].some((swarm) => swarm.onRequest);
  if (state.willingTold === null && state.limits.giveBytes === 0 && !keeps) return;
  const bytes = willingBytes(state);
  if (bytes === state.willingTold) return;
  state.willingTold = bytes;
  work.effects.push({ do: "send-hub", message: { type: "willing", bytes } });
}

/** The hub asks for a copy. What does not fit is not begun, and the hub asks somebody else. */
export function keepAsked(work: Work, { resource, content, name }: HubMessage & { type: "keep" }): void {
  const { state } = work;
  const swarm = state.swarms.get(content);
  if (swarm !== undefined) {
    if (!swarm.onRequest && swarm.manifest.size <= willingBytes(state)) keepOnRequest(work, swarm);
    return;
  }
  const begun = [...state.transfers.values()].some((transfer) => transfer.keepFor === content && isAlive(transfer));
  if (begun || willingBytes(state) === 0) return;
  const transfer = drawId(state.chance);
  startTransfer(work, { transfer, resource, name, model: "peers", keepFor: content });
}

/** Whether what was loaded for a copy is what the hub has asked for, and still fits. */
export function mayKeep(work: Work, transfer: Transfer, kept: KeptContent): boolean {
  const { contentId, size } = kept.manifest;
  return transfer.keepFor === null || (contentId === transfer.keepFor && size <= willingBytes(work.state));
}

/** From now on the content stays because it was asked for. */
export function keepOnRequest(work: Work, swarm: Swarm): void {
  swarm.onRequest = true;
  noteUse(work, swarm);
  fetchPinned(work, swarm);
}

/** A copy need not be kept any more: it may go when room is wanted, and what has only begun goes at once. */
export function unkeepAsked(work: Work, content: string): void {
  for (const transfer of work.state.transfers.values()) {
    if (transfer.keepFor === content && isAlive(transfer)) cancelTransfer(work, transfer);
  }
  const swarm = work.state.swarms.get(content);
  if (swarm?.onRequest !== true) return;
  swarm.onRequest = false;
  noteUse(work, swarm);
}

/** The person lets a copy go: that much less is given until they say otherwise, or else it would be asked for again. */
export function takeBack(work: Work, swarm: Swarm): void {
  if (swarm.onRequest) work.state.takenBack += swarm.manifest.size;
}
