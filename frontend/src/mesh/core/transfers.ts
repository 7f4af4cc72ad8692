import type { ProblemCode } from "../../protocol/problems";
import { countFromStore } from "./accounting";
import {
  MOST_TRANSFERS,
  NOTE_MILLIS,
  REPORT_MILLIS,
  SERVING_REPORT_MILLIS,
  UNCHANGED_REPORT_MILLIS,
} from "./constants";
import { isKept, type KeptContent, ORIGIN } from "./events";
import { keepOnRequest, mayKeep } from "./giving";
import { pausedBy } from "./limits";
import { endLinksOfContent } from "./links";
import { newRate } from "./rate";
import { askSwarm, withdrawAll } from "./requests";
import { type AskedFile, newSwarm, newTransfer } from "./new-state";
import { type Swarm, type Transfer, transferOf, type Work } from "./state";
import { enterSwarm } from "./swarms";

/** A file is asked for. */
export function startTransfer(work: Work, asked: AskedFile): void {
  const transfer = newTransfer(asked, work.now);
  work.state.transfers.set(transfer.id, transfer);
  trim(work);
  if (work.state.status === "off") end(work, transfer, "failed", "not-joined");
  else loadTransfer(work, transfer);
}

/** Fetches the manifest and opens the store for a transfer, once there is a store. */
export function loadTransfer(work: Work, transfer: Transfer): void {
  if (!work.state.storeOpen || transfer.loading || transfer.content !== null || transfer.state !== "running") return;
  transfer.loading = true;
  const { id, resource, name } = transfer;
  work.effects.push({ do: "load", transfer: id, resource, name });
}

/** The manifest is here and the store is open. */
export function transferLoaded(work: Work, id: string, kept: KeptContent): void {
  const transfer = work.state.transfers.get(id);
  if (!work.state.storeOpen) return;
  if (transfer !== undefined) transfer.loading = false;
  if (transfer === undefined || !isAlive(transfer)) {
    unwanted(work, kept);
    return;
  }
  if (!mayKeep(work, transfer, kept)) {
    end(work, transfer, "cancelled", null);
    unwanted(work, kept);
    return;
  }
  const swarm = work.state.swarms.get(kept.manifest.contentId) ?? newSwarm(kept, work.now);
  const earlier = transferOf(work.state, swarm);
  if (earlier !== null && earlier !== transfer && isAlive(earlier)) end(work, earlier, "cancelled", null);
  attachTransfer(work, swarm, transfer);
  if (transfer.keepFor !== null) keepOnRequest(work, swarm);
  swarm.refused = null;
  if (swarm.held.full) completeTransfer(work, swarm);
  noteTransfer(work, swarm, transfer);
  enterSwarm(work, swarm);
}

/** A content was loaded for a transfer that has been given up meanwhile: what the load made goes. */
function unwanted(work: Work, { manifest, origins }: KeptContent): void {
  if (work.state.swarms.has(manifest.contentId) || !isBare(origins)) return;
  work.effects.push({ do: "drop", content: manifest.contentId });
}

/** Whether nothing is held: what a load leaves behind that was cut short. */
export function isBare(origins: Uint8Array): boolean {
  return !origins.some(isKept);
}

/** A transfer that was under way when the page was left goes on as it stood. */
export function resumeRecalled(work: Work, swarm: Swarm, kept: KeptContent): void {
  const { note } = kept;
  if (note === null || (note.state !== "running" && note.state !== "paused")) return;
  const transfer = work.state.transfers.get(note.transfer) ?? newTransfer({ ...kept, ...note }, work.now);
  transfer.startedAt = note.startedAt;
  transfer.wasted = Math.max(transfer.wasted, note.wasted);
  transfer.before = { hub: note.hubBefore, peers: note.peersBefore, relayed: note.relayedBefore };
  transfer.state = note.state;
  work.state.transfers.set(transfer.id, transfer);
  attachTransfer(work, swarm, transfer);
  if (swarm.held.full) completeTransfer(work, swarm);
}

/** Gives a content to a transfer. To a new one, chunks that are damaged are simply missing. */
export function attachTransfer(work: Work, swarm: Swarm, transfer: Transfer): void {
  if (transfer.before === null)
    swarm.origins = swarm.origins.map((origin) => (isKept(origin) ? origin : ORIGIN.missing));
  work.state.swarms.set(swarm.content, swarm);
  swarm.transfer = transfer.id;
  transfer.content = swarm.content;
  transfer.size = swarm.manifest.size;
  countFromStore(swarm, transfer);
}

/** The last chunk is kept. */
export function completeTransfer(work: Work, swarm: Swarm): void {
  const transfer = transferOf(work.state, swarm);
  if (transfer !== null && isAlive(transfer)) end(work, transfer, "completed", null);
}

/** The transfer of a content cannot go on. */
export function failTransfer(work: Work, swarm: Swarm, problem: ProblemCode): void {
  const transfer = transferOf(work.state, swarm);
  if (transfer === null || !isAlive(transfer)) return;
  withdrawAll(work, swarm);
  end(work, transfer, "failed", problem);
}

/** A transfer whose manifest or store could not be had. */
export function transferNotLoaded(work: Work, id: string, problem: ProblemCode): void {
  const transfer = work.state.transfers.get(id);
  if (transfer === undefined || !isAlive(transfer)) return;
  transfer.loading = false;
  end(work, transfer, "failed", problem);
}

/** Stops asking; what is kept is served on. */
export function pauseTransfer(work: Work, transfer: Transfer): void {
  if (transfer.state !== "running") return;
  const swarm = swarmOf(work, transfer);
  if (swarm !== null) withdrawAll(work, swarm);
  transfer.state = "paused";
  settleReport(work, transfer);
}

/** Asks on; a failed transfer is tried again from what is kept. */
export function resumeTransfer(work: Work, transfer: Transfer): void {
  if (transfer.state !== "paused" && transfer.state !== "failed") return;
  const swarm = swarmOf(work, transfer);
  transfer.state = "running";
  transfer.problem = null;
  if (swarm === null || swarm.refused !== null) {
    transfer.content = null;
    loadTransfer(work, transfer);
    return;
  }
  settleReport(work, transfer);
  askSwarm(work, swarm);
}

/** Gives a transfer up; a content that is not whole is forgotten. */
export function cancelTransfer(work: Work, transfer: Transfer): void {
  if (!isAlive(transfer) && transfer.state !== "failed") return;
  const swarm = swarmOf(work, transfer);
  if (swarm !== null) withdrawAll(work, swarm);
  end(work, transfer, "cancelled", null);
  if (swarm !== null && swarm.transfer === transfer.id && !swarm.held.full) dropSwarm(work, swarm);
}

/** Ends what was going on for a content, without a word about its bytes. */
export function abandonSwarm(work: Work, swarm: Swarm): void {
  endLinksOfContent(work, swarm.content, "leaving");
  const transfer = transferOf(work.state, swarm);
  if (transfer !== null && isAlive(transfer)) end(work, transfer, "cancelled", null);
}

/** Forgets a content: its links end, the hub is told, its bytes go. */
export function dropSwarm(work: Work, swarm: Swarm): void {
  abandonSwarm(work, swarm);
  if (work.state.online && swarm.knocked) {
    work.effects.push({ do: "send-hub", message: { type: "leave", content: swarm.content } });
  }
  work.state.swarms.delete(swarm.content);
  work.effects.push({ do: "drop", content: swarm.content });
}

/** Whether a transfer may still bring bytes. */
export function isAlive(transfer: Transfer): boolean {
  return transfer.state === "running" || transfer.state === "paused";
}

function end(work: Work, transfer: Transfer, state: Transfer["state"], problem: ProblemCode | null): void {
  transfer.state = state;
  transfer.problem = problem;
  transfer.rate = newRate();
  for (const source of transfer.sources.values()) source.rate = newRate();
  settleReport(work, transfer);
}

function settleReport(work: Work, transfer: Transfer): void {
  const swarm = swarmOf(work, transfer);
  if (swarm === null || swarm.transfer !== transfer.id) return;
  noteTransfer(work, swarm, transfer);
  // A file that was here already is complete without a delivery: there is nothing to report.
  if (transfer.fromHub + transfer.fromPeers > 0 || transfer.state !== "completed") report(work, swarm, transfer);
}

/** Tells the hub what it could not be told while it was away. */
export function reportAgain(work: Work, swarm: Swarm): void {
  const transfer = transferOf(work.state, swarm);
  if (transfer?.unreported === true) report(work, swarm, transfer);
}

/** What the store remembers across a reload. */
export function noteTransfer(work: Work, swarm: Swarm, transfer: Transfer): void {
  const { id, model, state, startedAt, wasted, before } = transfer;
  transfer.notedAt = work.now;
  transfer.notedWasted = wasted;
  const counted = {
    wasted,
    hubBefore: before?.hub ?? 0,
    peersBefore: before?.peers ?? 0,
    relayedBefore: before?.relayed ?? 0,
  };
  work.effects.push({
    do: "note",
    content: swarm.content,
    note: { transfer: id, model, state, startedAt, ...counted },
  });
}

/** Keeps the note of a running transfer fresh: useful bytes are in the store with their chunks, wasted ones only here. */
export function noteRunning(work: Work, transfer: Transfer): void {
  const swarm = swarmOf(work, transfer);
  if (swarm === null || !isAlive(transfer) || swarm.transfer !== transfer.id) return;
  if (transfer.wasted === transfer.notedWasted || work.now - transfer.notedAt < NOTE_MILLIS) return;
  noteTransfer(work, swarm, transfer);
}

/** The report of a running transfer, when it says something new; of a completed one less often, while more of its content is served. */
export function reportNow(work: Work, transfer: Transfer): void {
  const swarm = swarmOf(work, transfer);
  if (swarm === null || swarm.transfer !== transfer.id) return;
  const serves = transfer.state === "completed" && swarm.served !== transfer.servedTold;
  if (transfer.state !== "running" && !serves) return;
  const unchanged = bytesOf(swarm, transfer) === transfer.bytesTold;
  const running = unchanged ? UNCHANGED_REPORT_MILLIS : REPORT_MILLIS;
  if (work.now - transfer.reportedAt >= (serves ? SERVING_REPORT_MILLIS : running)) report(work, swarm, transfer);
}

/** All bytes that a report counts. */
function bytesOf({ served }: Swarm, { fromHub, fromPeers, wasted }: Transfer): number {
  return served + fromHub + fromPeers + wasted;
}

function report(work: Work, swarm: Swarm, transfer: Transfer): void {
  transfer.reportedAt = work.now;
  // The hub takes reports only of swarms that it has let this peer into; also the last one, after it has put it out.
  transfer.unreported = !work.state.online || !swarm.admitted;
  if (transfer.unreported) return;
  transfer.servedTold = swarm.served;
  transfer.bytesTold = bytesOf(swarm, transfer);
  const { model, size, held, fromHub, fromPeers, relayed, wasted, state, startedAt, firstByteAt } = transfer;
  work.effects.push({
    do: "send-hub",
    message: {
      type: "report",
      content: swarm.content,
      resource: transfer.resource,
      transfer: transfer.id,
      model,
      state: state === "running" && pausedBy(work.state) !== null ? "paused" : state,
      size,
      held,
      fromHub,
      fromPeers,
      relayed,
      wasted,
      startedMillisAgo: Math.max(0, Math.round(work.now - startedAt)),
      ...(firstByteAt === null ? {} : { firstByteMillis: Math.max(0, Math.round(firstByteAt - startedAt)) }),
      served: swarm.served,
    },
  });
}

function swarmOf(work: Work, transfer: Transfer): Swarm | null {
  return transfer.content === null ? null : (work.state.swarms.get(transfer.content) ?? null);
}

function trim(work: Work): void {
  for (const [id, transfer] of work.state.transfers) {
    if (work.state.transfers.size <= MOST_TRANSFERS) return;
    if (!isAlive(transfer)) work.state.transfers.delete(id);
  }
}
