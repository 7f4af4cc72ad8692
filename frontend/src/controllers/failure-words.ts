import type { RefusalCode } from "../protocol/refusals";
import { count } from "../ui/format";

const NO_PATH = "no direct path";
const NOT_ACCEPTED = "a ticket was not accepted";
const BROKEN = "the other end did not keep to the protocol";
const GONE = "the other end had left";

const WORDS: Record<RefusalCode, string> = {
  "ticket-invalid": NOT_ACCEPTED,
  "ticket-type": NOT_ACCEPTED,
  "ticket-issuer": NOT_ACCEPTED,
  "ticket-expired": NOT_ACCEPTED,
  "ticket-content": NOT_ACCEPTED,
  "ticket-peer": NOT_ACCEPTED,
  "ticket-revoked": "access had been taken away",
  "fingerprint-missing": BROKEN,
  "fingerprint-many": BROKEN,
  "fingerprint-mismatch": BROKEN,
  "description-invalid": BROKEN,
  "not-in-swarm": GONE,
  duplicate: "there was a link already",
  busy: "the other end had no room",
  banned: "it had sent wrong bytes before",
  "frame-unknown": BROKEN,
  "frame-channel": BROKEN,
  "frame-length": BROKEN,
  "frame-range": BROKEN,
  "frame-early": BROKEN,
  "frame-flood": BROKEN,
  "hello-mismatch": BROKEN,
  "wrong-chunk": "it sent wrong bytes",
  silent: "the other end fell silent",
  unreachable: NO_PATH,
  leaving: GONE,
};

/** How often each reason was counted. */
type Failures = readonly { code: RefusalCode; count: number }[];

/** `3 attempts failed: no direct path (2), the other end had no room (1).`; empty when none has. */
export function failuresInWords(failures: Failures): string {
  const { sum, listed } = reasonsOf(failures);
  return sum === 0
    ? ""
    : `${count(sum, "attempt", "attempts")} to open a link failed: ${listed}. What they would have brought comes from others or the hub.`;
}

/** What peers have told the hub of links that could not be made or that broke; empty when there were none. */
export function lossesInWords(losses: Failures): string {
  const { sum, listed } = reasonsOf(losses);
  return sum === 0 ? "" : `${count(sum, "link was", "links were")} lost since the hub started: ${listed}.`;
}

function reasonsOf(failures: Failures): { sum: number; listed: string } {
  const counts = new Map<string, number>();
  for (const failure of failures)
    counts.set(WORDS[failure.code], (counts.get(WORDS[failure.code]) ?? 0) + failure.count);
  const sum = [...counts.values()].reduce((all, each) => all + each, 0);
  const reasons = [...counts].sort((left, right) => right[1] - left[1]);
  const listed = reasons.map(([words, times]) => (reasons.length === 1 ? words : `${words} (${times})`)).join(", ");
  return { sum, listed };
}
