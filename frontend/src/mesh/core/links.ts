import type { Signal } from "../../protocol/messages";
import { isLost, type RefusalCode } from "../../protocol/refusals";
import { isRevoked, type TicketClaims } from "../../protocol/ticket";
import { isBanned } from "./chunks";
import { MEND_MILLIS, SETUP_MILLIS } from "./constants";
import type { IceSettings } from "./events";
import { hubTime } from "./hub-time";
import { isLive, isMending, type LinkAction, type LinkEvent, type LinkStatus, transition } from "./link-life";
import { tellLost } from "./lost";
import { askLink, askSwarm, withdraw } from "./requests";
import { serve } from "./serving";
import { type Hub, type Link, linksOf, type Swarm, type Work } from "./state";

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
  if (!CHECKING.has(link.status)) return;
  if (link.theirTicket !== ticket || link.theirDescription !== sdp) return;
  if (isMending(link.status) && claims.fingerprint !== link.claims?.fingerprint) {
    advance(work, link, "faulted", "fingerprint-mismatch");
    return;
  }
  link.claims = claims;
  const twin = linksOf(work.state, link.content).find(
    (other) => other !== link && isLive(other.status) && other.claims?.fingerprint === claims.fingerprint,
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

/** While a ticket is being checked. */
const CHECKING: ReadonlySet<LinkStatus> = new Set(["verifying", "answering", "rechecking", "reanswering"]);

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

/** Links that took too long to open, or to find a path again, end. */
export function watchSetup(work: Work, link: Link): void {
  const most = isMending(link.status) ? MEND_MILLIS : SETUP_MILLIS;
  if (link.status !== "open" && work.now - link.since >= most) advance(work, link, "time-up", "unreachable");
}

/** What links may use now: leave to use a relay that has ended would only cost time. */
export function iceNow(work: Work, hub: Hub | null): IceSettings {
  const { stun, turn } = hub?.ice ?? { stun: [], turn: null };
  return { stun, turn: turn !== null && turn.expires * 1000 > hubTime(work) ? turn : null };
}

/** Moves a link along its table and does what the table says. */
export function advance(work: Work, link: Link, event: LinkEvent, why?: RefusalCode): void {
  const step = transition(link.status, event);
  if (step.next === link.status && step.actions.length === 0) return;
  if (step.next !== link.status) link.turnedAt = work.now;
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

export function act(work: Work, link: Link, action: LinkAction): void {
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
    case "make-restart":
      effects.push({ do: "make-restart", link: link.id, ice: iceNow(work, state.hub) });
      break;
    case "resume":
      link.since = link.progressAt = work.now;
      resume(work, link);
      break;
    case "close-transport":
      effects.push({ do: "close-link", link: link.id });
      break;
  }
}

function resume(work: Work, link: Link): void {
  const swarm = work.state.swarms.get(link.content);
  if (swarm !== undefined) askLink(work, swarm, link);
  serve(work);
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
