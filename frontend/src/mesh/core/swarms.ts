import { payloadOf, parseClaims } from "../../protocol/ticket";
import type { HubMessage } from "../../protocol/messages";
import type { ProblemCode } from "../../protocol/problems";
import {
  ASK_AGAIN_MILLIS,
  HAVE_TO_HUB_MILLIS,
  LATEST_ASK_AGAIN_MILLIS,
  LEAST_RENEWAL_MILLIS,
  REENTER_MILLIS,
  TICKET_RENEWAL,
} from "./constants";
import { hubTime, readHubTime } from "./hub-time";
import { tellHeld } from "./lease";
import { pausedBy } from "./limits";
import { endLinksOfContent } from "./links";
import { meetNeighbours, partFrom } from "./meeting";
import { isFetching, linksOf, type Swarm, transferOf, type Work } from "./state";
import { failTransfer, isAlive, reportAgain } from "./transfers";

/** Enters a swarm at the hub, or enters it again for a new ticket and other neighbours. */
export function enterSwarm(work: Work, swarm: Swarm): void {
  if (!work.state.online || swarm.refused !== null || swarm.chunks === 0) return;
  if (pausedBy(work.state) !== null || !isWanted(work, swarm)) return;
  swarm.knocked = true;
  swarm.enteredAt = work.now;
  swarm.toHub = [];
  const { resource, content } = swarm;
  work.effects.push({ do: "send-hub", message: { type: "enter", resource, content, have: swarm.held.toText() } });
}

/** A swarm is entered to fetch, or to serve what is held. */
function isWanted(work: Work, swarm: Swarm): boolean {
  const transfer = transferOf(work.state, swarm);
  return swarm.heldBytes > 0 || (transfer !== null && isAlive(transfer));
}

/** The hub has let this peer in, or has changed who its neighbours are. */
export function neighboursNamed(work: Work, swarm: Swarm, message: HubMessage & { type: "neighbours" }): void {
  const { ticket } = message;
  const claims = parseClaims(payloadOf(ticket));
  if (claims !== null) readHubTime(work, claims);
  const life = claims === null ? 0 : claims.expires * 1000 - hubTime(work);
  swarm.ticket = ticket;
  swarm.entered = true;
  swarm.admitted = true;
  swarm.refusals = 0;
  swarm.renewAt = work.now + Math.max(LEAST_RENEWAL_MILLIS, life * TICKET_RENEWAL);
  reportAgain(work, swarm);
  partFrom(work, swarm, message.part);
  meetNeighbours(work, swarm, message.peers);
}

/** The hub refuses a content, or has taken the right to it away: no byte of it goes either way from here on. */
export function refuseSwarm(work: Work, swarm: Swarm, problem: ProblemCode): void {
  swarm.refused = problem;
  swarm.askAgainAt = work.now + Math.min(LATEST_ASK_AGAIN_MILLIS, ASK_AGAIN_MILLIS * 2 ** swarm.refusals);
  swarm.refusals++;
  swarm.entered = false;
  swarm.knocked = false;
  failTransfer(work, swarm, problem);
  swarm.ticket = null;
  const lost = problem === "access-revoked" || (swarm.admitted && problem === "not-found");
  endLinksOfContent(work, swarm.content, lost ? "ticket-revoked" : "leaving");
}

/**
 * A revocation list has killed the own ticket. Whether the right itself is gone only the hub knows: a long list names
 * members without contents. Nothing rests on the ticket any more, and the hub is asked for another.
 */
export function ticketDied(work: Work, swarm: Swarm): void {
  swarm.ticket = null;
  swarm.entered = false;
  endLinksOfContent(work, swarm.content, "ticket-revoked");
  enterSwarm(work, swarm);
}

/** A right that was taken away may have come back: the hub is asked once more, and its answer stands. */
export function askAgain(work: Work, swarm: Swarm): void {
  if (swarm.refused === null) return;
  swarm.refused = null;
  enterSwarm(work, swarm);
}

/** What a swarm needs from time to time: a new ticket, other neighbours, the hub told of new chunks. */
export function watchSwarm(work: Work, swarm: Swarm): void {
  if (!work.state.online) return;
  if (swarm.refused !== null) {
    if (swarm.heldBytes > 0 && work.now >= swarm.askAgainAt) askAgain(work, swarm);
    return;
  }
  const alone = isFetching(work.state, swarm) && linksOf(work.state, swarm.content).length === 0;
  if (work.now >= swarm.renewAt || (alone && work.now - swarm.enteredAt >= REENTER_MILLIS)) {
    swarm.renewAt = work.now + LEAST_RENEWAL_MILLIS;
    enterSwarm(work, swarm);
  }
  if (swarm.entered && swarm.toHub.length > 0 && work.now - swarm.toHubAt >= HAVE_TO_HUB_MILLIS) {
    tellHeld(work, swarm);
  }
}
