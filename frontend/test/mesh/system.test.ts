import { describe, expect, it } from "vitest";
import { forwardTime } from "../../src/mesh/browser/system";

describe("time", () => {
  it("follows the wall, through sleep too, and never runs backwards or stands still after a step back", () => {
    let wall = 1_000;
    const now = forwardTime(() => wall);
    expect(now()).toBe(1_000);
    wall = 7_200_000;
    expect(now()).toBe(7_200_000);
    wall = 3_600_000;
    expect(now()).toBe(7_200_000);
    wall += 250;
    expect(now()).toBe(7_200_250);
  });
});
