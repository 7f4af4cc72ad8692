import type { BarSeriesOption, LineSeriesOption, ScatterSeriesOption } from "echarts/charts";
import type { EChartsCoreOption } from "echarts/core";
import { looksOf, showsSymbols } from "./looks";
import type { Look } from "./looks";
import { byPowersOfTen, byteSteps, inBytes, largestOf, secondSteps } from "./scale";
import type { ChartSeries, ChartSpec } from "./spec";
import { inWords, onAxis } from "./words";

/** The page's colours and letters, as they are now. */
export interface Palette {
  hub: string;
  peer: string;
  text: string;
  muted: string;
  surface: string;
  font: string;
}

/** In pixels. */
const SYMBOL = 6;
/** Lines are drawn at 3. */
const ABOVE_LINES = 4;
/** Of an area, so that lines of the grid are seen through it. */
const AREA_OPACITY = 0.55;
const GRID_OPACITY = 0.25;
/** Where the axis of bytes ends when there are none: 1 MiB. */
const LARGEST_OF_NOTHING = 1024 * 1024;
/** In pixels. */
const WIDEST_BAR = 28;
const FONT_SIZE = 12;
/** Names in tips are plain text: these would be read as instructions of style. */
const STYLE_SIGNS = /[{}|]/g;

type Series = LineSeriesOption | BarSeriesOption | ScatterSeriesOption;

/** What ECharts draws: nothing in it moves, and a tip is drawn into the picture, because the page's policy lets no style in. */
export function optionOf(spec: ChartSpec, palette: Palette): EChartsCoreOption {
  const looks = looksOf(spec);
  return {
    animation: false,
    textStyle: { fontFamily: palette.font, fontSize: FONT_SIZE, color: palette.text },
    grid: { left: 8, right: 16, top: 32, bottom: 8, outerBoundsMode: "same", outerBoundsContain: "all" },
    tooltip: {
      trigger: "axis",
      renderMode: "richText",
      confine: true,
      backgroundColor: palette.surface,
      borderColor: palette.muted,
      textStyle: { color: palette.text, fontFamily: palette.font, fontSize: FONT_SIZE },
      formatter: (points: TipPoint | TipPoint[]) => tip(spec, Array.isArray(points) ? points : [points]),
    },
    xAxis: xAxis(spec, palette),
    yAxis: yAxis(spec, palette),
    series: spec.series.map((series, place) => {
      const look = looks[place];
      if (look === undefined) throw new Error("A series has no look");
      return seriesOption(series, look, palette);
    }),
  };
}

/** The same for a picture that stands alone: with its title and a key. */
export function pictureOption(spec: ChartSpec, palette: Palette): EChartsCoreOption {
  return {
    ...optionOf(spec, palette),
    tooltip: { show: false },
    title: {
      text: spec.title,
      subtext: spec.description ?? "",
      left: 8,
      textStyle: { color: palette.text, fontFamily: palette.font, fontSize: 16 },
      subtextStyle: { color: palette.muted },
    },
    legend: { bottom: 8, selectedMode: false, textStyle: { color: palette.text }, itemWidth: 40 },
    grid: { left: 16, right: 24, top: 88, bottom: 56, outerBoundsMode: "same", outerBoundsContain: "all" },
  };
}

/** What a tip is told of one point. */
interface TipPoint {
  seriesName?: string;
  value?: unknown;
}

function tip(spec: ChartSpec, points: readonly TipPoint[]): string {
  const pairs = points.flatMap(({ seriesName = "", value }) => {
    const [x, y] = Array.isArray(value) ? (value as unknown[]) : [];
    return typeof x === "number" && typeof y === "number" ? [{ seriesName, x, y }] : [];
  });
  const [first] = pairs;
  if (first === undefined) return "";
  const lines = pairs.map(({ seriesName, y }) => `${seriesName}: ${inWords(spec.y.unit, y)}`);
  return [inWords(spec.x.unit, first.x), ...lines].join("\n").replace(STYLE_SIGNS, " ");
}

function xAxis(spec: ChartSpec, palette: Palette): object {
  const { name, unit } = spec.x;
  const type = unit === "time" ? "time" : byPowersOfTen(spec) ? "log" : "value";
  return {
    ...axis(name, palette),
    type,
    nameLocation: "middle",
    nameGap: 28,
    scale: true,
    ...(unit === "count" ? { minInterval: 1 } : {}),
    boundaryGap: spec.series.some((series) => series.shape === "bars") ? ["3%", "3%"] : undefined,
    splitLine: { show: false },
    axisLabel: {
      color: palette.muted,
      hideOverlap: true,
      ...(unit === "time" ? {} : { formatter: (value: number) => onAxis(unit, value) }),
    },
  };
}

function yAxis(spec: ChartSpec, palette: Palette): object {
  const { name, unit } = spec.y;
  return {
    ...axis(name, palette),
    type: "value",
    min: 0,
    nameLocation: "end",
    nameTextStyle: { color: palette.muted, align: "left" },
    ...(inBytes(unit) ? byteSteps(largestOf(spec) || LARGEST_OF_NOTHING) : {}),
    ...(unit === "seconds" ? secondSteps(largestOf(spec)) : {}),
    ...(unit === "count" ? { minInterval: 1 } : {}),
    splitLine: { lineStyle: { color: palette.muted, opacity: GRID_OPACITY } },
    axisLabel: { color: palette.muted, formatter: (value: number) => onAxis(unit, value) },
  };
}

function axis(name: string, palette: Palette): object {
  return { name, nameTextStyle: { color: palette.muted }, axisLine: { lineStyle: { color: palette.muted } } };
}

function seriesOption(series: ChartSeries, look: Look, palette: Palette): Series {
  const color = palette[look.ink];
  const itemStyle = look.striped ? { color, decal: stripes(palette) } : { color };
  const shared = { name: series.name, itemStyle, data: series.values.map(([x, y]) => [x, y]) };
  const symbol = look.symbol === "none" ? "circle" : look.symbol;
  switch (series.shape) {
    case "bars":
      return { ...shared, type: "bar", barMaxWidth: WIDEST_BAR };
    case "points":
      return { ...shared, type: "scatter", symbol, symbolSize: SYMBOL + 3, z: ABOVE_LINES };
    case "line":
    case "area":
      return {
        ...shared,
        type: "line",
        symbol,
        symbolSize: SYMBOL,
        showSymbol: showsSymbols(series, look),
        lineStyle: { color, width: look.width, type: look.dash.length === 0 ? "solid" : [...look.dash] },
        ...(series.shape === "area" ? { stack: "areas", areaStyle: { opacity: AREA_OPACITY } } : {}),
      };
  }
}

function stripes({ surface }: Palette): object {
  return { symbol: "rect", color: surface, dashArrayX: [1, 0], dashArrayY: [3, 5], rotation: -Math.PI / 4 };
}
