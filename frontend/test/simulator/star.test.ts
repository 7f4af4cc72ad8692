import { describe, expect, it } from "vitest";
import { Star } from "../../simulator/star";

/** Receivers at no distance; rates in bytes a millisecond. */
function star(size: number, rate: number, ...rates: number[]): Star {
  return new Star(
    size,
    rate,
    rates.map((own) => ({ rate: own, delayMillis: 0 })),
  );
}

describe("the star", () => {
  it("shares the hub's line evenly: everybody is done at the same moment, N files later", () => {
    const even = star(1_000, 10, 10, 10, 10, 10);
    even.advance(100);
    expect(even.progress(2)).toBeCloseTo(0.25);
    expect(even.egress).toBeCloseTo(1_000);
    even.advance();
    for (const at of even.completedAt) expect(at).toBeCloseTo(400);
    expect(even.egress).toBeCloseTo(4_000);
  });

  it("gives the others what a slow one cannot take", () => {
    // 1 goes to the slow one, 4.5 to each of the others: done after 1000 / 4.5; then the slow one goes on alone.
    const uneven = star(1_000, 10, 10, 1, 10);
    uneven.advance();
    expect([...uneven.completedAt].map((at) => Math.round(at * 10) / 10)).toEqual([222.2, 1_000, 222.2]);
  });

  it("is limited by a receiver's own line where the hub's is wider, and a far one is done a round trip later", () => {
    const far = new Star(1_000, 100, [
      { rate: 10, delayMillis: 0 },
      { rate: 10, delayMillis: 30 },
    ]);
    far.advance();
    expect([...far.completedAt]).toEqual([100, 160]);
  });

  it("goes on for those who stay, and ends with the hub", () => {
    const left = star(1_000, 10, 10, 10);
    left.advance(100);
    left.remove(0);
    left.advance();
    expect(left.completedAt[1]).toBeCloseTo(150);
    expect(left.completedAt[0]).toBeNaN();
    const dead = star(1_000, 10, 10, 10);
    dead.advance(100);
    dead.die();
    dead.advance();
    expect(dead.egress).toBeCloseTo(1_000);
    expect([...dead.completedAt].every(Number.isNaN)).toBe(true);
  });

  it("comes to the same whatever the steps in which time passes", () => {
    const steps = star(1_000, 10, 10, 2, 3);
    for (let at = 0; at < 900; at += 7) steps.advance(at);
    const once = star(1_000, 10, 10, 2, 3);
    once.advance(900);
    steps.advance(900);
    steps.completedAt.forEach((at, number) => {
      expect(at).toBeCloseTo(once.completedAt[number] ?? 0, 6);
    });
  });
});
