import { toBase64url } from "../../src/protocol/base64url";
import type { Jwk } from "../../src/protocol/ticket";

/** The id of the virtual hub. */
export const HUB_ID = "11111111-2222-4333-8444-555555555555";

/** A key of the right shape; nothing is signed with it. */
export const HUB_KEY: Jwk = { kty: "OKP", crv: "Ed25519", x: "A".repeat(43), kid: "A".repeat(16) };

const TICKET_SECONDS = 600;
const GRACE_SECONDS = 43_200;

const utf8 = new TextEncoder();

function encoded(value: object): string {
  return toBase64url(utf8.encode(JSON.stringify(value)));
}

/** Papers of real length whose signature is none: virtual peers check the claims and believe the rest. */
const UNSIGNED = toBase64url(new Uint8Array(64));

/** A ticket of the virtual hub; `now` in milliseconds since 1970. */
export function ticketFor(
  of: { id: string; member: string; fingerprint: string },
  content: string | null,
  now: number,
): string {
  const issued = Math.floor(now / 1000);
  return `${encoded({ alg: "EdDSA", typ: "hubmesh-ticket+jwt", kid: HUB_KEY.kid })}.${encoded({
    iss: HUB_ID,
    sub: of.member,
    pid: of.id,
    fp: of.fingerprint,
    ...(content === null ? {} : { cid: content }),
    act: ["fetch", "serve"],
    ep: 0,
    iat: issued,
    exp: issued + TICKET_SECONDS,
    gexp: issued + GRACE_SECONDS,
    jti: of.id,
  })}.${UNSIGNED}`;
}

/** A list that revokes nothing. */
export const NOTHING_REVOKED = `${encoded({ alg: "EdDSA", typ: "hubmesh-revocations+jwt", kid: HUB_KEY.kid })}.${encoded(
  {
    iss: HUB_ID,
    iat: 0,
    ep: 0,
    rev: [],
  },
)}.${UNSIGNED}`;

/** A session description of about the length that browsers write for two data channels and two candidates. */
export function description(fingerprint: string): string {
  return [
    "v=0\r\no=- 4611731400430051336 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0\r\na=extmap-allow-mixed\r\na=msid-semantic: WMS",
    "m=application 54321 UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP4 192.0.2.1",
    "a=candidate:1234567890 1 udp 2113937151 01234567-89ab-4def-8123-456789abcdef.local 54321 typ host generation 0 network-cost 999",
    "a=candidate:842163049 1 udp 1677729535 192.0.2.1 54321 typ srflx raddr 0.0.0.0 rport 0 generation 0 network-cost 999",
    "a=ice-ufrag:abcd\r\na=ice-pwd:abcdefghijklmnopqrstuvwx\r\na=ice-options:trickle",
    `a=fingerprint:sha-256 ${fingerprint}`,
    "a=setup:actpass\r\na=mid:0\r\na=sctp-port:5000\r\na=max-message-size:262144\r\n",
  ].join("\r\n");
}
