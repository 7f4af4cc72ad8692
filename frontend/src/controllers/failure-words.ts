import type { RefusalCode } from "../protocol/refusals";

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

/** `3 attempts failed: no direct path (2), the other end had no room (1).`; empty when none has. */
export function failuresInWords(failures: readonly { code: RefusalCode; count: number }[]): string {
  const counts = new Map<string, number>();
  for (const { code, count } of failures) counts.set(WORDS[code], (counts.get(WORDS[code]) ?? 0) + count);
  const sum = [...counts.values()].reduce((all, each) => all + each, 0);
  if (sum === 0) return "";
  const reasons = [...counts].sort((left, right) => right[1] - left[1]);
  const listed = reasons.map(([words, count]) => (reasons.length === 1 ? words : `${words} (${count})`)).join(", ");
  return `${sum} ${sum === 1 ? "attempt" : "attempts"} to open a link failed: ${listed}. What they would have brought comes from others or the hub.`;
}
