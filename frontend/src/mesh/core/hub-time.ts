import type { TicketClaims } from "../../protocol/ticket";
import type { Work } from "./state";

/** Reads the hub's clock off a ticket that the hub has made this moment; right to a second and the way of one message. */
export function readHubTime(work: Work, fresh: Pick<TicketClaims, "issued">): void {
  work.state.hubAhead = fresh.issued * 1000 - work.now;
}

/** The time by the hub's clock, in milliseconds since 1970: this machine's may be wrong by hours. */
export function hubTime(work: Work): number {
  return work.now + work.state.hubAhead;
}
