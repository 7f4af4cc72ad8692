import type { ChartSeries, ChartSpec, SeriesKind } from "./spec";

/** A colour of the page, by its role. */
export type Ink = "hub" | "peer" | "text" | "muted";

/** How a series looks besides its words: never by colour alone. */
export interface Look {
  ink: Ink;
  /** Lengths of strokes and gaps in pixels; none is an unbroken line. */
  dash: readonly number[];
  symbol: "circle" | "diamond" | "triangle" | "rect" | "none";
  /** In pixels. */
  width: number;
  striped: boolean;
}

const LOOKS: Record<SeriesKind, Look> = {
  hub: { ink: "hub", dash: [], symbol: "circle", width: 2, striped: false },
  peers: { ink: "peer", dash: [8, 3], symbol: "diamond", width: 2, striped: true },
  automatic: { ink: "text", dash: [10, 3, 2, 3], symbol: "rect", width: 2, striped: false },
  "bound-hub": { ink: "hub", dash: [2, 3], symbol: "none", width: 1.5, striped: false },
  "bound-peers": { ink: "peer", dash: [2, 2, 2, 7], symbol: "none", width: 1.5, striped: false },
  "bound-thrifty": { ink: "peer", dash: [1, 5], symbol: "none", width: 2, striped: false },
  "simulated-hub": { ink: "hub", dash: [4, 4], symbol: "triangle", width: 1.5, striped: false },
  "simulated-peers": { ink: "peer", dash: [10, 4], symbol: "triangle", width: 1.5, striped: false },
  "simulated-automatic": { ink: "text", dash: [10, 4, 2, 4], symbol: "triangle", width: 1.5, striped: false },
  neutral: { ink: "text", dash: [], symbol: "triangle", width: 1.5, striped: false },
};

/** What tells the second, third and fourth series of one kind from the first. */
const AGAIN: readonly Partial<Look>[] = [
  {},
  { dash: [3, 3], symbol: "triangle", striped: true },
  { dash: [12, 4], symbol: "rect", striped: false },
  { dash: [1, 4], symbol: "circle", striped: true },
];

/** More points than this in one series are drawn without a symbol each. */
const MOST_SYMBOLS = 40;

/** Whether each point of a series has its symbol. */
export function showsSymbols({ shape, values }: ChartSeries, { symbol }: Look): boolean {
  return symbol !== "none" && (shape === "points" || values.length <= MOST_SYMBOLS);
}

/** The look of each series of a chart, in their order. */
export function looksOf(spec: ChartSpec): Look[] {
  const seen = new Map<SeriesKind, number>();
  return spec.series.map(({ kind }) => {
    const times = seen.get(kind) ?? 0;
    seen.set(kind, times + 1);
    return { ...LOOKS[kind], ...AGAIN[times % AGAIN.length] };
  });
}
