import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toBase64url } from "../../src/protocol/base64url";
import { chunkCount, chunkLength, chunkSizeOf, contentIdOf, parseManifest } from "../../src/protocol/manifest";
import { manifestOf } from "../mesh/files";
import { vectors } from "./vectors";

interface Shared {
  chunkSizes: { size: number; chunkSize: number }[];
  contents: { size: number; chunkSize: number; sha256: string; leaves: string; contentId: string }[];
}

const shared = vectors("content") as Shared;

const KIB = 1024;
const sha256 = (...parts: Uint8Array[]): Uint8Array => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
};

/** RFC 6962, section 2.1, to the letter. */
function merkleTree(leaves: Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (only === undefined) return sha256();
  if (leaves.length === 1) return only;
  let left = 1;
  while (left * 2 < leaves.length) left *= 2;
  return sha256(Uint8Array.of(1), merkleTree(leaves.slice(0, left)), merkleTree(leaves.slice(left)));
}

function valid(size: number) {
  const leaves = new Uint8Array(32 * Math.ceil(size / chunkSizeOf(size)));
  return {
    contentId: "ab".repeat(32),
    sha256: "cd".repeat(32),
    size,
    chunkSize: chunkSizeOf(size),
    leaves: toBase64url(leaves),
  };
}

describe("chunks", () => {
  it.each([
    [0, 64 * KIB],
    [1, 64 * KIB],
    [32 * KIB * KIB, 64 * KIB],
    [32 * KIB * KIB + 1, 128 * KIB],
    [64 * KIB * KIB, 128 * KIB],
    [2 ** 31, 4096 * KIB],
    [2 ** 40, 4096 * KIB],
  ])("of %i bytes are %i long", (size, chunk) => {
    expect(chunkSizeOf(size)).toBe(chunk);
  });

  it("cover the file", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 40 }), (size) => {
        const of = { size, chunkSize: chunkSizeOf(size) };
        const count = chunkCount(of);
        if (size === 0) expect(count).toBe(0);
        else expect((count - 1) * of.chunkSize + chunkLength(of, count - 1)).toBe(size);
      }),
    );
  });
});

describe("a manifest", () => {
  it("is read when it fits together", () => {
    expect(parseManifest(valid(200_000))?.leaves).toHaveLength(4 * 32);
    expect(parseManifest(valid(0))?.leaves).toHaveLength(0);
  });

  it.each([
    ["a size below nothing", { size: -1 }],
    ["a size that is no number", { size: "200000" }],
    ["a size past every bound", { size: 2 ** 50 }],
    ["another chunk size", { chunkSize: 1024 }],
    ["a leaf too few", { leaves: toBase64url(new Uint8Array(96)) }],
    ["a leaf too many", { leaves: toBase64url(new Uint8Array(160)) }],
    ["leaves that are no base64url", { leaves: "*".repeat(171) }],
    ["an upper-case content id", { contentId: "AB".repeat(32) }],
    ["no hash", { sha256: undefined }],
  ])("is refused with %s", (_, change) => {
    expect(parseManifest({ ...valid(200_000), ...change })).toBeNull();
  });

  it("of garbage is null", () => {
    fc.assert(fc.property(fc.anything(), (value) => parseManifest(value) === null));
  });
});

describe("the content id", () => {
  it("binds suite, size and the tree of RFC 6962", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 2 ** 40 }), async (count, size) => {
        const leaves = Array.from({ length: count }, (_, each) => sha256(Uint8Array.of(each)));
        const bound = new DataView(new ArrayBuffer(8));
        bound.setBigUint64(0, BigInt(size));
        const expected = sha256(Uint8Array.of(2, 1), new Uint8Array(bound.buffer), merkleTree(leaves));
        const found = await contentIdOf(size, Uint8Array.from(leaves.flatMap((leaf) => [...leaf])), (bytes) =>
          Promise.resolve(sha256(bytes)),
        );
        expect(found).toBe(Buffer.from(expected).toString("hex"));
      }),
    );
  });

  it.each(shared.contents)("of $size bytes is that of the shared vectors", async (vector) => {
    const bytes = Uint8Array.from({ length: vector.size }, (_, at) => at * 31 + 7);
    const manifest = await manifestOf(bytes);
    expect({ ...manifest, leaves: toBase64url(manifest.leaves) }).toEqual(vector);
    expect(parseManifest(vector)).toEqual(manifest);
  });

  it.each(shared.chunkSizes)("a chunk of $size bytes is $chunkSize long", ({ size, chunkSize }) => {
    expect(chunkSizeOf(size)).toBe(chunkSize);
  });
});
