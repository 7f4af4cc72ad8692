import { tellWilling } from "./giving";
import { askHub } from "./lease";
import { faultLink, watchSetup } from "./links";
import { mendLink } from "./meeting";
import { settle } from "./rate";
import { askSwarm, watchLink } from "./requests";
import { serve } from "./serving";
import type { Work } from "./state";
import { watchSwarm } from "./swarms";
import { noteRunning, reportNow } from "./transfers";
import { tellVolunteer } from "./trials";

/** What time alone brings about; called a few times a second. */
export function tick(work: Work): void {
  const { state, now } = work;
  const millis = now - state.tickAt;
  state.tickAt = now;
  for (const link of [...state.links.values()]) {
    settle(link.download, millis);
    watchSetup(work, link);
    mendLink(work, link);
    const swarm = state.swarms.get(link.content);
    if (swarm !== undefined && watchLink(work, swarm, link)) faultLink(work, link, "silent");
  }
  tellWilling(work);
  tellVolunteer(work);
  for (const swarm of [...state.swarms.values()]) {
    watchSwarm(work, swarm);
    askSwarm(work, swarm);
    askHub(work, swarm);
  }
  for (const transfer of state.transfers.values()) {
    settle(transfer.rate, millis);
    for (const source of transfer.sources.values()) settle(source.rate, millis);
    reportNow(work, transfer);
    noteRunning(work, transfer);
  }
  serve(work);
}
