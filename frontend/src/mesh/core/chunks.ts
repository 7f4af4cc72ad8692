import { isLive } from "./link-life";
import { leafOf } from "../../protocol/manifest";
import type { PieceFrame } from "../../protocol/frames";
import type { ProblemCode } from "../../protocol/problems";
import { countArrival, countKept, countWaste, HUB_SOURCE, storedOrigin } from "./accounting";
import {
  LEAST_PIECE_BYTES,
  MOST_HAVE_TO_HUB,
  MOST_KNOWN_WRONG,
  MOST_WRONG_CHUNKS,
  MOST_WRONG_FROM_HUB,
} from "./constants";
import type { Piece, Source } from "./events";
import { useSwarm } from "./keeping";
import { askHub, leaseSettled } from "./lease";
import { endLinksOf, faultLink } from "./links";
import { isMissing, review } from "./loose";
import { isRelayed, lengthOf } from "./picker";
import { askLink, askSwarm, forgetAsked, moveWindow, withdrawElsewhere } from "./requests";
import { type Asked, type Link, linksOf, type Swarm, type Work } from "./state";
import { completeTransfer, failTransfer } from "./transfers";

/** Part of a chunk has come over a link. */
export function receivePiece(work: Work, swarm: Swarm, link: Link, frame: PieceFrame): void {
  const bytes = frame.bytes.length;
  if (frame.chunk >= swarm.chunks || frame.offset + bytes > lengthOf(swarm, frame.chunk)) {
    faultLink(work, link, "frame-range");
    return;
  }
  link.received += bytes;
  work.state.received += bytes;
  if (isRelayed(link)) work.state.relayed += bytes;
  link.download.pending += bytes;
  countArrival(work, swarm, "peer", link.peer, bytes);
  const asked = link.asked.get(frame.chunk);
  if (asked === undefined) {
    receiveUnasked(work, swarm, link, bytes);
    return;
  }
  link.progressAt = work.now;
  asked.pieces.push({ offset: frame.offset, bytes: frame.bytes });
  asked.got += bytes;
  if (asked.pieces.length > 16 + asked.length / LEAST_PIECE_BYTES) faultLink(work, link, "frame-flood");
  else if (asked.got >= asked.length) wholeChunk(work, swarm, link, asked);
}

function receiveUnasked(work: Work, swarm: Swarm, link: Link, bytes: number): void {
  countWaste(work, swarm, bytes);
  link.unaskedAllowance -= Math.max(bytes, LEAST_PIECE_BYTES);
  if (link.unaskedAllowance < 0) faultLink(work, link, "frame-flood");
}

function wholeChunk(work: Work, swarm: Swarm, link: Link, asked: Asked): void {
  forgetAsked(swarm, link, asked);
  moveWindow(work, link, asked);
  const { chunk } = asked;
  const source: Source = {
    kind: "peer",
    link: link.id,
    peer: link.peer,
    fingerprint: link.claims?.fingerprint ?? "",
    relayed: isRelayed(link),
  };
  if (!isMissing(swarm, chunk)) countWaste(work, swarm, asked.got);
  else if (!fitsTogether(asked)) wrongChunk(work, swarm, asked.got, source);
  else settleChunk(work, swarm, chunk, asked.pieces, source, link);
  if (work.state.links.has(link.id)) askLink(work, swarm, link);
}

/** Whether the pieces cover the chunk once, without a gap. */
function fitsTogether(asked: Asked): boolean {
  asked.pieces.sort((left, right) => left.offset - right.offset);
  let end = 0;
  for (const piece of asked.pieces) {
    if (piece.offset !== end) return false;
    end += piece.bytes.length;
  }
  return end === asked.length;
}

/** A chunk is whole: it goes to be verified and kept, and nobody else need send it. */
export function settleChunk(
  work: Work,
  swarm: Swarm,
  chunk: number,
  pieces: Piece[],
  source: Source,
  link: Link | null,
): void {
  swarm.settling.set(chunk, lengthOf(swarm, chunk));
  review(swarm, chunk);
  withdrawElsewhere(work, swarm, chunk, link);
  work.effects.push({
    do: "admit",
    content: swarm.content,
    chunk,
    source,
    pieces,
    leaf: leafOf(swarm.manifest, chunk),
    origin: storedOrigin(swarm, chunk, source),
  });
}

/** A chunk of the hub has come. */
export function receiveLeased(work: Work, swarm: Swarm, chunk: number, piece: Piece): void {
  if (!leaseSettled(swarm, chunk)) return;
  countArrival(work, swarm, "hub", HUB_SOURCE, piece.bytes.length);
  if (!isMissing(swarm, chunk)) countWaste(work, swarm, piece.bytes.length);
  else if (piece.bytes.length !== lengthOf(swarm, chunk)) wrongChunk(work, swarm, piece.bytes.length, { kind: "hub" });
  else settleChunk(work, swarm, chunk, [piece], { kind: "hub" }, null);
  askHub(work, swarm);
}

/** The store has verified a chunk. */
export function chunkAdmitted(work: Work, swarm: Swarm, chunk: number, source: Source, kept: boolean): void {
  const bytes = swarm.settling.get(chunk);
  if (bytes === undefined) return;
  swarm.settling.delete(chunk);
  if (kept) {
    countKept(work, swarm, chunk, source);
    useSwarm(work, swarm);
    announce(work, swarm, chunk);
    if (swarm.held.full) completeTransfer(work, swarm);
  } else {
    review(swarm, chunk);
    wrongChunk(work, swarm, bytes, source);
  }
  askSwarm(work, swarm);
  askHub(work, swarm);
}

/** The store could not take a chunk: the transfer cannot go on. */
export function chunkNotAdmitted(work: Work, swarm: Swarm, chunk: number, problem: ProblemCode): void {
  countWaste(work, swarm, swarm.settling.get(chunk) ?? 0);
  swarm.settling.delete(chunk);
  review(swarm, chunk);
  failTransfer(work, swarm, problem);
}

function announce(work: Work, swarm: Swarm, chunk: number): void {
  if (swarm.toHub.length < MOST_HAVE_TO_HUB) swarm.toHub.push(chunk);
  for (const link of linksOf(work.state, swarm.content)) {
    if (!isLive(link.status) || link.have?.has(chunk) === true) continue;
    work.effects.push({ do: "send-frame", link: link.id, frame: { type: "have", chunks: [chunk] } });
  }
}

/** Bytes that do not match their leaf: waste, and a mark against the sender; at the second it is dropped. */
function wrongChunk(work: Work, swarm: Swarm, bytes: number, source: Source): void {
  countWaste(work, swarm, bytes);
  if (source.kind === "hub") {
    if (++swarm.lease.wrong >= MOST_WRONG_FROM_HUB) failTransfer(work, swarm, "checksum-mismatch");
    return;
  }
  const marks = (work.state.wrongChunks.get(source.fingerprint) ?? 0) + 1;
  mark(work.state.wrongChunks, source.fingerprint, marks);
  if (marks >= MOST_WRONG_CHUNKS) endLinksOf(work, source.fingerprint, "wrong-chunk");
}

function mark(known: Map<string, number>, fingerprint: string, marks: number): void {
  known.delete(fingerprint);
  known.set(fingerprint, marks);
  for (const [oldest] of known) {
    if (known.size <= MOST_KNOWN_WRONG) return;
    known.delete(oldest);
  }
}

/** Whether a peer has sent too many wrong chunks in this session. */
export function isBanned(work: Work, fingerprint: string): boolean {
  return (work.state.wrongChunks.get(fingerprint) ?? 0) >= MOST_WRONG_CHUNKS;
}
