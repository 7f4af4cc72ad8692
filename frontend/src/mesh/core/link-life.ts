/**
 * The life of a link as a table. `offering`: own offer in the making; `offered`: waiting for the answer; `verifying`: the
 * answer's ticket is being checked; `answering`: the offer's ticket is being checked; `accepting`: own answer in the making;
 * `connecting`: ICE and DTLS at work; `greeting`: own hello sent, theirs awaited; `open`; `closed`.
 */
export const LINK_STATUSES = [
  "offering",
  "offered",
  "verifying",
  "answering",
  "accepting",
  "connecting",
  "greeting",
  "open",
  "closed",
] as const;

export type LinkStatus = (typeof LINK_STATUSES)[number];

/** What happens to a link. `faulted`: this end has found a reason to end it; `turned-away`: the other end has. */
export const LINK_EVENTS = [
  "offer-made",
  "answer-arrived",
  "ticket-passed",
  "answer-made",
  "channels-opened",
  "hello-arrived",
  "faulted",
  "turned-away",
  "transport-lost",
  "time-up",
] as const;

export type LinkEvent = (typeof LINK_EVENTS)[number];

/** What this end does about it. */
export type LinkAction =
  | "send-offer"
  | "check-ticket"
  | "apply-answer"
  | "make-answer"
  | "send-answer"
  | "send-hello"
  | "announce"
  | "send-refusal"
  | "close-transport";

export interface LinkStep {
  next: LinkStatus;
  actions: readonly LinkAction[];
}

type Row = Partial<Record<LinkEvent, LinkStep>>;

const REFUSE: LinkStep = { next: "closed", actions: ["send-refusal", "close-transport"] };
const CLOSE: LinkStep = { next: "closed", actions: ["close-transport"] };

/** Until both ends have greeted, whoever gives up tells the other over signalling. */
const SETUP: Row = { faulted: REFUSE, "turned-away": CLOSE, "transport-lost": CLOSE, "time-up": REFUSE };

const LIFE: Record<LinkStatus, Row> = {
  offering: { ...SETUP, "offer-made": { next: "offered", actions: ["send-offer"] } },
  offered: { ...SETUP, "answer-arrived": { next: "verifying", actions: ["check-ticket"] } },
  verifying: { ...SETUP, "ticket-passed": { next: "connecting", actions: ["apply-answer"] } },
  answering: { ...SETUP, "ticket-passed": { next: "accepting", actions: ["make-answer"] } },
  accepting: { ...SETUP, "answer-made": { next: "connecting", actions: ["send-answer"] } },
  connecting: { ...SETUP, "channels-opened": { next: "greeting", actions: ["send-hello"] } },
  greeting: { ...SETUP, "hello-arrived": { next: "open", actions: ["announce"] } },
  open: { faulted: CLOSE, "turned-away": CLOSE, "transport-lost": CLOSE },
  closed: {},
};

/** The next status and what to do; an event that does not fit the status changes nothing. */
export function transition(status: LinkStatus, event: LinkEvent): LinkStep {
  return LIFE[status][event] ?? { next: status, actions: [] };
}
