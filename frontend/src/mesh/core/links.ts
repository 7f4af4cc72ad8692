import { LARGEST_FRAME, PIECE_HEADER_BYTES } from "../../protocol/frames";
import type { Signal } from "../../protocol/messages";
import { isLost, type RefusalCode } from "../../protocol/refusals";
import { isRevoked, type TicketClaims } from "../../protocol/ticket";
import { drawId } from "./chance";
import { isBanned } from "./chunks";
import {
  FIRST_WINDOW_BYTES,
  MOST_FRAMES_AT_ONCE,
  MOST_LINKS,
  MOST_LINKS_OF_CONTENT,
  MOST_LINKS_OFFERED,
  SETUP_MILLIS,
  UNASKED_BYTES,
} from "./constants";
import type { IceSettings } from "./events";
import { hubTime } from "./hub-time";
import { type LinkAction, type LinkEvent, transition } from "./link-life";
import { tellLost } from "./lost";
import { newRate } from "./rate";
import { askSwarm, withdraw } from "./requests";
import { type Hub, type Link, linksOf, type Swarm, type Work } from "./state";

/** Starts links to the neighbours the hub named, as far as there is room. */
export function meetNeighbours(work: Work, swarm: Swarm, peers: readonly string[]): void {
  for (const peer of peers) {
    const own = work.state.hub;
    const known = linksOf(work.state, swarm.content).some((link) => link.peer === peer);
    if (own === null || swarm.ticket === null || known || peer === own.peer || !makeRoom(work, swarm, "offerer"))
      continue;
    const link = newLink(work, swarm, drawId(work.state.chance), peer, "offerer");
    work.effects.push({ do: "make-offer", link: link.id, ice: iceNow(work, own) });
  }
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
  if (link.status !== "offered") return;
  link.theirTicket = signal.ticket;
  link.theirDescription = signal.sdp;
  advance(work, link, "answer-arrived");
}

function receiveOffer(work: Work, from: string, offer: Signal & { kind: "offer" | "answer" }): void {
  const swarm = work.state.swarms.get(offer.content);
  const own = work.state.hub;
  if (own === null || from === own.peer || work.state.links.has(offer.link)) return;
  const refuse = (code: RefusalCode): void => {
    const signal: Signal = { kind: "refuse", content: offer.content, link: offer.link, code };
    work.effects.push({ do: "send-hub", message: { type: "signal", to: from, signal } });
  };
  if (swarm?.ticket == null || swarm.refused !== null) {
    refuse("not-in-swarm");
    return;
  }
  const other = linksOf(work.state, offer.content).find((link) => link.peer === from);
  if (other !== undefined && other.role === "offerer" && other.status !== "open" && own.peer > from) {
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

/**
 * The other end's ticket has been found good for a description; what may have changed meanwhile is looked at again. The offerer
 * chooses the link's id, and may have taken it back and used it again for another description while the first was being checked.
 */
export function ticketPassed(
  work: Work,
  link: Link,
  passed: { ticket: string; sdp: string; claims: TicketClaims },
): void {
  const { ticket, sdp, claims } = passed;
  if (link.status !== "verifying" && link.status !== "answering") return;
  if (link.theirTicket !== ticket || link.theirDescription !== sdp) return;
  link.claims = claims;
  const twin = linksOf(work.state, link.content).find(
    (other) => other !== link && other.status === "open" && other.claims?.fingerprint === claims.fingerprint,
  );
  if (isRevoked(claims, work.state.revocations)) advance(work, link, "faulted", "ticket-revoked");
  else if (isBanned(work, claims.fingerprint)) advance(work, link, "faulted", "banned");
  else if (claims.fingerprint === work.state.fingerprint) advance(work, link, "faulted", "duplicate");
  else if (twin !== undefined && link.role === "offerer") advance(work, link, "faulted", "duplicate");
  else {
    if (twin !== undefined) advance(work, twin, "transport-lost", "duplicate");
    advance(work, link, "ticket-passed");
  }
}

/** This end ends a link for a reason of its own. */
export function faultLink(work: Work, link: Link, code: RefusalCode): void {
  advance(work, link, "faulted", code);
}

/** Ends every link to one certificate. */
export function endLinksOf(work: Work, fingerprint: string, code: RefusalCode): void {
  for (const link of [...work.state.links.values()]) {
    if (link.claims?.fingerprint === fingerprint) advance(work, link, "faulted", code);
  }
}

/** Ends every link of one content. */
export function endLinksOfContent(work: Work, content: string, code: RefusalCode): void {
  for (const link of linksOf(work.state, content)) advance(work, link, "faulted", code);
}

/** Links that took too long to open end. */
export function watchSetup(work: Work, link: Link): void {
  if (link.status !== "open" && work.now - link.since >= SETUP_MILLIS) advance(work, link, "time-up", "unreachable");
}

/** What links may use now: leave to use a relay that has ended would only cost time. */
function iceNow(work: Work, hub: Hub | null): IceSettings {
  const { stun, turn } = hub?.ice ?? { stun: [], turn: null };
  return { stun, turn: turn !== null && turn.expires * 1000 > hubTime(work) ? turn : null };
}

/** Moves a link along its table and does what the table says. */
export function advance(work: Work, link: Link, event: LinkEvent, why?: RefusalCode): void {
  const step = transition(link.status, event);
  if (step.next === link.status && step.actions.length === 0) return;
  link.status = step.next;
  if (why !== undefined) link.why = why;
  for (const action of step.actions) act(work, link, action);
  if (link.status === "closed") remove(work, link);
}

function remove(work: Work, link: Link): void {
  if (!work.state.links.delete(link.id)) return;
  if (link.why !== null) countEnd(work, link, link.why);
  tellLost(work, link);
  const swarm = work.state.swarms.get(link.content);
  if (swarm === undefined) return;
  withdraw(work, swarm, link, [...link.asked.values()], false);
  if (link.have !== null) countCopies(swarm, link, -1);
  askSwarm(work, swarm);
}

function countEnd(work: Work, link: Link, why: RefusalCode): void {
  const { endings, failures } = work.state;
  endings.set(why, (endings.get(why) ?? 0) + 1);
  if (!link.opened && isLost(why)) failures.set(why, (failures.get(why) ?? 0) + 1);
}

/** Adds or takes away what a link holds from the count of copies. */
export function countCopies(swarm: Swarm, link: Link, sign: 1 | -1): void {
  for (let chunk = 0; chunk < swarm.chunks; chunk++) {
    if (link.have?.has(chunk) === true) swarm.copies[chunk] = Math.max(0, (swarm.copies[chunk] ?? 0) + sign);
  }
}

function act(work: Work, link: Link, action: LinkAction): void {
  const { effects, state } = work;
  const common = { content: link.content, link: link.id };
  const described = { ...common, sdp: link.ownDescription, ticket: link.ownTicket };
  const theirs = { link: link.id, sdp: link.theirDescription };
  const signal = (message: Signal): void => {
    effects.push({ do: "send-hub", message: { type: "signal", to: link.peer, signal: message } });
  };
  switch (action) {
    case "send-offer":
      signal({ kind: "offer", ...described });
      break;
    case "send-answer":
      signal({ kind: "answer", ...described });
      break;
    case "send-refusal":
      signal({ kind: "refuse", ...common, code: link.why ?? "unreachable" });
      break;
    case "check-ticket":
      checkTicket(work, link);
      break;
    case "apply-answer":
      effects.push({ do: "apply-answer", ...theirs });
      break;
    case "make-answer":
      effects.push({ do: "make-answer", ...theirs, ice: iceNow(work, state.hub) });
      break;
    case "send-hello": {
      const epoch = Math.max(state.hub?.epoch ?? 0, state.revocations?.epoch ?? 0);
      effects.push({ do: "send-frame", link: link.id, frame: { type: "hello", epoch, ticket: link.ownTicket } });
      break;
    }
    case "announce": {
      link.opened = true;
      const held = state.swarms.get(link.content)?.held;
      if (held === undefined) break;
      effects.push({ do: "send-frame", link: link.id, frame: { type: "have-all", bitmap: held.bytes.slice() } });
      break;
    }
    case "close-transport":
      effects.push({ do: "close-link", link: link.id });
      break;
  }
}

function checkTicket(work: Work, link: Link): void {
  const { hub, revocations } = work.state;
  if (hub === null) return;
  work.effects.push({
    do: "check-ticket",
    link: link.id,
    ticket: link.theirTicket,
    sdp: link.theirDescription,
    key: hub.key,
    expected: {
      issuer: hub.id,
      content: link.content,
      peer: link.peer,
      now: Math.floor(hubTime(work) / 1000),
      revocations,
      hubLost: !work.state.online,
    },
  });
}
