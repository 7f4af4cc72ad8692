/**
 * The life of a link as a table. `offering`: own offer in the making; `offered`: waiting for the answer; `verifying`: the
 * answer's ticket is being checked; `answering`: the offer's ticket is being checked; `accepting`: own answer in the making;
 * `connecting`: ICE and DTLS at work; `greeting`: own hello sent, theirs awaited; `open`; `closed`.
 * An open link whose path is lost is mended by an ICE restart (RFC 8445, section 9), which the offerer begins: `severed`: the path is lost;
 * `restarting`, `restarted`, `rechecking`: own new offer in the making, sent, its answer's ticket being checked; `reanswering`,
 * `reaccepting`: their new offer's ticket being checked, own answer in the making; `recovering`: a new path is being looked for. A restart that
 * finds no path, or no answer, is followed by another while there is time.
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
  "severed",
  "restarting",
  "restarted",
  "rechecking",
  "reanswering",
  "reaccepting",
  "recovering",
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
  "path-lost",
  "restart-due",
  "offer-arrived",
  "path-back",
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
  | "make-restart"
  | "resume"
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

/** While a path is being mended nobody is told of giving up: they notice the same. */
const MENDING: Row = { faulted: CLOSE, "turned-away": CLOSE, "transport-lost": CLOSE, "time-up": CLOSE };

const LIFE: Record<LinkStatus, Row> = {
  offering: { ...SETUP, "offer-made": { next: "offered", actions: ["send-offer"] } },
  offered: { ...SETUP, "answer-arrived": { next: "verifying", actions: ["check-ticket"] } },
  verifying: { ...SETUP, "ticket-passed": { next: "connecting", actions: ["apply-answer"] } },
  answering: { ...SETUP, "ticket-passed": { next: "accepting", actions: ["make-answer"] } },
  accepting: { ...SETUP, "answer-made": { next: "connecting", actions: ["send-answer"] } },
  connecting: { ...SETUP, "channels-opened": { next: "greeting", actions: ["send-hello"] } },
  greeting: { ...SETUP, "hello-arrived": { next: "open", actions: ["announce"] } },
  open: {
    ...{ faulted: CLOSE, "turned-away": CLOSE, "transport-lost": CLOSE },
    "path-lost": { next: "severed", actions: [] },
    "offer-arrived": { next: "reanswering", actions: ["check-ticket"] },
  },
  severed: {
    ...MENDING,
    "path-back": { next: "open", actions: ["resume"] },
    "restart-due": { next: "restarting", actions: ["make-restart"] },
    "offer-arrived": { next: "reanswering", actions: ["check-ticket"] },
  },
  restarting: { ...MENDING, "offer-made": { next: "restarted", actions: ["send-offer"] } },
  restarted: {
    ...MENDING,
    "answer-arrived": { next: "rechecking", actions: ["check-ticket"] },
    "restart-due": { next: "restarting", actions: ["make-restart"] },
  },
  rechecking: { ...MENDING, "ticket-passed": { next: "recovering", actions: ["apply-answer"] } },
  reanswering: { ...MENDING, "ticket-passed": { next: "reaccepting", actions: ["make-answer"] } },
  reaccepting: { ...MENDING, "answer-made": { next: "recovering", actions: ["send-answer"] } },
  recovering: {
    ...MENDING,
    "path-back": { next: "open", actions: ["resume"] },
    "restart-due": { next: "restarting", actions: ["make-restart"] },
    "offer-arrived": { next: "reanswering", actions: ["check-ticket"] },
  },
  closed: {},
};

const MENDED: ReadonlySet<LinkStatus> = new Set([
  "severed",
  "restarting",
  "restarted",
  "rechecking",
  "reanswering",
  "reaccepting",
  "recovering",
]);

/** Whether a link that was open looks for a path again. */
export function isMending(status: LinkStatus): boolean {
  return MENDED.has(status);
}

/** Whether both ends have greeted: frames may come, and what is sent arrives, if late. */
export function isLive(status: LinkStatus): boolean {
  return status === "open" || isMending(status);
}

/** The next status and what to do; an event that does not fit the status changes nothing. */
export function transition(status: LinkStatus, event: LinkEvent): LinkStep {
  return LIFE[status][event] ?? { next: status, actions: [] };
}
