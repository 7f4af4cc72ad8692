import { chunkNotAdmitted, receiveLeased } from "./chunks";
import type { KeptContent, MeshEvent } from "./events";
import { takeBack } from "./giving";
import { chunkDamaged, inspected, pinSwarm, useSwarm } from "./keeping";
import { leaseFailed } from "./lease";
import { newSwarm } from "./new-state";
import type { MeshState, Swarm, Transfer, Work } from "./state";
import { enterSwarm } from "./swarms";
import {
  abandonSwarm,
  cancelTransfer,
  dropSwarm,
  pauseTransfer,
  resumeTransfer,
  startTransfer,
  transferLoaded,
  transferNotLoaded,
} from "./transfers";

/** The events of one content or one transfer. */
export type ContentSteps = MeshEvent & {
  type:
    | "fetch"
    | "pause"
    | "resume"
    | "cancel"
    | "forget"
    | "pin"
    | "used"
    | "damaged"
    | "inspected"
    | "loaded"
    | "load-failed"
    | "adopted"
    | "admit-failed"
    | "lease-bytes"
    | "lease-failed";
};

/** What happens to one content or one transfer. */
export function applyToContent(work: Work, event: ContentSteps): void {
  const { state } = work;
  switch (event.type) {
    case "fetch":
      startTransfer(work, event);
      break;
    case "pause":
    case "resume":
    case "cancel":
      withTransfer(state, event.transfer, (transfer) => {
        ({ pause: pauseTransfer, resume: resumeTransfer, cancel: cancelTransfer })[event.type](work, transfer);
      });
      break;
    case "loaded":
      transferLoaded(work, event.transfer, event.kept);
      break;
    case "load-failed":
      transferNotLoaded(work, event.transfer, event.problem);
      break;
    case "adopted":
      adopted(work, event.kept);
      break;
    case "forget":
    case "pin":
    case "used":
    case "damaged":
    case "inspected":
    case "admit-failed":
    case "lease-bytes":
    case "lease-failed":
      withSwarm(state, event.content, (swarm) => {
        applyToSwarm(work, swarm, event);
      });
      break;
  }
}

type SwarmSteps = MeshEvent & {
  type: "forget" | "pin" | "used" | "damaged" | "inspected" | "admit-failed" | "lease-bytes" | "lease-failed";
};

function applyToSwarm(work: Work, swarm: Swarm, event: SwarmSteps): void {
  switch (event.type) {
    case "forget":
      takeBack(work, swarm);
      dropSwarm(work, swarm);
      break;
    case "pin":
      pinSwarm(work, swarm, event.pinned);
      break;
    case "used":
      useSwarm(work, swarm);
      break;
    case "damaged":
      chunkDamaged(work, swarm, event.chunk);
      break;
    case "inspected":
      inspected(work, swarm, event.origins);
      break;
    case "admit-failed":
      chunkNotAdmitted(work, swarm, event.chunk, event.problem);
      break;
    case "lease-bytes":
      receiveLeased(work, swarm, event.chunk, { offset: 0, bytes: event.bytes });
      break;
    case "lease-failed":
      leaseFailed(work, swarm, event.chunk, event.problem);
      break;
  }
}

/** A file of this browser's own is verified and kept: nothing of it need be fetched any more. */
function adopted(work: Work, kept: KeptContent): void {
  const { state } = work;
  if (!state.storeOpen) return;
  const earlier = state.swarms.get(kept.manifest.contentId);
  if (earlier?.held.full === true) return;
  if (earlier !== undefined) abandonSwarm(work, earlier);
  const swarm = newSwarm(kept, work.now);
  state.swarms.set(swarm.content, swarm);
  enterSwarm(work, swarm);
}

/** Does something with a content, if it is known. */
export function withSwarm(state: MeshState, content: string, then: (swarm: Swarm) => void): void {
  const swarm = state.swarms.get(content);
  if (swarm !== undefined) then(swarm);
}

function withTransfer(state: MeshState, id: string, then: (transfer: Transfer) => void): void {
  const transfer = state.transfers.get(id);
  if (transfer !== undefined) then(transfer);
}
