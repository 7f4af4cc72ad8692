/** Bytes that contents take together where the person has set no limit. */
const DEFAULT_BYTES = 10 * 1024 ** 3;

/** The part of what the browser allows this origin that contents may take: the rest is for the pages and for its estimate's error. */
const SHARE = 0.5;

/** Bytes that contents may take: the person's limit, never more than half of what the browser allows; null where it is not known. */
export function sensibleRoom(wished: number | null, allowed: number | null): number {
  const most = allowed === null ? Number.POSITIVE_INFINITY : Math.floor(allowed * SHARE);
  return Math.min(wished ?? DEFAULT_BYTES, most);
}
