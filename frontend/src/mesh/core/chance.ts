import { toBase64url } from "../../protocol/base64url";

/** Four 32-bit words of a small fast generator (sfc32); handed in once from a real source, the rest is deterministic. */
export type Chance = [number, number, number, number];

/** A generator seeded with 16 bytes. */
export function chanceOf(seed: Uint8Array): Chance {
  const view = new DataView(seed.buffer, seed.byteOffset, 16);
  return [view.getUint32(0), view.getUint32(4), view.getUint32(8), view.getUint32(12) | 1];
}

/** The next 32 bits. */
export function draw(chance: Chance): number {
  const [a, b, c, counter] = chance;
  const sum = (a + b + counter) | 0;
  chance[0] = b ^ (b >>> 9);
  chance[1] = (c + (c << 3)) | 0;
  chance[2] = (((c << 21) | (c >>> 11)) + sum) | 0;
  chance[3] = (counter + 1) | 0;
  return sum >>> 0;
}

/** A whole number from 0 to `below - 1`. */
export function drawBelow(chance: Chance, below: number): number {
  return below <= 1 ? 0 : draw(chance) % below;
}

/** 16 bytes as 22 characters: a link id, which needs to be unique and not secret. */
export function drawId(chance: Chance): string {
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < 16; at += 4) view.setUint32(at, draw(chance));
  return toBase64url(bytes);
}
