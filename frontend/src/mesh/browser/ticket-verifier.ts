import { compactVerify, errors, importJWK } from "jose";
import {
  type Jwk,
  parseClaims,
  parseRevocations,
  REVOCATIONS_TYPE,
  type RevocationList,
  TICKET_TYPE,
  type TicketClaims,
} from "../../protocol/ticket";
import { readJsonObject } from "../../protocol/shapes";
import type { RefusalCode } from "../../protocol/refusals";
import type { TicketVerifier } from "../ports";

/** Longest ticket or list that is looked at, in characters. */
const LONGEST = 64 * 1024;

/** Checks with `jose`: the algorithm is pinned to EdDSA, the type is the one asked for, unknown `crit` is refused by it. */
export const joseVerifier: TicketVerifier = {
  async ticket(jws: string, key: Jwk): Promise<TicketClaims | RefusalCode> {
    const payload = await payloadIfSigned(jws, key, TICKET_TYPE);
    return typeof payload === "string" ? payload : (parseClaims(payload.claims) ?? "ticket-invalid");
  },
  async revocations(jws: string, key: Jwk, issuer: string): Promise<RevocationList | null> {
    const payload = await payloadIfSigned(jws, key, REVOCATIONS_TYPE);
    const list = typeof payload === "string" ? null : parseRevocations(payload.claims);
    return list?.issuer === issuer ? list : null;
  },
};

async function payloadIfSigned(jws: string, key: Jwk, type: string): Promise<{ claims: unknown } | RefusalCode> {
  if (jws.length > LONGEST) return "ticket-invalid";
  try {
    const verified = await compactVerify(jws, await importJWK({ ...key }, "EdDSA"), { algorithms: ["EdDSA"] });
    if (verified.protectedHeader.typ !== type) return "ticket-type";
    return { claims: readJsonObject(new TextDecoder().decode(verified.payload)) };
  } catch (failure) {
    return failure instanceof errors.JOSEAlgNotAllowed ? "ticket-type" : "ticket-invalid";
  }
}
