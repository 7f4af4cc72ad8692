import { createHash } from "node:crypto";
import { chunkCount, chunkLength, chunkSizeOf, contentIdOf, type Manifest } from "../../src/protocol/manifest";
import type { Bytes } from "../../src/mesh/core/events";

/** SHA-256 of the parts, one after the other. */
export function sha256(...parts: Uint8Array[]): Uint8Array {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
}

/** Bytes that differ from place to place and from seed to seed. */
export function bytesOf(size: number, seed = 1): Bytes {
  const bytes = new Uint8Array(size);
  let word = seed | 1;
  for (let at = 0; at < size; at++) {
    word = (Math.imul(word, 1_103_515_245) + 12_345) | 0;
    bytes[at] = word >>> 24;
  }
  return bytes;
}

/** The manifest that a hub would make of the bytes. */
export async function manifestOf(bytes: Uint8Array): Promise<Manifest> {
  const of = { size: bytes.length, chunkSize: chunkSizeOf(bytes.length) };
  const leaves = new Uint8Array(32 * chunkCount(of));
  for (let chunk = 0; chunk < chunkCount(of); chunk++) {
    const from = chunk * of.chunkSize;
    leaves.set(sha256(Uint8Array.of(0), bytes.subarray(from, from + chunkLength(of, chunk))), chunk * 32);
  }
  const contentId = await contentIdOf(of.size, leaves, (each) => Promise.resolve(sha256(each)));
  return { ...of, contentId, leaves, sha256: Buffer.from(sha256(bytes)).toString("hex") };
}
