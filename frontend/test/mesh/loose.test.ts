import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Bitmap } from "../../src/protocol/bitmap";
import { isMissing, rarestLoose, review } from "../../src/mesh/core/loose";
import { newSwarm } from "../../src/mesh/core/new-state";
import type { Link, Swarm } from "../../src/mesh/core/state";

const CHUNKS = 21;

interface Case {
  copies: number[];
  promised: boolean[];
  sources: number[];
  held: boolean[];
  settling: boolean[];
  have: boolean[];
  refused: boolean[];
}

function bits(set: readonly boolean[]): Bitmap {
  const bitmap = new Bitmap(set.length);
  set.forEach((isIn, chunk) => isIn && bitmap.add(chunk));
  return bitmap;
}

function swarmOf({ copies, promised, sources, held, settling }: Case): Swarm {
  const manifest = { contentId: "0", size: CHUNKS * 10, chunkSize: 10, sha256: "", leaves: new Uint8Array(0) };
  const origins = Uint8Array.from(held, (isHeld) => (isHeld ? 2 : 0));
  const swarm = newSwarm(
    { resource: "", name: "", manifest, origins, note: null, pinned: false, onRequest: false, usedAt: 0 },
    0,
  );
  swarm.copies.set(copies);
  swarm.promised = bits(promised);
  swarm.sources.set(sources);
  settling.forEach((is, chunk) => is && swarm.settling.set(chunk, 10));
  for (let chunk = 0; chunk < CHUNKS; chunk++) review(swarm, chunk);
  return swarm;
}

/** The same choice, made the plain way. */
function plainly(swarm: Swarm, { have, refused, promised }: Case, start: number): number | null {
  const copies = (chunk: number): number =>
    Math.max(1, (swarm.copies[chunk] ?? 0) + (promised[chunk] === true ? 1 : 0));
  const from = Array.from({ length: CHUNKS }, (_, step) => (start + step) % CHUNKS);
  const open = from.filter(
    (chunk) => have[chunk] === true && swarm.sources[chunk] === 0 && isMissing(swarm, chunk) && refused[chunk] !== true,
  );
  const fewest = Math.min(...open.map(copies));
  return open.find((chunk) => copies(chunk) === fewest) ?? null;
}

describe("the rarest loose chunk", () => {
  const some = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(of, { minLength: CHUNKS, maxLength: CHUNKS });
  const cases = fc.record<Case>({
    copies: some(fc.nat({ max: 4 })),
    promised: some(fc.boolean()),
    sources: some(fc.nat({ max: 1 })),
    held: some(fc.boolean()),
    settling: some(fc.boolean()),
    have: some(fc.boolean()),
    refused: some(fc.boolean()),
  });

  it("is the one that looking at every chunk finds, from any place on", () => {
    fc.assert(
      fc.property(cases, fc.nat({ max: CHUNKS - 1 }), (given, start) => {
        const swarm = swarmOf(given);
        const link = { have: bits(given.have) } as Link;
        const found = rarestLoose(swarm, link, start, (chunk) => given.refused[chunk] !== true);
        expect(found).toBe(plainly(swarm, given, start));
        expect(swarm.loose.count).toBe(
          given.held.filter((held, chunk) => !held && given.settling[chunk] !== true && given.sources[chunk] === 0)
            .length,
        );
      }),
    );
  });
});
