/** Why an attempt or a link ended: the closed list of codes that peers give each other (`signal` of kind `refuse`, and `bye`). */
export const REFUSALS = [
  "ticket-invalid",
  "ticket-type",
  "ticket-issuer",
  "ticket-expired",
  "ticket-content",
  "ticket-peer",
  "ticket-revoked",
  "fingerprint-missing",
  "fingerprint-many",
  "fingerprint-mismatch",
  "description-invalid",
  "not-in-swarm",
  "duplicate",
  "busy",
  "banned",
  "frame-unknown",
  "frame-channel",
  "frame-length",
  "frame-range",
  "frame-early",
  "frame-flood",
  "hello-mismatch",
  "wrong-chunk",
  "silent",
  "unreachable",
  "leaving",
] as const;

/** One code of that list. */
export type RefusalCode = (typeof REFUSALS)[number];

/** The codes that the hub is told (`lost`): links that end otherwise end every day and mean nothing. */
export type LostCode = Exclude<RefusalCode, "leaving" | "duplicate">;

/** Whether the hub is told of a link that ended so. */
export function isLost(code: RefusalCode): code is LostCode {
  return code !== "leaving" && code !== "duplicate";
}

const known: ReadonlySet<string> = new Set(REFUSALS);

/** Whether a stranger's word is one of the list. */
export function isRefusal(value: unknown): value is RefusalCode {
  return typeof value === "string" && known.has(value);
}
