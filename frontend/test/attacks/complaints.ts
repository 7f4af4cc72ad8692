import {
  LARGEST_BUFFER_BYTES,
  LARGEST_WINDOW_BYTES,
  LEAST_PIECE_BYTES,
  MOST_ASKED_BYTES,
  LEAST_REQUESTS,
  MOST_FORGIVEN_BYTES,
  MOST_HAVE_TO_HUB,
  MOST_KNOWN_WRONG,
  MOST_LINKS,
  MOST_LINKS_OF_CONTENT,
  MOST_LINKS_OFFERED,
  MOST_REQUESTS,
  MOST_SOURCES,
  MOST_SOURCES_SHOWN,
  MOST_TRANSFERS,
  MOST_UNSETTLED_BYTES,
  READ_AHEAD_TOTAL_BYTES,
} from "../../src/mesh/core/constants";
import { type Link, linksOf, type MeshState, type Swarm, type Transfer } from "../../src/mesh/core/state";
import { isBanned } from "../../src/mesh/core/chunks";
import { isLive } from "../../src/mesh/core/link-life";
import { LARGEST_CHUNK } from "../../src/protocol/manifest";
import { REFUSALS } from "../../src/protocol/refusals";
import { isRevoked } from "../../src/protocol/ticket";

/** All windows, and what is asked of every link all the same. */
const MOST_ASKED = MOST_ASKED_BYTES + MOST_LINKS * LEAST_REQUESTS * LARGEST_CHUNK;

type Complaint = string | false;

/** Everything in a peer's state that must never be so: each bound of `constants.ts`, and each sum that must agree. */
export function complaints(state: MeshState): string[] {
  const all: Complaint[] = [
    state.links.size > MOST_LINKS && `${state.links.size} links`,
    state.endings.size > REFUSALS.length && "endings of no known reason",
    state.wrongChunks.size > MOST_KNOWN_WRONG && `${state.wrongChunks.size} marks remembered`,
    state.transfers.size > MOST_TRANSFERS && `${state.transfers.size} transfers`,
    sum(state.links, (link) => link.askedBytes) > MOST_ASKED && "too much asked of all links",
    sum(state.swarms, settlingOf) > MOST_UNSETTLED_BYTES + MOST_ASKED && "too much is settling",
    sum(state.links, readAheadOf) > READ_AHEAD_TOTAL_BYTES + LARGEST_CHUNK && "too much is read ahead",
    sum(state.links, (link) => link.sent) > state.sent && "links sent more than there is",
    (state.received < 0 || state.sent < 0) && "negative totals",
  ];
  for (const link of state.links.values()) all.push(...ofLink(state, link));
  for (const swarm of state.swarms.values()) all.push(...ofSwarm(state, swarm));
  for (const transfer of state.transfers.values()) all.push(...ofTransfer(state, transfer));
  return all.filter((each) => each !== false);
}

function ofLink(state: MeshState, link: Link): Complaint[] {
  const asked = [...link.asked.values()];
  const open = link.status === "open" || link.status === "greeting" || link.status === "connecting";
  return [
    link.status === "closed" && "a closed link is kept",
    asked.length > MOST_REQUESTS && `${asked.length} requests`,
    link.askedBytes !== asked.reduce((bytes, each) => bytes + each.length, 0) && "asked bytes do not add up",
    link.askedBytes > LARGEST_WINDOW_BYTES + LARGEST_CHUNK && `${link.askedBytes} bytes asked`,
    asked.some((each) => each.got >= each.length) && "a whole chunk waits",
    asked.some((each) => each.pieces.length > 17 + each.length / LEAST_PIECE_BYTES) && "too many pieces",
    asked.some((each) => each.pieces.reduce((got, piece) => got + piece.bytes.length, 0) !== each.got) && "lost pieces",
    link.wanted.length + link.reading.size + link.outgoing.length > MOST_REQUESTS && "too many requests of theirs",
    [...link.unwanted].some((chunk) => !link.reading.has(chunk)) && "a read is unwanted that is not going on",
    link.unaskedAllowance > MOST_FORGIVEN_BYTES && `${link.unaskedAllowance} bytes forgiven`,
    link.buffered > LARGEST_BUFFER_BYTES && `${link.buffered} bytes buffered`,
    (link.sent < 0 || link.received < 0) && "negative counts of a link",
    open && link.claims === null && "a link without a ticket",
    open && link.claims !== null && isRevoked(link.claims, state.revocations) && "a revoked ticket has a link",
    open && isBanned({ state, now: 0, effects: [] }, link.claims?.fingerprint ?? "") && "a banned peer has a link",
    !isLive(link.status) && (link.have !== null || asked.length > 0) && "asked or believed before greetings",
  ];
}

function ofSwarm(state: MeshState, swarm: Swarm): Complaint[] {
  const links = linksOf(state, swarm.content);
  const chunks = Array.from({ length: swarm.chunks }, (_, chunk) => chunk);
  const copies = (chunk: number): number => links.filter((link) => link.have?.has(chunk) === true).length;
  const sources = (chunk: number): number =>
    links.filter((link) => link.asked.has(chunk)).length + (swarm.lease.fetching.has(chunk) ? 1 : 0);
  return [
    links.length > MOST_LINKS_OF_CONTENT && `${links.length} links of a content`,
    links.filter((link) => link.role === "answerer").length > MOST_LINKS_OFFERED && "others' offers take every place",
    chunks.some((chunk) => swarm.copies[chunk] !== copies(chunk)) && "copies do not add up",
    chunks.some((chunk) => swarm.sources[chunk] !== sources(chunk)) && "sources do not add up",
    chunks.some((chunk) => sources(chunk) > MOST_SOURCES + 1) && "too many sources",
    chunks.some((chunk) => swarm.held.has(chunk) && swarm.settling.has(chunk)) && "settles what is held",
    swarm.toHub.length > MOST_HAVE_TO_HUB && "too much to tell the hub",
    swarm.lease.fetching.size > swarm.chunks && "more leased than there is",
    swarm.heldBytes > swarm.manifest.size && "more held than there is",
    swarm.served < 0 && "served less than nothing",
  ];
}

function ofTransfer(state: MeshState, transfer: Transfer): Complaint[] {
  const { held, fromHub, fromPeers, wasted, size } = transfer;
  const swarm = transfer.content === null ? undefined : state.swarms.get(transfer.content);
  const together = held + fromHub + fromPeers;
  const mine = swarm?.transfer === transfer.id;
  return [
    [held, fromHub, fromPeers, wasted, size].some((each) => !Number.isSafeInteger(each) || each < 0) && "no counts",
    together > size && `${together} of ${size} bytes`,
    mine && together !== swarm.heldBytes && `counts ${together} and holds ${swarm.heldBytes}`,
    transfer.state === "completed" && together !== size && "complete with a gap",
    transfer.sources.size > MOST_SOURCES_SHOWN && `${transfer.sources.size} sources remembered`,
  ];
}

function settlingOf(swarm: Swarm): number {
  return [...swarm.settling.values()].reduce((bytes, each) => bytes + each, 0);
}

function readAheadOf(link: Link): number {
  return link.outgoing.reduce((bytes, each) => bytes + each.bytes.length, 0);
}

function sum<T>(all: ReadonlyMap<string, T>, of: (each: T) => number): number {
  let total = 0;
  for (const each of all.values()) total += of(each);
  return total;
}
