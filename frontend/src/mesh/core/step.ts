import { LARGEST_FRAME, PIECE_HEADER_BYTES } from "../../protocol/frames";
import type { ProblemCode } from "../../protocol/problems";
import { chunkAdmitted } from "./chunks";
import { applyToContent, withSwarm } from "./content-steps";
import { LEAST_MESSAGE_BYTES } from "./constants";
import type { Effect, KeptContent, MeshEvent } from "./events";
import { receiveFrame } from "./frames-in";
import { applyRevocations, hubLost, hubOpened, receiveFromHub } from "./hub";
import { tellWilling } from "./giving";
import { fetchPinned, fitContent, fitLimit } from "./keeping";
import { advance, faultLink, ticketPassed } from "./links";
import { pathLost } from "./meeting";
import { chunkRead, serve } from "./serving";
import { setLimits, setSupply, wake } from "./set-limits";
import { newSwarm } from "./new-state";
import type { Link, MeshState, Swarm, Work } from "./state";
import { enterSwarm } from "./swarms";
import { tick } from "./tick";
import { endTrial, tellVolunteer, trialNews } from "./trials";
import { cancelTransfer, isBare, loadTransfer, pauseTransfer, resumeRecalled } from "./transfers";

/** What one event leads to. `state` is the one handed in, changed in place. */
export interface Stepped {
  state: MeshState;
  effects: Effect[];
}

/** One step of a peer: deterministic in the state and the event, without a clock, chance or a browser of its own. */
export function step(state: MeshState, event: MeshEvent): Stepped {
  const work: Work = { state, now: event.now, effects: [] };
  apply(work, event);
  return { state, effects: work.effects };
}

function apply(work: Work, event: MeshEvent): void {
  const { state } = work;
  switch (event.type) {
    case "frame":
      withLink(state, event.link, (link) => {
        receiveFrame(work, link, event.frame);
      });
      break;
    case "drained":
      withLink(state, event.link, (link) => {
        link.buffered = event.buffered;
        serve(work);
      });
      break;
    case "chunk-read":
      withLink(state, event.link, (link) => {
        chunkRead(work, link, event.chunk, event.bytes);
      });
      break;
    case "admitted":
      withSwarm(state, event.content, (swarm) => {
        chunkAdmitted(work, swarm, event.chunk, event.source, event.outcome === "kept");
      });
      break;
    case "tick":
      tick(work);
      break;
    default:
      applyRare(work, event);
  }
}

type Frequent = "frame" | "drained" | "chunk-read" | "admitted" | "tick";

function applyRare(work: Work, event: Exclude<MeshEvent, { type: Frequent }>): void {
  const { state } = work;
  switch (event.type) {
    case "join":
      join(work, event.fingerprint);
      break;
    case "leave":
      leave(work);
      break;
    case "hub-opened":
      hubOpened(work);
      break;
    case "hub-lost":
      if (state.status === "connecting" && state.hub === null) giveUp(work, state.problem ?? "hub-unreachable");
      else hubLost(work);
      break;
    case "trial-news":
      trialNews(work, event.news);
      break;
    case "hub-message":
      if (event.message.type === "bye" && isFinal(event.message.code)) giveUp(work, event.message.code);
      else receiveFromHub(work, event.message);
      break;
    case "revocations-checked":
      applyRevocations(work, event.list);
      break;
    case "recalled":
      state.storage = event.storage;
      recalled(work, event.contents);
      break;
    case "store-failed":
      giveUp(work, event.problem);
      break;
    case "quota":
      state.quota = { used: event.used, limit: event.limit };
      fitLimit(work);
      break;
    case "room-wanted":
      fitContent(work, event.content, event.bytes);
      break;
    case "limits":
      setLimits(work, event.limits);
      break;
    case "supply":
      setSupply(work, event.supply);
      break;
    case "wake":
      wake(work);
      break;
    case "offer-made":
    case "answer-made":
    case "ticket-passed":
    case "link-faulted":
    case "channels-opened":
    case "link-lost":
    case "path-lost":
    case "path-back":
    case "link-facts":
      withLink(state, event.link, (link) => {
        applyToLink(work, link, event);
      });
      break;
    default:
      applyToContent(work, event);
  }
}

type LinkSteps = MeshEvent & {
  type:
    | "offer-made"
    | "answer-made"
    | "ticket-passed"
    | "link-faulted"
    | "channels-opened"
    | "link-lost"
    | "path-lost"
    | "path-back"
    | "link-facts";
};

function applyToLink(work: Work, link: Link, event: LinkSteps): void {
  switch (event.type) {
    case "offer-made":
    case "answer-made":
      link.ownDescription = event.sdp;
      advance(work, link, event.type);
      break;
    case "ticket-passed":
      ticketPassed(work, link, event);
      break;
    case "link-faulted":
      faultLink(work, link, event.code);
      break;
    case "channels-opened":
      link.largestPiece = Math.min(LARGEST_FRAME, event.largestMessage) - PIECE_HEADER_BYTES;
      if (event.largestMessage < LEAST_MESSAGE_BYTES) faultLink(work, link, "description-invalid");
      else advance(work, link, "channels-opened");
      break;
    case "link-lost":
      advance(work, link, "transport-lost", "unreachable");
      break;
    case "path-lost":
      pathLost(work, link);
      break;
    case "path-back":
      advance(work, link, "path-back");
      break;
    case "link-facts":
      link.path = event.path;
      link.roundTripMillis = event.roundTripMillis;
      break;
  }
}

function join(work: Work, fingerprint: string): void {
  if (work.state.status !== "off") return;
  work.state.status = "connecting";
  work.state.problem = null;
  work.state.fingerprint = fingerprint;
  work.effects.push({ do: "connect-hub" });
}

/** Signed out, or dropped by an administrator: this peer does not knock again by itself. */
function isFinal(code: string | null): code is "sign-in-required" | "forbidden" {
  return code === "sign-in-required" || code === "forbidden";
}

/** Joining has failed. */
function giveUp(work: Work, problem: ProblemCode): void {
  leave(work);
  work.state.problem = problem;
}

/** Stops being a peer; what was being fetched waits, paused, for the next time. */
function leave(work: Work): void {
  const { state } = work;
  if (state.status === "off") return;
  for (const transfer of state.transfers.values()) {
    if (transfer.content === null && transfer.state === "running") cancelTransfer(work, transfer);
    else pauseTransfer(work, transfer);
  }
  for (const link of [...state.links.values()]) faultLink(work, link, "leaving");
  endTrial(work);
  if (state.online) work.effects.push({ do: "send-hub", message: { type: "bye" } });
  work.effects.push({ do: "disconnect-hub" }, { do: "close-store" });
  state.swarms.clear();
  Object.assign(state, {
    status: "off",
    online: false,
    storeOpen: false,
    hub: null,
    willingTold: null,
    volunteerTold: null,
    received: 0,
    relayed: 0,
    sent: 0,
    failures: new Map(),
  });
}

/** The store is open: serve what it holds again, and go on with what was under way. */
function recalled(work: Work, contents: KeptContent[]): void {
  const { state } = work;
  if (state.status === "off") return;
  state.storeOpen = true;
  state.status = state.online ? "joined" : "lost";
  const recalledSwarms: { swarm: Swarm; kept: KeptContent }[] = [];
  for (const kept of contents) {
    const { note, origins, manifest } = kept;
    if (
      manifest.size > 0 &&
      isBare(origins) &&
      !kept.pinned &&
      !kept.onRequest &&
      note?.state !== "running" &&
      note?.state !== "paused"
    ) {
      work.effects.push({ do: "drop", content: manifest.contentId });
      continue;
    }
    const swarm = newSwarm(kept, work.now);
    state.swarms.set(swarm.content, swarm);
    recalledSwarms.push({ swarm, kept });
  }
  tellWilling(work);
  tellVolunteer(work);
  for (const { swarm, kept } of recalledSwarms) {
    resumeRecalled(work, swarm, kept);
    fetchPinned(work, swarm);
    enterSwarm(work, swarm);
  }
  for (const transfer of state.transfers.values()) loadTransfer(work, transfer);
}

function withLink(state: MeshState, id: string, then: (link: Link) => void): void {
  const link = state.links.get(id);
  if (link !== undefined) then(link);
}
