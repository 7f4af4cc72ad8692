/** Readers for values that a stranger sent: the value when it has the shape, null when it has not. */

/** A JSON object, its members still unknown. */
export type Members = Record<string, unknown>;

/** An object that is neither null nor a list. */
export function readObject(value: unknown): Members | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Members) : null;
}

/** Text of at most `longest` UTF-16 units. */
export function readText(value: unknown, longest: number): string | null {
  return typeof value === "string" && value.length <= longest ? value : null;
}

/** Text of one shape. */
export function readShape(value: unknown, shape: RegExp): string | null {
  return typeof value === "string" && shape.test(value) ? value : null;
}

/** A whole number from `least` to `most`. */
export function readInteger(value: unknown, least: number, most: number): number | null {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= least && value <= most ? value : null;
}

/** A list of at most `longest` items, each of which `read` accepts. */
export function readList<T>(value: unknown, longest: number, read: (item: unknown) => T | null): T[] | null {
  if (!Array.isArray(value) || value.length > longest) return null;
  const items: T[] = [];
  for (const item of value as unknown[]) {
    const known = read(item);
    if (known === null) return null;
    items.push(known);
  }
  return items;
}

/** A JSON text as an object. */
export function readJsonObject(text: string): Members | null {
  try {
    return readObject(JSON.parse(text));
  } catch {
    return null;
  }
}

/** A content id: 64 lower-case hexadecimal digits. */
export const CONTENT_ID = /^[0-9a-f]{64}$/;

/** A peer, link or transfer id: 16 random bytes, base64url. */
export const SHORT_ID = /^[A-Za-z0-9_-]{22}$/;

/** A lease id, opaque to the peer. */
export const LEASE_ID = /^[A-Za-z0-9_-]{1,64}$/;

/** A UUID as the hub writes it (RFC 9562). */
export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A SHA-256 fingerprint: 32 upper-case hexadecimal pairs joined by colons (RFC 8122). */
export const FINGERPRINT = /^[0-9A-F]{2}(?::[0-9A-F]{2}){31}$/;

/** A compact JWS (RFC 7515, section 7.1) of a bounded length. */
export const COMPACT_JWS = /^(?=.{5,4096}$)[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;
