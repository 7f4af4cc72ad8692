import { chunkLength } from "../../protocol/manifest";
import { MOST_SOURCES_SHOWN } from "./constants";
import { deliveredBy, ORIGIN, originOf, type Source } from "./events";
import { newRate } from "./rate";
import { bytesOf, hold } from "./holding";
import { type Swarm, type Transfer, transferOf, type TransferSource, type Work } from "./state";

/** The name of the hub among the sources of a transfer. */
export const HUB_SOURCE = "hub";

/** Bytes that arrived and were of no use: duplicates, pieces of withdrawn requests, wrong chunks. */
export function countWaste(work: Work, swarm: Swarm, bytes: number): void {
  const transfer = transferOf(work.state, swarm);
  if (transfer !== null && bytes > 0) transfer.wasted += bytes;
}

/** Bytes that arrived, useful or not: moves the rates and the time of the first byte. */
export function countArrival(work: Work, swarm: Swarm, kind: "hub" | "peer", id: string, bytes: number): void {
  const transfer = transferOf(work.state, swarm);
  if (transfer?.state !== "running") return;
  transfer.firstByteAt ??= work.now;
  transfer.rate.pending += bytes;
  sourceOf(transfer, kind, id).rate.pending += bytes;
}

/** The origin byte of a chunk that has come: a damaged one was delivered before, and is not delivered twice. */
export function storedOrigin(swarm: Swarm, chunk: number, source: Source): number {
  const before = deliveredBy(swarm.origins[chunk] ?? ORIGIN.missing);
  return before === ORIGIN.missing ? originOf(source) : before;
}

/** A chunk that is verified and in the store. What replaces a damaged one is waste. */
export function countKept(work: Work, swarm: Swarm, chunk: number, source: Source): void {
  const bytes = chunkLength(swarm.manifest, chunk);
  const isRepair = deliveredBy(swarm.origins[chunk] ?? ORIGIN.missing) !== ORIGIN.missing;
  hold(swarm, chunk, storedOrigin(swarm, chunk, source));
  if (isRepair) {
    countWaste(work, swarm, bytes);
    return;
  }
  const transfer = transferOf(work.state, swarm);
  if (transfer === null) return;
  if (source.kind === "hub") transfer.fromHub += bytes;
  else transfer.fromPeers += bytes;
  if (source.kind === "peer" && source.relayed) transfer.relayed += bytes;
  sourceOf(transfer, source.kind, source.kind === "hub" ? HUB_SOURCE : source.peer).bytes += bytes;
}

/**
 * Takes the counts of a transfer from what the store remembers of each chunk. What was held before it began is held, not
 * delivered: no byte is counted in two transfers.
 */
export function countFromStore(swarm: Swarm, transfer: Transfer): void {
  const hub = bytesOf(swarm, ORIGIN.hub);
  const relayed = bytesOf(swarm, ORIGIN.relay);
  const peers = bytesOf(swarm, ORIGIN.peer) + relayed;
  const { before } = transfer;
  transfer.before = {
    hub: Math.min(hub, before?.hub ?? hub),
    peers: Math.min(peers, before?.peers ?? peers),
    relayed: Math.min(relayed, before?.relayed ?? relayed),
  };
  transfer.fromHub = hub - transfer.before.hub;
  transfer.fromPeers = peers - transfer.before.peers;
  transfer.relayed = relayed - transfer.before.relayed;
  transfer.held = hub + peers + bytesOf(swarm, ORIGIN.own) - transfer.fromHub - transfer.fromPeers;
  if (transfer.fromHub > 0) sourceOf(transfer, "hub", HUB_SOURCE).bytes = transfer.fromHub;
}

function sourceOf(transfer: Transfer, kind: "hub" | "peer", id: string): TransferSource {
  const known = transfer.sources.get(id);
  if (known !== undefined) return known;
  const source: TransferSource = { kind, bytes: 0, rate: newRate() };
  transfer.sources.set(id, source);
  for (const each of transfer.sources.keys()) {
    if (transfer.sources.size <= MOST_SOURCES_SHOWN) break;
    if (each !== HUB_SOURCE && each !== id) transfer.sources.delete(each);
  }
  return source;
}
