import { fromBase64url } from "./base64url";
import type { RefusalCode } from "./refusals";
import {
  COMPACT_JWS,
  CONTENT_ID,
  FINGERPRINT,
  readInteger,
  readJsonObject,
  readList,
  readObject,
  readShape,
  readText,
  SHORT_ID,
  UUID,
} from "./shapes";

/** The `typ` of a ticket's header. */
export const TICKET_TYPE = "hubmesh-ticket+jwt";

/** The `typ` of a revocation list's header. */
export const REVOCATIONS_TYPE = "hubmesh-revocations+jwt";

/** Clocks of two machines may differ by this much, in seconds, before a fresh ticket counts as from the future. */
export const CLOCK_TOLERANCE_SECONDS = 60;

/** Most entries of one revocation list: bounds the work of checking each link against it. */
const MOST_REVOCATIONS = 10_000;

const LATEST_SECOND = 253_402_300_799;
const LARGEST_EPOCH = 0xffff_ffff;

/** Ed25519 public key (RFC 8037). */
export interface Jwk {
  kty: "OKP";
  crv: "Ed25519";
  x: string;
  kid?: string;
}

/**
 * The claims of a ticket; `content` is absent in the membership ticket. Times in seconds since 1970. `graceEnds` is read, and
 * must be there, but nothing is granted by it: while no peer gives grace, a ticket ends with `expires`.
 */
export interface TicketClaims {
  issuer: string;
  member: string;
  peer: string;
  fingerprint: string;
  content?: string;
  epoch: number;
  issued: number;
  expires: number;
  graceEnds: number;
}

export interface Revocation {
  member: string;
  content?: string;
}

export interface RevocationList {
  issuer: string;
  issued: number;
  epoch: number;
  entries: Revocation[];
}

/** Public key of the hub, as `welcome` brings it. */
export function parseJwk(value: unknown): Jwk | null {
  const members = readObject(value);
  const x = readShape(members?.["x"], /^[A-Za-z0-9_-]{43}$/);
  if (members?.["kty"] !== "OKP" || members["crv"] !== "Ed25519" || x === null) return null;
  const kid = readText(members["kid"], 128);
  return { kty: "OKP", crv: "Ed25519", x, ...(kid === null ? {} : { kid }) };
}

/** The claims of a ticket whose signature somebody else has checked. */
export function parseClaims(value: unknown): TicketClaims | null {
  const members = readObject(value);
  if (members === null) return null;
  const issuer = readShape(members["iss"], UUID);
  const member = readShape(members["sub"], SHORT_ID);
  const peer = readShape(members["pid"], SHORT_ID);
  const fingerprint = readShape(members["fp"], FINGERPRINT);
  const epoch = readInteger(members["ep"], 0, LARGEST_EPOCH);
  const issued = readInteger(members["iat"], 0, LATEST_SECOND);
  const expires = readInteger(members["exp"], 0, LATEST_SECOND);
  const graceEnds = readInteger(members["gexp"], 0, LATEST_SECOND);
  if (issuer === null || member === null || peer === null || fingerprint === null) return null;
  if (epoch === null || issued === null || expires === null || graceEnds === null) return null;
  const claims: TicketClaims = { issuer, member, peer, fingerprint, epoch, issued, expires, graceEnds };
  if (members["cid"] === undefined) return claims;
  const content = readShape(members["cid"], CONTENT_ID);
  return content === null ? null : { ...claims, content };
}

/** The claims of a revocation list whose signature somebody else has checked. */
export function parseRevocations(value: unknown): RevocationList | null {
  const members = readObject(value);
  if (members === null) return null;
  const issuer = readShape(members["iss"], UUID);
  const issued = readInteger(members["iat"], 0, LATEST_SECOND);
  const epoch = readInteger(members["ep"], 0, LARGEST_EPOCH);
  const entries = readList(members["rev"], MOST_REVOCATIONS, readRevocation);
  if (issuer === null || issued === null || epoch === null || entries === null) return null;
  return { issuer, issued, epoch, entries };
}

function readRevocation(item: unknown): Revocation | null {
  const members = readObject(item);
  const member = readShape(members?.["sub"], SHORT_ID);
  if (members === null || member === null) return null;
  if (members["cid"] === undefined) return { member };
  const content = readShape(members["cid"], CONTENT_ID);
  return content === null ? null : { member, content };
}

/** The payload of a compact JWS, its signature not checked: only for what the hub itself sent over its own socket. */
export function payloadOf(jws: string): unknown {
  if (!COMPACT_JWS.test(jws)) return null;
  const bytes = fromBase64url(jws.split(".")[1] ?? "");
  return bytes === null ? null : readJsonObject(new TextDecoder().decode(bytes));
}

/** What the checker of a ticket knows by itself. `now` in seconds since 1970. */
export interface Expected {
  issuer: string;
  content: string;
  peer: string;
  /** From the session description. */
  fingerprint: string;
  now: number;
  revocations: RevocationList | null;
  /** Whether the checker has itself lost the hub: it honours the grace of a ticket that its list is not newer than. */
  hubLost: boolean;
}

/** Why a ticket with a good signature does not do here; null when it does. */
export function refuseClaims(claims: TicketClaims, expected: Expected): RefusalCode | null {
  if (claims.issuer !== expected.issuer) return "ticket-issuer";
  const graced = expected.hubLost && claims.epoch >= (expected.revocations?.epoch ?? 0);
  if ((graced ? Math.max(claims.expires, claims.graceEnds) : claims.expires) <= expected.now) return "ticket-expired";
  if (claims.issued > expected.now + CLOCK_TOLERANCE_SECONDS) return "ticket-expired";
  if (claims.content !== expected.content) return "ticket-content";
  if (claims.peer !== expected.peer) return "ticket-peer";
  if (claims.fingerprint !== expected.fingerprint) return "fingerprint-mismatch";
  return isRevoked(claims, expected.revocations) ? "ticket-revoked" : null;
}

/** Whether the list kills the ticket: issued before the list, and an entry names its member, for all or for its content. */
export function isRevoked(
  claims: Pick<TicketClaims, "member" | "content" | "epoch">,
  list: RevocationList | null,
): boolean {
  if (list === null || claims.epoch >= list.epoch) return false;
  return list.entries.some(
    (entry) => entry.member === claims.member && (entry.content === undefined || entry.content === claims.content),
  );
}
