import { mayTake, take } from "./bucket";
import {
  LARGEST_BUFFER_BYTES,
  LEAST_PIECE_BYTES,
  MOST_REQUESTS,
  PIECE_SECONDS,
  READ_AHEAD_BYTES,
  READ_AHEAD_TOTAL_BYTES,
} from "./constants";
import type { RejectReason } from "../../protocol/frames";
import { PIECE_HEADER_BYTES } from "../../protocol/frames";
import type { Bytes } from "./events";
import { useSwarm } from "./keeping";
import { lengthOf } from "./picker";
import { type Link, linksOf, type MeshState, type Swarm, type Work } from "./state";

/** A neighbour asks for chunks. The indexes are in range. */
export function receiveRequest(work: Work, swarm: Swarm, link: Link, chunks: readonly number[]): void {
  const missing: number[] = [];
  const tooMany: number[] = [];
  const first: number[] = [];
  for (const chunk of chunks) {
    if (link.unwanted.delete(chunk) || isBeingServed(link, chunk)) continue;
    if (!swarm.held.has(chunk)) missing.push(chunk);
    else if (openRequests(link) >= MOST_REQUESTS) tooMany.push(chunk);
    else {
      link.wanted.push(chunk);
      if (swarm.given.add(chunk) && swarm.copies[chunk] === 0) first.push(chunk);
    }
  }
  tellGiven(work, swarm, link, first);
  reject(work, link, "not-held", missing);
  reject(work, link, "busy", tooMany);
  serve(work);
}

/** Tells the others which chunks that none of them holds are on their way to one of them, so that they ask for different ones. */
function tellGiven(work: Work, swarm: Swarm, to: Link, chunks: number[]): void {
  if (chunks.length === 0) return;
  for (const link of linksOf(work.state, swarm.content)) {
    if (link === to || link.status !== "open" || link.have?.full === true) continue;
    work.effects.push({ do: "send-frame", link: link.id, frame: { type: "given", chunks } });
  }
}

/**
 * A neighbour no longer needs chunks: whatever of them is not sent yet is dropped. A read that is under way cannot be stopped and
 * goes on counting as one, or else asking and cancelling in turn would start reads without end.
 */
export function receiveCancel(work: Work, link: Link, chunks: readonly number[]): void {
  const gone = new Set(chunks);
  link.wanted = link.wanted.filter((chunk) => !gone.has(chunk));
  link.outgoing = link.outgoing.filter((outgoing) => !gone.has(outgoing.chunk));
  for (const chunk of gone) if (link.reading.has(chunk)) link.unwanted.add(chunk);
  serve(work);
}

/** A chunk has been read from the store; null: the store cannot give it. */
export function chunkRead(work: Work, link: Link, chunk: number, bytes: Bytes | null): void {
  if (!link.reading.delete(chunk)) return;
  if (link.unwanted.delete(chunk)) {
    serve(work);
    return;
  }
  if (bytes === null) reject(work, link, "not-held", [chunk]);
  else link.outgoing.push({ chunk, bytes, sent: 0 });
  serve(work);
}

/** Sends what has been read as far as buffers and the upload limit allow, then reads ahead; the least served link first. */
export function serve(work: Work): void {
  const { state } = work;
  const busy = [...state.links.values()].filter(hasWork);
  if (busy.length === 0) return;
  sendAll(work, busy);
  let ahead = aheadOfAll(state);
  for (const link of busy.sort((left, right) => left.turn - right.turn)) {
    const swarm = state.swarms.get(link.content);
    if (swarm !== undefined) ahead += readAhead(work, swarm, link, READ_AHEAD_TOTAL_BYTES - ahead);
  }
}

function hasWork(link: Link): boolean {
  return link.status === "open" && (link.outgoing.length > 0 || link.wanted.length > 0);
}

/**
 * Piece after piece to whichever link has been given least. Turns are counted in bytes from the turn at which a link began to want
 * something (start-time fair queueing, Goyal et al., SIGCOMM 1996): a newcomer waits for nobody and overtakes nobody for long.
 */
function sendAll(work: Work, links: readonly Link[]): void {
  const { state } = work;
  for (;;) {
    let next: Link | null = null;
    for (const link of links) {
      if (!hasRoom(state, link)) continue;
      link.turn = Math.max(link.turn, state.turn);
      if (next === null || link.turn < next.turn) next = link;
    }
    const length = next === null ? 0 : pieceLength(state, next);
    if (next === null || !mayTake(work, state.upload, length)) return;
    state.turn = next.turn;
    next.turn += length;
    take(state.upload, length);
    sendPiece(work, next, length);
  }
}

function hasRoom(state: MeshState, link: Link): boolean {
  if (link.outgoing.length === 0) return false;
  return link.buffered + pieceLength(state, link) + PIECE_HEADER_BYTES <= LARGEST_BUFFER_BYTES;
}

function pieceLength(state: MeshState, link: Link): number {
  const [first] = link.outgoing;
  if (first === undefined) return 0;
  const { perSecond } = state.upload;
  const smooth =
    perSecond === null ? link.largestPiece : Math.max(LEAST_PIECE_BYTES, Math.floor(perSecond * PIECE_SECONDS));
  return Math.min(link.largestPiece, smooth, first.bytes.length - first.sent);
}

function sendPiece(work: Work, link: Link, length: number): void {
  const [first] = link.outgoing;
  const swarm = work.state.swarms.get(link.content);
  if (first === undefined) return;
  const bytes = first.bytes.subarray(first.sent, first.sent + length);
  work.effects.push({ do: "send-piece", link: link.id, chunk: first.chunk, offset: first.sent, bytes });
  first.sent += length;
  link.buffered += length + PIECE_HEADER_BYTES;
  link.sent += length;
  if (swarm !== undefined) {
    swarm.served += length;
    useSwarm(work, swarm);
  }
  work.state.sent += length;
  if (first.sent === first.bytes.length) link.outgoing.shift();
}

function readAhead(work: Work, swarm: Swarm, link: Link, budget: number): number {
  let started = 0;
  let ahead = aheadOf(work.state, link);
  while (link.wanted.length > 0 && ahead < READ_AHEAD_BYTES && started < budget) {
    const chunk = link.wanted.shift();
    if (chunk === undefined) break;
    link.reading.add(chunk);
    started += lengthOf(swarm, chunk);
    ahead += lengthOf(swarm, chunk);
    work.effects.push({ do: "read-chunk", link: link.id, content: link.content, chunk });
  }
  return started;
}

function aheadOf(state: MeshState, link: Link): number {
  const chunkSize = state.swarms.get(link.content)?.manifest.chunkSize ?? 0;
  return link.outgoing.reduce((sum, each) => sum + each.bytes.length - each.sent, link.reading.size * chunkSize);
}

function aheadOfAll(state: MeshState): number {
  let bytes = 0;
  for (const link of state.links.values()) bytes += aheadOf(state, link);
  return bytes;
}

function openRequests(link: Link): number {
  return link.wanted.length + link.reading.size + link.outgoing.length;
}

function isBeingServed(link: Link, chunk: number): boolean {
  return (
    link.reading.has(chunk) || link.wanted.includes(chunk) || link.outgoing.some((outgoing) => outgoing.chunk === chunk)
  );
}

function reject(work: Work, link: Link, reason: RejectReason, chunks: number[]): void {
  if (chunks.length === 0) return;
  work.effects.push({ do: "send-frame", link: link.id, frame: { type: "reject", reason, chunks } });
}
