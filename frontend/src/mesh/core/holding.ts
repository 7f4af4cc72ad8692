import { chunkLength } from "../../protocol/manifest";
import { deliveredBy, lostOrigin, ORIGIN } from "./events";
import { review } from "./loose";
import type { Swarm } from "./state";

/** Notes that a verified chunk is in the store. */
export function hold(swarm: Swarm, chunk: number, origin: number): void {
  if (!swarm.held.add(chunk)) return;
  swarm.origins[chunk] = origin;
  swarm.heldBytes += chunkLength(swarm.manifest, chunk);
}

/** Notes that a chunk is damaged; answers whether it was held. What it was delivered by stays known. */
export function unhold(swarm: Swarm, chunk: number): boolean {
  if (!swarm.held.remove(chunk)) return false;
  swarm.origins[chunk] = lostOrigin(swarm.origins[chunk] ?? ORIGIN.missing);
  swarm.heldBytes -= chunkLength(swarm.manifest, chunk);
  review(swarm, chunk);
  return true;
}

/** Verified bytes of one origin, those that are damaged since included: they were delivered. */
export function bytesOf(swarm: Swarm, origin: number): number {
  let bytes = 0;
  swarm.origins.forEach((each, chunk) => {
    if (deliveredBy(each) === origin) bytes += chunkLength(swarm.manifest, chunk);
  });
  return bytes;
}
