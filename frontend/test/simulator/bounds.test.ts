import { describe, expect, it } from "vitest";
import { type Bounds, boundsOf, type Environment } from "../../simulator/bounds";
import { vectors } from "../protocol/vectors";

interface Vector extends Environment {
  name: string;
  bounds: Bounds;
}

/** The hub's bounds are held against the same vectors. */
describe("bounds", () => {
  it.each(vectors("bounds") as Vector[])("$name", ({ bounds, ...environment }) => {
    const found = boundsOf(environment);
    expect(found.clientServer).toBeCloseTo(bounds.clientServer, 9);
    expect(found.peerToPeer).toBeCloseTo(bounds.peerToPeer, 9);
    expect(found.thrifty).toBeCloseTo(bounds.thrifty, 9);
    expect(found.chunkFactor).toBeCloseTo(bounds.chunkFactor, 9);
  });
});
