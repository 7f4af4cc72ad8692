// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";
import { keyOf } from "../../../src/ui/charts/key";
import type { ChartSeries } from "../../../src/ui/charts";

/** A series of hub bytes with so many points. */
const series = (shape: ChartSeries["shape"], points: number): ChartSeries => ({
  name: "Hub",
  kind: "hub",
  shape,
  values: Array.from({ length: points }, (_, x) => [x, x] as const),
});

/** What the sample of a series is drawn with, part by part. */
const partsOf = (one: ChartSeries): (string | null)[] => {
  const [item] = keyOf({
    title: "T",
    x: { name: "X", unit: "count" },
    y: { name: "Y", unit: "bytes" },
    series: [one],
  });
  return [...(item?.querySelectorAll("path") ?? [])].map((path) => path.getAttribute("d"));
};

const LINE = "M0 6h28";
const CIRCLE = "M14 3a3 3 0 1 0 .01 0z";

describe("the key of a chart", () => {
  it("shows the symbols that the chart draws, and no others", () => {
    expect(partsOf(series("line", 3))).toEqual([LINE, CIRCLE]);
    expect(partsOf(series("line", 61))).toEqual([LINE]);
    expect(partsOf(series("points", 61))).toEqual([CIRCLE]);
  });

  it("shows the ground of an area under its line", () => {
    expect(partsOf(series("area", 61))).toEqual(["M0 6h28v6h-28z", LINE]);
  });
});
