import { SOCKET_PROTOCOL, type HubMessage } from "../../protocol/messages";
import type { HubProblemCode } from "../../protocol/problems";
import { isRevoked, parseClaims, payloadOf, type RevocationList } from "../../protocol/ticket";
import { keepAsked, tellWilling, unkeepAsked } from "./giving";
import { readHubTime } from "./hub-time";
import { askHub, leaseAnswered } from "./lease";
import { advance, endLinksOfContent, faultLink } from "./links";
import { receiveSignal } from "./meeting";
import type { Swarm, Work } from "./state";
import { askAgain, enterSwarm, neighboursNamed, refuseSwarm, ticketDied } from "./swarms";
import { endTrial, tellVolunteer, trialAsked } from "./trials";

/** Problems of a content that asking again does not mend. */
const FINAL_PROBLEMS: ReadonlySet<HubProblemCode> = new Set([
  "forbidden",
  "not-found",
  "not-a-file",
  "peer-delivery-off",
  "sign-in-required",
]);

/** The socket is open: say hello. */
export function hubOpened(work: Work): void {
  const { fingerprint, madeFor } = work.state;
  const hello = { type: "hello", protocol: SOCKET_PROTOCOL, fingerprint } as const;
  work.effects.push({ do: "send-hub", message: madeFor === null ? hello : { ...hello, trial: madeFor } });
}

/** The socket is gone; links and what they carry live on. */
export function hubLost(work: Work): void {
  work.state.online = false;
  work.state.willingTold = null;
  work.state.volunteerTold = null;
  endTrial(work);
  if (work.state.status === "joined") work.state.status = "lost";
  for (const swarm of work.state.swarms.values()) {
    swarm.entered = false;
    swarm.knocked = false;
    swarm.lease.askedAt = null;
  }
}

/** A message of the hub, its shape already checked. */
export function receiveFromHub(work: Work, message: HubMessage): void {
  switch (message.type) {
    case "welcome":
      welcomed(work, message);
      break;
    case "signal":
      receiveSignal(work, message.from, message.signal);
      break;
    case "turn":
      turnRenewed(work, message);
      break;
    case "keep":
      keepAsked(work, message);
      break;
    case "unkeep":
      unkeepAsked(work, message.content);
      break;
    case "trial":
    case "trial-begin":
    case "trial-end":
      trialAsked(work, message);
      break;
    case "revoked":
      checkRevocations(work, message.list);
      break;
    case "problem":
      receiveProblem(work, message);
      break;
    case "neighbours":
    case "leased":
      receiveOfContent(work, message);
      break;
    case "permitted": {
      const swarm = work.state.swarms.get(message.content);
      if (swarm !== undefined) askAgain(work, swarm);
      break;
    }
    case "bye":
      hubLost(work);
      break;
    case "ping":
      work.effects.push({ do: "send-hub", message: { type: "ping" } });
      break;
  }
}

function receiveOfContent(work: Work, message: HubMessage & { type: "neighbours" | "leased" }): void {
  const swarm = work.state.swarms.get(message.content);
  if (swarm === undefined || swarm.refused !== null) return;
  if (message.type === "neighbours") neighboursNamed(work, swarm, message);
  else leaseAnswered(work, swarm, message);
  askHub(work, swarm);
}

function welcomed(work: Work, message: HubMessage & { type: "welcome" }): void {
  const { state } = work;
  const claims = parseClaims(payloadOf(message.ticket));
  if (claims === null) return;
  readHubTime(work, claims);
  const { member } = claims;
  if (state.hub !== null && (state.hub.member !== member || state.hub.id !== message.hub)) strangerNow(work);
  const { hub: id, peer, key, epoch, stun, turn } = message;
  state.hub = { id, peer, key, member, epoch, ice: { stun, turn } };
  state.online = true;
  state.problem = null;
  checkRevocations(work, message.revocations);
  if (state.storeOpen) {
    state.status = "joined";
    tellWilling(work);
    tellVolunteer(work);
    for (const swarm of state.swarms.values()) enterSwarm(work, swarm);
  } else {
    work.effects.push({ do: "open-store", namespace: `${id}.${member}` });
  }
}

/** Another leave to use TURN servers: for new links, and for live ones when they look for a new way. */
function turnRenewed(work: Work, { urls, username, credential, expires }: HubMessage & { type: "turn" }): void {
  const { hub } = work.state;
  if (hub === null) return;
  hub.ice = { ...hub.ice, turn: { urls, username, credential, expires } };
}

/** Another account has signed in, or it is another hub: nothing of the first one's may be shown or served. */
function strangerNow(work: Work): void {
  const { state } = work;
  for (const content of state.swarms.keys()) endLinksOfContent(work, content, "leaving");
  state.swarms.clear();
  state.transfers.clear();
  state.revocations = null;
  if (state.storeOpen) work.effects.push({ do: "close-store" });
  state.storeOpen = false;
}

function checkRevocations(work: Work, list: string): void {
  const { hub } = work.state;
  if (hub !== null) work.effects.push({ do: "check-revocations", list, key: hub.key, issuer: hub.id });
}

/** A revocation list with a good signature: whatever rests on a dead ticket ends at once. */
export function applyRevocations(work: Work, list: RevocationList): void {
  const { state } = work;
  if (state.revocations !== null && list.epoch < state.revocations.epoch) return;
  state.revocations = list;
  for (const link of [...state.links.values()]) {
    if (link.claims !== null && isRevoked(link.claims, list)) faultLink(work, link, "ticket-revoked");
  }
  for (const swarm of state.swarms.values()) {
    const own = swarm.ticket === null ? null : parseClaims(payloadOf(swarm.ticket));
    if (own !== null && isRevoked(own, list)) ticketDied(work, swarm);
  }
}

function receiveProblem(work: Work, message: HubMessage & { type: "problem" }): void {
  const link = message.link === null ? undefined : work.state.links.get(message.link);
  if (link !== undefined) {
    advance(work, link, "turned-away", "unreachable");
    return;
  }
  const swarm = message.content === null ? undefined : work.state.swarms.get(message.content);
  if (swarm === undefined) {
    if (message.content === null) work.state.problem = message.code;
    return;
  }
  if (FINAL_PROBLEMS.has(message.code)) refuseSwarm(work, swarm, wordFor(swarm, message.code));
  else swarm.lease.askedAt = null;
}

/** Who was let in before and is not any more has lost the right; who never was hears the hub's own word. */
function wordFor(swarm: Swarm, code: HubProblemCode): HubProblemCode | "access-revoked" {
  return swarm.admitted && code === "forbidden" ? "access-revoked" : code;
}
