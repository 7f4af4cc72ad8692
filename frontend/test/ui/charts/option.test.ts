import { describe, expect, it } from "vitest";
import { looksOf } from "../../../src/ui/charts/looks";
import { optionOf, pictureOption } from "../../../src/ui/charts/option";
import type { Palette } from "../../../src/ui/charts/option";
import { byPowersOfTen, byteSteps, largestOf, secondSteps } from "../../../src/ui/charts/scale";
import type { ChartSeries, ChartSpec, SeriesKind } from "../../../src/ui/charts/spec";

const KINDS: SeriesKind[] = [
  ...(["hub", "peers", "automatic", "bound-hub", "bound-peers", "bound-thrifty"] as const),
  ...(["simulated-hub", "simulated-peers", "simulated-automatic", "neutral"] as const),
];
const MIB = 1024 * 1024;

const palette: Palette = {
  hub: "#4f46e5",
  peer: "#047857",
  text: "#111111",
  muted: "#4b5563",
  surface: "#ffffff",
  font: "system-ui",
};

function series(kind: SeriesKind, shape: ChartSeries["shape"], ...values: [number, number][]): ChartSeries {
  return { name: kind, kind, shape, values };
}

function spec(...all: ChartSeries[]): ChartSpec {
  return { title: "T", x: { name: "Peers", unit: "count" }, y: { name: "Bytes", unit: "bytes" }, series: all };
}

interface Drawn {
  animation: boolean;
  tooltip: { renderMode: string; formatter: (points: object[]) => string };
  xAxis: { type: string };
  yAxis: { max?: number; interval?: number };
  legend?: { selectedMode: boolean };
  series: { type: string; stack?: string; itemStyle: { color: string; decal?: object }; showSymbol?: boolean }[];
}

const drawn = (chart: ChartSpec): Drawn => optionOf(chart, palette) as unknown as Drawn;

describe("the looks of series", () => {
  it("give the hub indigo and peers emerald, and tell every kind from every other without colour", () => {
    const looks = looksOf(spec(...KINDS.map((kind) => series(kind, "line"))));
    expect(looks.map((look) => look.ink)).toEqual([
      ...["hub", "peer", "text", "hub", "peer", "peer"],
      ...["hub", "peer", "text", "text"],
    ]);
    expect(new Set(looks.map(({ dash, symbol }) => `${dash.join(" ")}/${symbol}`)).size).toBe(KINDS.length);
  });

  it("tell two series of one kind apart", () => {
    const [first, second] = looksOf(spec(series("hub", "line"), series("hub", "line")));
    expect(first?.dash).not.toEqual(second?.dash);
    expect(first?.symbol).not.toBe(second?.symbol);
  });
});

describe("what is drawn", () => {
  it("neither moves nor needs a style of its own", () => {
    const option = drawn(spec(series("hub", "line", [1, 1])));
    expect(option.animation).toBe(false);
    expect(option.tooltip.renderMode).toBe("richText");
  });

  it("piles areas, stripes what came from peers, and spares the symbols of many points", () => {
    const many = Array.from({ length: 100 }, (_, x): [number, number] => [x + 1, x]);
    const [hub, peers, bars, points] = drawn(
      spec(
        series("hub", "area", [1, 1]),
        series("peers", "area", ...many),
        series("peers", "bars"),
        series("hub", "points"),
      ),
    ).series;
    expect([hub?.type, hub?.stack, hub?.itemStyle.decal, hub?.showSymbol]).toEqual(["line", "areas", undefined, true]);
    expect([peers?.itemStyle.color, peers?.showSymbol]).toEqual([palette.peer, false]);
    expect(peers?.itemStyle.decal).toMatchObject({ color: palette.surface });
    expect([bars?.type, points?.type]).toEqual(["bar", "scatter"]);
  });

  it("reads a tip in words, and takes no name for an instruction", () => {
    const words = drawn(spec()).tooltip.formatter([
      { seriesName: "From {a|peers}", value: [3, 2048] },
      { seriesName: "spoilt", value: "x" },
    ]);
    expect(words).toBe("3\nFrom  a peers : 2.0 KiB");
    expect(drawn(spec()).tooltip.formatter([])).toBe("");
  });

  it("has a title and a key when it stands alone", () => {
    const option = pictureOption(spec(series("hub", "line", [1, 1])), palette) as unknown as Drawn;
    expect(option.legend?.selectedMode).toBe(false);
    expect(option).toMatchObject({ title: { text: "T" } });
  });
});

describe("the scale", () => {
  it("is round in KiB, MiB and GiB, with few marks, and nothing stands out above it", () => {
    for (const largest of [0, 1, 700, 5000, 5 * MIB, 7.3 * MIB, 123 * MIB, 999 * MIB, 1.2 * 1024 * MIB, 1e15]) {
      const { max, interval } = byteSteps(largest);
      expect(max).toBeGreaterThanOrEqual(largest);
      expect(max / interval).toBeLessThanOrEqual(5);
      expect(Number.isInteger(max / interval)).toBe(true);
    }
    expect(byteSteps(123 * MIB)).toEqual({ interval: 40 * MIB, max: 160 * MIB });
    expect(drawn(spec(series("hub", "line", [1, 123 * MIB]))).yAxis).toMatchObject(byteSteps(123 * MIB));
  });

  it("is round in seconds, minutes, hours and days", () => {
    const [minute, hour, day] = [60, 3600, 86_400];
    expect(secondSteps(3)).toEqual({});
    expect(secondSteps(18)).toEqual({ interval: 5, max: 20 });
    expect(secondSteps(41 * minute)).toEqual({ interval: 10 * minute, max: 50 * minute });
    expect(secondSteps(3 * hour)).toEqual({ interval: hour, max: 3 * hour });
    expect(secondSteps(33 * day)).toEqual({ interval: 7 * day, max: 35 * day });
  });

  it("counts piled areas together, and everything else by itself", () => {
    const piled = [series("hub", "area", [1, 10], [2, 1]), series("peers", "area", [1, 5], [2, NaN])];
    expect(largestOf(spec(...piled))).toBe(15);
    expect(largestOf(spec(...piled, series("neutral", "line", [1, 20])))).toBe(20);
  });

  it("goes by powers of ten where counts span two of them", () => {
    expect(drawn(spec(series("hub", "line", [10, 1], [1000, 1]))).xAxis.type).toBe("log");
    expect(drawn(spec(series("hub", "line", [10, 1], [999, 1]))).xAxis.type).toBe("value");
    expect(byPowersOfTen(spec(series("hub", "line", [0, 1], [1000, 1])))).toBe(false);
    expect(
      byPowersOfTen({ ...spec(series("hub", "line", [1, 1], [1000, 1])), x: { name: "t", unit: "seconds" } }),
    ).toBe(false);
    expect(drawn({ ...spec(series("hub", "line", [1, 1])), x: { name: "t", unit: "time" } }).xAxis.type).toBe("time");
  });
});
