import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeMessage, parseHubMessage, type PeerMessage } from "../../src/protocol/messages";
import { vectors } from "./vectors";

interface Vector {
  name: string;
  direction: "to-hub" | "to-peer";
  json: string;
  valid: boolean;
}

const CONTENT = "ab".repeat(32);
const FINGERPRINT = Array.from({ length: 32 }, () => "AB").join(":");
const ID = "AAAAAAAAAAAAAAAAAAAAAA";
const JWS = "eyJh.eyJh.c2ln";
const KEY = { kty: "OKP", crv: "Ed25519", x: "A".repeat(43), kid: "k" };
const HUB = "11111111-2222-4333-8444-555555555555";

const good: Record<string, object> = {
  welcome: { peer: ID, hub: HUB, key: KEY, ticket: JWS, stun: ["stun:hub:3478"], epoch: 0, revocations: JWS },
  neighbours: { content: CONTENT, ticket: JWS, peers: [{ peer: ID, member: ID, fingerprint: FINGERPRINT }] },
  signal: { from: ID, content: CONTENT, link: ID, kind: "offer", sdp: "v=0", ticket: JWS },
  leased: { content: CONTENT, lease: "lease-1", chunks: [0, 5] },
  turn: { urls: ["turn:hub:3478?transport=udp"], username: "9:m", credential: "c", expires: 9 },
  revoked: { list: JWS },
  permitted: { content: CONTENT },
  ping: {},
  bye: { code: "too-many-requests" },
  problem: { code: "not-found", detail: "There is nothing here", content: CONTENT },
};

const text = (type: string, change: object = {}): string => JSON.stringify({ type, ...good[type], ...change });

describe("messages of the hub", () => {
  it.each(Object.keys(good))("%s is read", (type) => {
    expect(parseHubMessage(text(type))?.type).toBe(type);
  });

  it("a lease may grant nothing and name a pause", () => {
    const none = text("leased", { chunks: [], lease: undefined, retryAfterMillis: 2000 });
    expect(parseHubMessage(none)).toEqual({
      type: "leased",
      content: CONTENT,
      lease: null,
      chunks: [],
      retryAfterMillis: 2000,
    });
  });

  it("a refusal needs a known code and no description", () => {
    const refusal = { from: ID, content: CONTENT, link: ID, kind: "refuse", code: "ticket-expired" };
    expect(parseHubMessage(JSON.stringify({ type: "signal", ...refusal }))).toMatchObject({
      signal: { kind: "refuse", code: "ticket-expired" },
    });
    expect(parseHubMessage(JSON.stringify({ type: "signal", ...refusal, code: "because" }))).toBeNull();
  });

  it.each([
    ["welcome", { peer: "short" }],
    ["welcome", { key: { ...KEY, crv: "X25519" } }],
    ["welcome", { stun: ["http://evil"] }],
    ["welcome", { stun: "stun:hub:3478" }],
    ["welcome", { epoch: -1 }],
    ["welcome", { ticket: "a.b" }],
    ["neighbours", { peers: [{ peer: 1, member: ID, fingerprint: FINGERPRINT }] }],
    ["neighbours", { peers: Array.from({ length: 33 }, () => ({ peer: ID, member: ID, fingerprint: FINGERPRINT })) }],
    ["neighbours", { content: CONTENT.toUpperCase() }],
    ["signal", { sdp: "x".repeat(16 * 1024 + 1) }],
    ["signal", { kind: "shout" }],
    ["signal", { link: "../../../etc/passwd    " }],
    ["leased", { lease: undefined }],
    ["leased", { lease: "../x" }],
    ["leased", { chunks: [0.5] }],
    ["leased", { chunks: [2 ** 31] }],
    ["revoked", { list: 5 }],
    ["problem", { code: "made-up" }],
  ])("%s with %j is refused", (type, change) => {
    expect(parseHubMessage(text(type, change))).toBeNull();
  });

  it("garbage is null, never an exception", () => {
    fc.assert(fc.property(fc.string(), (garbage) => parseHubMessage(garbage) === null));
    fc.assert(fc.property(fc.json(), (garbage) => parseHubMessage(garbage) === null));
    const members = fc.dictionary(fc.constantFrom("peer", "content", "chunks", "key", "list", "code"), fc.jsonValue());
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(good)), members, (type, change) => {
        parseHubMessage(text(type, change));
      }),
    );
    expect(parseHubMessage(`{"type":"ping","x":"${"x".repeat(70_000)}"}`)).toBeNull();
  });
});

describe("the shared vectors", () => {
  const all = (vectors("messages") as Vector[]).filter(({ direction }) => direction !== "to-hub");

  it.each(all)("$name", ({ json, valid }) => {
    expect(parseHubMessage(json) !== null).toBe(valid);
  });
});

describe("messages of a peer", () => {
  it("of a transfer say what was held, what came and from where", () => {
    const counts = {
      size: 10,
      held: 4,
      fromHub: 1,
      fromPeers: 5,
      relayed: 2,
      wasted: 2,
      startedMillisAgo: 9,
      served: 0,
    };
    const which = { content: CONTENT, resource: HUB, transfer: ID, model: "peers", state: "completed" } as const;
    const message: PeerMessage = { type: "report", ...which, ...counts };
    expect(JSON.parse(encodeMessage(message))).toEqual({ type: "report", ...which, ...counts });
  });

  it("carry a signal's members at the top", () => {
    const message: PeerMessage = {
      type: "signal",
      to: ID,
      signal: { kind: "answer", content: CONTENT, link: ID, sdp: "v=0", ticket: JWS },
    };
    expect(JSON.parse(encodeMessage(message))).toEqual({
      type: "signal",
      to: ID,
      kind: "answer",
      content: CONTENT,
      link: ID,
      sdp: "v=0",
      ticket: JWS,
    });
  });
});
