import type { RefusalCode } from "./refusals";
import { FINGERPRINT } from "./shapes";

/** Longest session description that is signalled, in UTF-16 units, candidates included. */
export const LONGEST_SDP = 16 * 1024;

/**
 * The one SHA-256 fingerprint of a session description (RFC 8122), or why there is not one: every `a=fingerprint` line of
 * the session and of each medium must name the same hash function and the same value.
 */
export function fingerprintOf(sdp: string): { fingerprint: string } | { refused: RefusalCode } {
  if (sdp.length > LONGEST_SDP) return { refused: "description-invalid" };
  const found = new Set<string>();
  for (const line of sdp.split(/\r\n|\r|\n/)) {
    const attribute = /^\s*a\s*=\s*fingerprint\s*:\s*(.*)$/i.exec(line)?.[1];
    if (attribute === undefined) continue;
    const [hash, value, ...rest] = attribute.trim().split(/\s+/);
    const fingerprint = value?.toUpperCase() ?? "";
    if (hash?.toLowerCase() !== "sha-256" || rest.length > 0 || !FINGERPRINT.test(fingerprint)) {
      return { refused: "fingerprint-mismatch" };
    }
    found.add(fingerprint);
  }
  const [first, second] = [...found];
  if (first === undefined) return { refused: "fingerprint-missing" };
  return second === undefined ? { fingerprint: first } : { refused: "fingerprint-many" };
}
