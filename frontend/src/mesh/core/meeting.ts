import { LARGEST_FRAME, PIECE_HEADER_BYTES } from "../../protocol/frames";
import type { Neighbour, Signal } from "../../protocol/messages";
import type { RefusalCode } from "../../protocol/refusals";
import { drawId } from "./chance";
import {
  FIRST_WINDOW_BYTES,
  LEAST_RESTART_MILLIS,
  MOST_FRAMES_AT_ONCE,
  MOST_LINKS,
  MOST_LINKS_OF_CONTENT,
  MOST_LINKS_OFFERED,
  RECOVERY_MILLIS,
  RESTART_ANSWER_MILLIS,
  UNASKED_BYTES,
} from "./constants";
import { isLive, type LinkStatus } from "./link-life";
import { act, advance, iceNow } from "./links";
import { newRate } from "./rate";
import { type Link, linksOf, type Swarm, type Work } from "./state";

/**
 * Starts links to the neighbours the hub named, as far as there is room. One who has lost the hub comes back under another id; the
 * link to its certificate, which it has kept, goes on under the new one.
 */
export function meetNeighbours(work: Work, swarm: Swarm, neighbours: readonly Neighbour[]): void {
  for (const neighbour of neighbours) {
    const { peer } = neighbour;
    const own = work.state.hub;
    const links = linksOf(work.state, swarm.content);
    const kept = links.find((link) => isWith(link, neighbour));
    if (kept !== undefined) kept.peer = peer;
    const known = links.some((link) => link.peer === peer);
    if (own === null || swarm.ticket === null || known || peer === own.peer || !makeRoom(work, swarm, "offerer"))
      continue;
    const link = newLink(work, swarm, drawId(work.state.chance), peer, "offerer");
    work.effects.push({ do: "make-offer", link: link.id, ice: iceNow(work, own) });
  }
}

/** Whether this is a live link to that certificate of that member. A member can claim the certificate of another, but not to be it. */
function isWith({ status, claims }: Link, { member, fingerprint }: Neighbour): boolean {
  return isLive(status) && claims?.fingerprint === fingerprint && claims.member === member;
}

/** Ends the links to neighbours that the hub has given to others. */
export function partFrom(work: Work, swarm: Swarm, peers: readonly string[]): void {
  for (const link of linksOf(work.state, swarm.content)) {
    if (peers.includes(link.peer)) advance(work, link, "faulted", "leaving");
  }
}

/** An offer, an answer or a refusal has come over the hub. */
export function receiveSignal(work: Work, from: string, signal: Signal): void {
  if (signal.kind === "offer") {
    receiveOffer(work, from, signal);
    return;
  }
  const link = work.state.links.get(signal.link);
  if (link?.peer !== from || link.content !== signal.content) return;
  if (signal.kind === "refuse") {
    advance(work, link, "turned-away", signal.code);
    return;
  }
  if (link.status !== "offered" && link.status !== "restarted") return;
  link.theirTicket = signal.ticket;
  link.theirDescription = signal.sdp;
  advance(work, link, "answer-arrived");
}

function receiveOffer(work: Work, from: string, offer: Signal & { kind: "offer" | "answer" }): void {
  const swarm = work.state.swarms.get(offer.content);
  const own = work.state.hub;
  if (own === null || from === own.peer) return;
  const known = work.state.links.get(offer.link);
  if (known !== undefined) {
    receiveRestart(work, known, from, offer);
    return;
  }
  const refuse = (code: RefusalCode): void => {
    const signal: Signal = { kind: "refuse", content: offer.content, link: offer.link, code };
    work.effects.push({ do: "send-hub", message: { type: "signal", to: from, signal } });
  };
  if (swarm?.ticket == null || swarm.refused !== null) {
    refuse("not-in-swarm");
    return;
  }
  const other = linksOf(work.state, offer.content).find((link) => link.peer === from);
  if (other !== undefined && other.role === "offerer" && !isLive(other.status) && own.peer > from) {
    refuse("duplicate");
    return;
  }
  if (other !== undefined) advance(work, other, "transport-lost", "duplicate");
  if (!makeRoom(work, swarm, "answerer")) {
    refuse("busy");
    return;
  }
  const link = newLink(work, swarm, offer.link, from, "answerer");
  link.theirTicket = offer.ticket;
  link.theirDescription = offer.sdp;
  act(work, link, "check-ticket");
}

/** The path of a link has been lost. The offerer looks for another; the answerer waits for that. */
export function pathLost(work: Work, link: Link): void {
  if (link.status !== "open") return;
  link.since = work.now;
  advance(work, link, "path-lost");
  mendLink(work, link);
}

/** Begins a restart where one is due: at once while the hub can carry it, and again when the one before has brought nothing. */
export function mendLink(work: Work, link: Link): void {
  const wait = RESTART_AFTER_MILLIS[link.status];
  if (wait === undefined || link.role !== "offerer" || work.now - link.turnedAt < wait) return;
  const swarm = work.state.swarms.get(link.content);
  if (swarm?.entered !== true || swarm.ticket === null) return;
  link.ownTicket = swarm.ticket;
  advance(work, link, "restart-due");
}

/** How long a link without a path stays as it is before its offerer restarts it. */
const RESTART_AFTER_MILLIS: Partial<Record<LinkStatus, number>> = {
  severed: 0,
  restarted: RESTART_ANSWER_MILLIS,
  recovering: RECOVERY_MILLIS,
};

/**
 * The offerer of a link looks for a new path. Its peer id may be another by now, for its socket may have broken with the path; the link's
 * id, which nobody else knows, and the certificate are the same.
 */
function receiveRestart(work: Work, link: Link, from: string, offer: Signal & { kind: "offer" | "answer" }): void {
  const ticket = work.state.swarms.get(link.content)?.ticket;
  if (link.role !== "answerer" || link.content !== offer.content || ticket == null) return;
  const soon = link.status !== "severed" && work.now - link.turnedAt < LEAST_RESTART_MILLIS;
  if (soon || !RESTARTABLE.has(link.status)) return;
  link.peer = from;
  link.ownTicket = ticket;
  link.theirTicket = offer.ticket;
  link.theirDescription = offer.sdp;
  if (link.status !== "recovering") link.since = work.now;
  advance(work, link, "offer-arrived");
}

/** Where the answerer takes a restart: it may not have noticed yet that the path is lost, and the restart before may have failed. */
const RESTARTABLE: ReadonlySet<LinkStatus> = new Set(["open", "severed", "recovering"]);

/**
 * Whether one more link may be made; an idle one between two that hold everything gives way. Offers of others never take every
 * place: whoever offers without end would keep out the neighbours that the hub names.
 */
function makeRoom(work: Work, swarm: Swarm, role: Link["role"]): boolean {
  const links = linksOf(work.state, swarm.content);
  const offered = links.filter((link) => link.role === "answerer");
  const crowded = role === "answerer" && offered.length >= MOST_LINKS_OFFERED;
  if (!crowded && links.length < MOST_LINKS_OF_CONTENT && work.state.links.size < MOST_LINKS) return true;
  const isIdle = (link: Link): boolean => link.status === "open" && swarm.held.full && link.have?.full === true;
  const idle = (crowded ? offered : links).find(isIdle);
  if (idle === undefined) return false;
  advance(work, idle, "turned-away", "leaving");
  return true;
}

function newLink(work: Work, swarm: Swarm, id: string, peer: string, role: Link["role"]): Link {
  const link: Link = {
    id,
    peer,
    content: swarm.content,
    role,
    status: role === "offerer" ? "offering" : "answering",
    since: work.now,
    turnedAt: work.now,
    ownTicket: swarm.ticket ?? "",
    theirTicket: "",
    theirDescription: "",
    ownDescription: "",
    claims: null,
    why: null,
    opened: false,
    path: null,
    roundTripMillis: null,
    have: null,
    asked: new Map(),
    askedBytes: 0,
    window: { bytes: FIRST_WINDOW_BYTES, shrunkAt: work.now },
    progressAt: work.now,
    unaskedAllowance: UNASKED_BYTES,
    frames: { left: MOST_FRAMES_AT_ONCE, at: work.now },
    refusedUntil: new Map(),
    download: newRate(),
    received: 0,
    largestPiece: LARGEST_FRAME - PIECE_HEADER_BYTES,
    wanted: [],
    reading: new Set(),
    unwanted: new Set(),
    outgoing: [],
    buffered: 0,
    sent: 0,
    turn: 0,
  };
  work.state.links.set(id, link);
  return link;
}
