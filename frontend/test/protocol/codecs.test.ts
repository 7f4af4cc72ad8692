import { Buffer } from "node:buffer";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromBase64url, toBase64url, toHex } from "../../src/protocol/base64url";
import { Bitmap, readBitmap } from "../../src/protocol/bitmap";
import {
  type ControlFrame,
  encodeControl,
  encodePiece,
  LARGEST_FRAME,
  MOST_HAVE_INDEXES,
  MOST_REQUEST_INDEXES,
  readFrame,
  REJECT_CODES,
  type RejectReason,
} from "../../src/protocol/frames";

const index = fc.integer({ min: 0, max: 0xffff_ffff });
const asked = fc.array(index, { minLength: 1, maxLength: MOST_REQUEST_INDEXES });

const control: fc.Arbitrary<ControlFrame> = fc.oneof(
  fc.record({ type: fc.constant("hello" as const), epoch: index, ticket: fc.string({ minLength: 1, maxLength: 500 }) }),
  fc.record({ type: fc.constant("have-all" as const), bitmap: fc.uint8Array({ maxLength: 200 }) }),
  fc.record({
    type: fc.constant("have" as const),
    chunks: fc.array(index, { minLength: 1, maxLength: MOST_HAVE_INDEXES }),
  }),
  fc.record({ type: fc.constantFrom("given" as const, "request" as const, "cancel" as const), chunks: asked }),
  fc.record({
    type: fc.constant("reject" as const),
    reason: fc.constantFrom(...(Object.keys(REJECT_CODES) as RejectReason[])),
    chunks: fc.array(index, { maxLength: MOST_REQUEST_INDEXES }),
  }),
);

describe("base64url", () => {
  it("is what Node makes of the same bytes, and comes back", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const text = toBase64url(bytes);
        expect(text).toBe(Buffer.from(bytes).toString("base64url"));
        expect([...(fromBase64url(text) ?? [])]).toEqual([...bytes]);
        expect(toHex(bytes)).toBe(Buffer.from(bytes).toString("hex"));
      }),
    );
  });

  it.each(["A", "AA==", "AB", "A+", "AAAAA", "A A", "ä"])("refuses %j", (text) => {
    expect(fromBase64url(text)).toBeNull();
  });
});

describe("bitmap", () => {
  it("holds what was put in, counts it and comes back", () => {
    const sets = fc
      .integer({ min: 0, max: 300 })
      .chain((chunks) => fc.tuple(fc.constant(chunks), fc.uniqueArray(fc.nat({ max: Math.max(0, chunks - 1) }))));
    fc.assert(
      fc.property(sets, ([chunks, members]) => {
        const bitmap = new Bitmap(chunks);
        const inside = members.filter((chunk) => chunk < chunks);
        for (const chunk of inside) expect(bitmap.add(chunk)).toBe(true);
        for (const chunk of inside) expect(bitmap.add(chunk)).toBe(false);
        const back = readBitmap(fromBase64url(bitmap.toText()) ?? new Uint8Array(1_000), chunks);
        expect(back?.count).toBe(inside.length);
        for (let chunk = 0; chunk < chunks; chunk++) expect(back?.has(chunk)).toBe(inside.includes(chunk));
        for (const chunk of inside) expect([bitmap.remove(chunk), bitmap.remove(chunk)]).toEqual([true, false]);
        expect([bitmap.count, bitmap.bytes.every((byte) => byte === 0)]).toEqual([0, true]);
      }),
    );
  });

  it("counts from the highest bit", () => {
    const bitmap = new Bitmap(10);
    bitmap.add(0);
    bitmap.add(9);
    expect([...bitmap.bytes]).toEqual([0x80, 0x40]);
  });

  it("refuses a wrong length and bits past the end", () => {
    expect(readBitmap(new Uint8Array(1), 9)).toBeNull();
    expect(readBitmap(Uint8Array.of(0, 0x20), 10)).toBeNull();
    expect(readBitmap(Uint8Array.of(0, 0x40), 10)?.has(9)).toBe(true);
  });
});

describe("frames", () => {
  it("come back from their message", () => {
    fc.assert(
      fc.property(control, (frame) => {
        const back = readFrame("control", encodeControl(frame));
        expect(JSON.parse(JSON.stringify(back))).toEqual(JSON.parse(JSON.stringify(frame)));
      }),
    );
  });

  it("of pieces come back without a copy", () => {
    fc.assert(
      fc.property(index, index, fc.uint8Array({ minLength: 1, maxLength: 2_000 }), (chunk, offset, bytes) => {
        const message = encodePiece(chunk, offset, bytes);
        const back = readFrame("bulk", message);
        if (back.type !== "piece") throw new Error("no piece");
        expect([back.chunk, back.offset]).toEqual([chunk, offset]);
        expect([...back.bytes]).toEqual([...bytes]);
        expect(back.bytes.buffer).toBe(message.buffer);
      }),
    );
  });

  it("of garbage are refused or harmless, never an exception", () => {
    const typed = fc.tuple(fc.constantFrom(1, 2, 3, 4, 5, 6, 16), fc.uint8Array({ maxLength: 400 }));
    fc.assert(
      fc.property(fc.constantFrom("control" as const, "bulk" as const), typed, (channel, [type, rest]) => {
        const frame = readFrame(channel, Uint8Array.of(type, ...rest));
        if (frame.type === "piece") expect(channel).toBe("bulk");
        if ("chunks" in frame) expect(frame.chunks.length).toBeLessThanOrEqual(100);
      }),
    );
  });

  it.each([
    ["nothing", "control", [], "frame-length"],
    ["an unknown type", "control", [0x77], "frame-unknown"],
    ["a piece on the control channel", "control", [0x10, 0, 0, 0, 0, 0, 0, 0, 0, 1], "frame-channel"],
    ["a request on the bulk channel", "bulk", [0x04, 0, 0, 0, 1], "frame-channel"],
    ["a request for nothing", "control", [0x04], "frame-length"],
    ["half an index", "control", [0x04, 0, 0], "frame-length"],
    ["an unknown reason", "control", [0x06, 9], "frame-unknown"],
    ["an empty piece", "bulk", [0x10, 0, 0, 0, 0, 0, 0, 0, 0], "frame-length"],
    ["a hello of another version", "control", [0x01, 2, 0, 0, 0, 0, 65], "frame-unknown"],
    ["a hello that is not UTF-8", "control", [0x01, 1, 0, 0, 0, 0, 0xff], "hello-mismatch"],
  ] as const)("refuses %s", (_, channel, bytes, code) => {
    expect(readFrame(channel, Uint8Array.from(bytes))).toEqual({ type: "refused", code });
  });

  it("refuses too many indexes and too long a message", () => {
    const many = Array.from({ length: MOST_REQUEST_INDEXES + 1 }, (_, each) => each);
    expect(readFrame("control", encodeControl({ type: "request", chunks: many }))).toMatchObject({
      code: "frame-length",
    });
    expect(readFrame("bulk", encodePiece(0, 0, new Uint8Array(LARGEST_FRAME)))).toMatchObject({ code: "frame-length" });
  });
});
