import { fromBase64url, toHex } from "./base64url";
import { CONTENT_ID, readInteger, readObject, readShape, readText } from "./shapes";

/** Bytes in a leaf or node: SHA-256. */
export const HASH_BYTES = 32;

/** Smallest chunk, in bytes: below it the frames and hashes cost more than the bytes. */
export const LEAST_CHUNK = 64 * 1024;

/** Largest chunk, in bytes: what one wrong or lost chunk may cost. */
export const LARGEST_CHUNK = 4 * 1024 * 1024;

/** Chunks a file is cut into where the bounds allow it. */
const CHUNKS_AIMED_AT = 512;

/** Most chunks of a content (1 TiB of the largest ones): bounds the memory that a hostile manifest can claim. */
export const MOST_CHUNKS = 262_144;

/** Suite byte of the content id: SHA-256. */
const SUITE_SHA256 = 0x01;

const LEAF_PREFIX = 0x00;
const NODE_PREFIX = 0x01;
const CONTENT_PREFIX = 0x02;

/** SHA-256 of the bytes; asynchronous because WebCrypto is. */
export type Digest = (bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>;

/** What a content is made of: sizes in bytes, `leaves` one 32-byte hash per chunk, `sha256` of the whole in hexadecimal. */
export interface Manifest {
  contentId: string;
  size: number;
  chunkSize: number;
  sha256: string;
  leaves: Uint8Array;
}

/** The chunk size of a file of `size` bytes. */
export function chunkSizeOf(size: number): number {
  let chunk = LEAST_CHUNK;
  while (chunk < LARGEST_CHUNK && chunk * CHUNKS_AIMED_AT < size) chunk *= 2;
  return chunk;
}

/** How many chunks a content has. */
export function chunkCount(of: { size: number; chunkSize: number }): number {
  return Math.ceil(of.size / of.chunkSize);
}

/** Bytes of chunk `chunk`; the last one may be shorter. */
export function chunkLength(of: { size: number; chunkSize: number }, chunk: number): number {
  return Math.min(of.chunkSize, of.size - chunk * of.chunkSize);
}

/** The leaf of chunk `chunk`, a view. */
export function leafOf(manifest: Manifest, chunk: number): Uint8Array {
  return manifest.leaves.subarray(chunk * HASH_BYTES, (chunk + 1) * HASH_BYTES);
}

/** A manifest of the right shape whose sizes and leaves fit together; its content id is still only a claim. */
export function parseManifest(value: unknown): Manifest | null {
  const members = readObject(value);
  if (members === null) return null;
  const contentId = readShape(members["contentId"], CONTENT_ID);
  const sha256 = readShape(members["sha256"], CONTENT_ID);
  const size = readInteger(members["size"], 0, MOST_CHUNKS * LARGEST_CHUNK);
  if (contentId === null || sha256 === null || size === null) return null;
  const chunkSize = chunkSizeOf(size);
  if (members["chunkSize"] !== chunkSize) return null;
  const text = readText(members["leaves"], Math.ceil((chunkCount({ size, chunkSize }) * HASH_BYTES * 4) / 3));
  const leaves = text === null ? null : fromBase64url(text);
  if (leaves?.length !== chunkCount({ size, chunkSize }) * HASH_BYTES) return null;
  return { contentId, size, chunkSize, sha256, leaves };
}

/** Bytes to hash for a leaf: the prefix, then room for the chunk. */
export function leafBuffer(length: number): Uint8Array<ArrayBuffer> {
  const buffer = new Uint8Array(1 + length);
  buffer[0] = LEAF_PREFIX;
  return buffer;
}

/** The content id that `size` and `leaves` really have. */
export async function contentIdOf(size: number, leaves: Uint8Array, digest: Digest): Promise<string> {
  const root = await merkleRoot(leaves, digest);
  const bound = new Uint8Array(2 + 8 + HASH_BYTES);
  bound[0] = CONTENT_PREFIX;
  bound[1] = SUITE_SHA256;
  new DataView(bound.buffer).setBigUint64(2, BigInt(size));
  bound.set(root, 10);
  return toHex(await digest(bound));
}

/**
 * The root of the tree over the leaves. Pairing neighbours level by level, an odd one going up as it is, gives the shape
 * of RFC 6962, section 2.1.
 */
async function merkleRoot(leaves: Uint8Array, digest: Digest): Promise<Uint8Array> {
  if (leaves.length === 0) return digest(new Uint8Array(0));
  let level = leaves;
  while (level.length > HASH_BYTES) {
    const pairs = Math.floor(level.length / (2 * HASH_BYTES));
    const odd = level.subarray(pairs * 2 * HASH_BYTES);
    const next = new Uint8Array(pairs * HASH_BYTES + odd.length);
    const nodes = Array.from({ length: pairs }, (_, pair) => {
      const node = new Uint8Array(1 + 2 * HASH_BYTES);
      node[0] = NODE_PREFIX;
      node.set(level.subarray(pair * 2 * HASH_BYTES, (pair + 1) * 2 * HASH_BYTES), 1);
      return digest(node);
    });
    (await Promise.all(nodes)).forEach((hash, pair) => {
      next.set(hash, pair * HASH_BYTES);
    });
    next.set(odd, pairs * HASH_BYTES);
    level = next;
  }
  return level;
}
