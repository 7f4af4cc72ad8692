import type { Link, Swarm } from "./state";

/** Whether a chunk is neither kept nor on its way to the store. */
export function isMissing(swarm: Swarm, chunk: number): boolean {
  return !swarm.held.has(chunk) && !swarm.settling.has(chunk);
}

/** Looks again whether a chunk is loose: missing, and asked of nobody. After every change of what makes it so. */
export function review(swarm: Swarm, chunk: number): void {
  const { loose } = swarm;
  const mask = 0x80 >> (chunk & 7);
  const byte = loose.bytes[chunk >> 3] ?? 0;
  const was = (byte & mask) !== 0;
  const is = swarm.sources[chunk] === 0 && isMissing(swarm, chunk);
  if (was === is) return;
  loose.bytes[chunk >> 3] = byte ^ mask;
  loose.count += is ? 1 : -1;
}

/** One source more, or one less, is asked for a chunk. */
export function countSource(swarm: Swarm, chunk: number, by: 1 | -1): void {
  swarm.sources[chunk] = Math.max(0, (swarm.sources[chunk] ?? 0) + by);
  review(swarm, chunk);
}

/**
 * The chunk that fewest links hold, of the loose ones that a link has; among equals the first from `start` on, so that neighbours do
 * not all want the same. Null when it has none. Bits are read by the byte: it is asked for at every chunk that comes.
 */
export function rarestLoose(
  swarm: Swarm,
  link: Link,
  start: number,
  allowed: (chunk: number) => boolean,
): number | null {
  const have = link.have?.bytes;
  if (have === undefined || swarm.loose.count === 0) return null;
  const open = swarm.loose.bytes;
  const first = start >> 3;
  const after = 0xff >> (start & 7);
  let best: number | null = null;
  let fewest = Number.POSITIVE_INFINITY;
  for (let step = 0; step <= open.length; step++) {
    const at = first + step < open.length ? first + step : first + step - open.length;
    let bits = (have[at] ?? 0) & (open[at] ?? 0);
    if (step === 0) bits &= after;
    else if (step === open.length) bits &= ~after;
    while (bits !== 0) {
      const chunk = at * 8 + Math.clz32(bits) - 24;
      bits &= ~(0x80 >> (chunk & 7));
      const copies = (swarm.copies[chunk] ?? 0) + (swarm.promised.has(chunk) ? 1 : 0);
      if (copies >= fewest || !allowed(chunk)) continue;
      if (copies <= 1) return chunk;
      best = chunk;
      fewest = copies;
    }
  }
  return best;
}
