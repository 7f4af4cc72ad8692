import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseOverview } from "../../src/api/overview";
import { parseProblem } from "../../src/api/answers";
import { parseGrant, parseHolders, parseItems, parseResource } from "../../src/api/shapes";
import { readRecord, writtenRecord } from "../../src/mesh/browser/content-record";
import { fromBase64url, toBase64url } from "../../src/protocol/base64url";
import { readBitmap } from "../../src/protocol/bitmap";
import {
  encodeControl,
  encodePiece,
  LARGEST_FRAME,
  MOST_HAVE_INDEXES,
  MOST_REQUEST_INDEXES,
  readFrame,
} from "../../src/protocol/frames";
import { chunkCount, HASH_BYTES, type Manifest, parseManifest } from "../../src/protocol/manifest";
import { LONGEST_MESSAGE, parseHubMessage } from "../../src/protocol/messages";
import { fingerprintOf } from "../../src/protocol/sdp";
import { FINGERPRINT, readJsonObject } from "../../src/protocol/shapes";
import { parseClaims, parseJwk, parseRevocations, payloadOf } from "../../src/protocol/ticket";
import { bytesOf, manifestOf } from "../mesh/files";
import { vectors } from "../protocol/vectors";
import { mutants } from "./mutants";
import { patience, runs } from "./runs";

const PEER = "AAECAwQFBgcICQoLDA0ODw";
const HUB = "11111111-2222-4333-8444-555555555555";
const FP = Array.from({ length: 32 }, (_, each) => (each * 7).toString(16).toUpperCase().padStart(2, "0")).join(":");
const CONTENT = "ab".repeat(32);
const CLAIMS = { iss: HUB, sub: PEER, pid: PEER, fp: FP, cid: CONTENT, ep: 3, iat: 5, exp: 605, gexp: 50_000 };
const LIST = { iss: HUB, iat: 5, ep: 4, rev: [{ sub: PEER }, { sub: PEER, cid: CONTENT }] };

/** The longest text and list anywhere in a value, and whether every number in it can be counted with. */
function measure(value: unknown): { text: number; list: number; finite: boolean } {
  const most = { text: 0, list: 0, finite: true };
  const look = (each: unknown): void => {
    if (typeof each === "string") most.text = Math.max(most.text, each.length);
    if (typeof each === "number") most.finite &&= Number.isFinite(each);
    if (Array.isArray(each) || ArrayBuffer.isView(each)) most.list = Math.max(most.list, (each as Uint8Array).length);
    if (typeof each === "object" && each !== null && !ArrayBuffer.isView(each)) Object.values(each).forEach(look);
  };
  look(value);
  return most;
}

describe("a message of the hub", () => {
  const samples = (vectors("messages") as { json: string }[]).map(({ json }) => json);

  it(
    "is read or refused, whatever it is, and never holds more than its bounds",
    () => {
      fc.assert(
        fc.property(mutants(samples), (text) => {
          const message = parseHubMessage(text);
          if (message === null) return;
          const { text: longest, list, finite } = measure(message);
          expect(longest).toBeLessThanOrEqual(LONGEST_MESSAGE);
          expect(list).toBeLessThanOrEqual(64);
          expect(finite).toBe(true);
        }),
        runs(3_000),
      );
    },
    patience(30_000),
  );

  it("that is nested as deeply as a message can be is refused", () => {
    for (const half of ["[", '{"a":']) {
      expect(parseHubMessage(half.repeat(LONGEST_MESSAGE / half.length))).toBeNull();
      expect(readJsonObject(half.repeat(1_000_000))).toBeNull();
    }
  });
});

describe("a frame", () => {
  const chunks = fc.array(fc.nat(), { minLength: 1, maxLength: 70 });
  const sound = fc.oneof(
    fc.string({ minLength: 1 }).map((ticket) => encodeControl({ type: "hello", epoch: 1, ticket })),
    fc.uint8Array({ maxLength: 100 }).map((bitmap) => encodeControl({ type: "have-all", bitmap })),
    chunks.chain((each) =>
      fc.constantFrom("have", "given", "request", "cancel").map((type) => encodeControl({ type, chunks: each })),
    ),
    chunks.map((each) => encodeControl({ type: "reject", reason: "busy", chunks: each })),
    fc.uint8Array({ maxLength: 100 }).map((bytes) => encodePiece(1, 2, bytes)),
  );
  const bent = fc.tuple(sound, fc.nat({ max: 12 }), fc.nat({ max: 255 }), fc.integer({ min: -9, max: 9 }));
  const message = fc.oneof(
    fc.uint8Array({ maxLength: 5_000 }).map((bytes) => new Uint8Array(bytes)),
    bent.map(([bytes, at, byte, longer]) => {
      const message = new Uint8Array(Math.max(0, bytes.length + longer));
      message.set(bytes.subarray(0, message.length));
      if (at < message.length) message[at] = byte;
      return message;
    }),
  );

  it(
    "is read or refused with a code, and never holds more than its bounds",
    () => {
      fc.assert(
        fc.property(fc.constantFrom("control", "bulk"), message, (channel, bytes) => {
          const frame = readFrame(channel, bytes);
          if (frame.type === "refused") return;
          expect(frame.type === "piece").toBe(channel === "bulk");
          if ("chunks" in frame) {
            const most = frame.type === "have" ? MOST_HAVE_INDEXES : MOST_REQUEST_INDEXES;
            expect(frame.chunks.length).toBeLessThanOrEqual(most);
            for (const chunk of frame.chunks) expect(Number.isInteger(chunk) && chunk >= 0).toBe(true);
          }
          if (frame.type === "piece") expect(frame.bytes.length).toBeGreaterThan(0);
          if (frame.type === "hello") expect(frame.ticket.length).toBeLessThanOrEqual(4_096);
        }),
        runs(4_000),
      );
    },
    patience(30_000),
  );

  it("longer than the longest is refused, whatever its type", () => {
    for (let type = 0; type < 256; type++) {
      const long = new Uint8Array(LARGEST_FRAME + 1).fill(type, 0, 1);
      for (const channel of ["control", "bulk"] as const) expect(readFrame(channel, long).type).toBe("refused");
    }
  });

  it("of a bitmap is the set that it says, or refused", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.nat({ max: 330 }), (bytes, of) => {
        const bitmap = readBitmap(bytes, of);
        expect(bitmap !== null).toBe(
          bytes.length === Math.ceil(of / 8) && (of % 8 === 0 || ((bytes.at(-1) ?? 0) << (of % 8)) % 256 === 0),
        );
        if (bitmap !== null) expect(bitmap.count).toBeLessThanOrEqual(of);
      }),
      runs(1_000),
    );
  });
});

describe("a ticket", () => {
  const jws = (payload: string): string => `e30.${toBase64url(new TextEncoder().encode(payload))}.c2ln`;

  it(
    "and a revocation list are read or refused, and name nothing but ids of the right shape",
    () => {
      const texts = mutants([JSON.stringify(CLAIMS), JSON.stringify(LIST)]);
      fc.assert(
        fc.property(texts, (text) => {
          const payload = payloadOf(jws(text));
          const claims = parseClaims(payload);
          if (claims !== null) {
            expect(claims.fingerprint).toMatch(FINGERPRINT);
            expect(measure(claims)).toMatchObject({ finite: true, text: 95 });
          }
          const list = parseRevocations(payload);
          if (list !== null) expect(measure(list)).toMatchObject({ finite: true });
        }),
        runs(3_000),
      );
    },
    patience(30_000),
  );

  it("that is any text is read or refused", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), mutants([jws(JSON.stringify(CLAIMS))])), (text) => {
        parseClaims(payloadOf(text));
        fromBase64url(text);
      }),
      runs(2_000),
    );
  });

  it("'s key is an Ed25519 key or refused", () => {
    const key = { kty: "OKP", crv: "Ed25519", x: "A".repeat(43), kid: "k" };
    fc.assert(
      fc.property(mutants([JSON.stringify(key)]), (text) => {
        const read = parseJwk(readJsonObject(text));
        if (read !== null) expect(read).toMatchObject({ kty: "OKP", crv: "Ed25519" });
      }),
      runs(500),
    );
  });
});

describe("a session description", () => {
  const line = `a=fingerprint:sha-256 ${FP}`;
  const pieces = [
    "v=0",
    line,
    "a=fingerprint:sha-1 AB",
    "a=finger",
    "\r",
    "\n",
    "\r\n",
    " ",
    "\t",
    "\u2028",
    ":",
    "m=x",
    FP,
  ];

  it("has one fingerprint of the right shape, or none", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: "binary" }))), (parts) => {
        const found = fingerprintOf(parts.join(""));
        if ("fingerprint" in found) expect(found.fingerprint).toBe(FP);
      }),
      runs(2_000),
    );
  });

  it("takes no longer for being made to", () => {
    for (const part of ["a=fingerprint:", " ", "a", "a = ", "\r", "\t a", `${line}\n`]) {
      const text = part.repeat(16_384 / part.length);
      const took = [1, 2, 3].map(() => {
        const before = performance.now();
        fingerprintOf(text);
        return performance.now() - before;
      });
      // A machine that does other things may stop for a while, and not each time.
      expect(Math.min(...took)).toBeLessThan(1_000);
    }
  });
});

describe("a manifest and what the store kept", () => {
  let manifest: Manifest;
  const written = async (): Promise<string> => {
    manifest = await manifestOf(bytesOf(200_000));
    const note = {
      transfer: PEER,
      model: "peers" as const,
      state: "running" as const,
      startedAt: 1,
      wasted: 2,
      hubBefore: 3,
      peersBefore: 4,
      relayedBefore: 0,
    };
    const use = { pinned: true, onRequest: false, usedAt: 5 };
    return JSON.stringify(writtenRecord({ manifest, resource: HUB, name: "file", note, ...use }));
  };

  it(
    "are read or refused; sizes, leaves and counts fit together",
    async () => {
      const record = await written();
      const inner = JSON.stringify((JSON.parse(record) as { manifest: unknown }).manifest);
      expect(readRecord(record)?.manifest).toEqual(manifest);
      fc.assert(
        fc.property(mutants([record, inner]), (text) => {
          const kept = readRecord(text);
          const read = kept?.manifest ?? parseManifest(readJsonObject(text));
          if (read !== null) expect(read.leaves.length).toBe(chunkCount(read) * HASH_BYTES);
          if (kept !== null) expect([measure(kept.note).finite, Number.isFinite(kept.usedAt)]).toEqual([true, true]);
        }),
        runs(2_000),
      );
    },
    patience(30_000),
  );
});

describe("an answer of the hub's interface", () => {
  const item = { id: "1", kind: "file", name: "a", contentId: CONTENT, displayName: "b", level: "READ" };
  const rest = { resource: "r", resourceName: "n", inherited: true, createdAt: "2026-11-22T00:00:00Z", secret: "s" };
  const transfer = {
    ...item,
    transfer: "t",
    model: "hub",
    member: "m",
    size: 1,
    held: 0,
    fromHub: 1,
    state: "running",
  };
  const overview = {
    ...{ egressBytes: 1, hub: { egressBytes: 1, downloads: 1 }, mesh: { peers: 1 }, offload: 0.5 },
    ...{ peers: [{ peer: PEER, joinedAt: "2026-11-22T00:00:00Z" }], transfers: [transfer], resources: [transfer] },
  };
  const parsers = [
    ...[parseResource, parseGrant, parseHolders],
    ...[parseItems(parseResource), parseItems(parseGrant), parseOverview],
  ];

  it(
    "is read or refused, and what is read can be shown",
    () => {
      const samples = [{ ...item, ...rest }, { items: [{ ...item, ...rest }] }, { [CONTENT]: 3 }, overview];
      fc.assert(
        fc.property(mutants(samples.map((each) => JSON.stringify(each))), (text) => {
          for (const parse of parsers) {
            const read: unknown = parse(readJsonObject(text));
            if (read !== null) expect(measure(read).finite).toBe(true);
          }
          expect(parseProblem(500, text).detail).not.toBe("");
        }),
        runs(2_000),
      );
    },
    patience(30_000),
  );
});
