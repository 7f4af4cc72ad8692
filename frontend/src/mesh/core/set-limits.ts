import type { Limits, Supply } from "../ports";
import { askHub } from "./lease";
import { pausedBy } from "./limits";
import { endLinksOfContent } from "./links";
import { askSwarm, withdrawAll, withdrawUnbegun } from "./requests";
import { serve } from "./serving";
import type { Work } from "./state";
import { enterSwarm } from "./swarms";
import { setOwnRates, tellVolunteer } from "./trials";

/** The time has come at which something that was held back may go. */
export function wake(work: Work): void {
  work.state.wakeAt = null;
  serve(work);
  for (const swarm of work.state.swarms.values()) {
    askSwarm(work, swarm);
    askHub(work, swarm);
  }
}

/** The person has set limits; they hold from now on, also for what is under way. */
export function setLimits(work: Work, limits: Limits): void {
  const { state } = work;
  whilePausing(work, () => {
    state.limits = limits;
    state.takenBack = 0;
  });
  if (limits.downloadBytesPerSecond !== null) {
    for (const swarm of state.swarms.values()) withdrawUnbegun(work, swarm);
  }
  setOwnRates(work);
  tellVolunteer(work);
  wake(work);
}

/** What the machine lives on has changed. */
export function setSupply(work: Work, supply: Supply): void {
  whilePausing(work, () => {
    work.state.supply = supply;
  });
}

/** A peer that pauses leaves its swarms, so that nobody counts on it, and enters them again when it goes on. */
function whilePausing(work: Work, change: () => void): void {
  const { state } = work;
  const before = pausedBy(state);
  change();
  const after = pausedBy(state);
  if (before === null && after !== null) pause(work);
  if (before !== null && after === null) for (const swarm of state.swarms.values()) enterSwarm(work, swarm);
}

function pause(work: Work): void {
  const { state } = work;
  for (const swarm of state.swarms.values()) {
    withdrawAll(work, swarm);
    endLinksOfContent(work, swarm.content, "leaving");
    if (state.online && swarm.knocked) {
      work.effects.push({ do: "send-hub", message: { type: "leave", content: swarm.content } });
    }
    Object.assign(swarm, { knocked: false, entered: false, ticket: null });
  }
}
