/** Whose figures a series tells; it settles colour, pattern and symbol on every page: the hub indigo, peers emerald, the rest neutral. */
export type SeriesKind =
  "hub" | "peers" | "automatic" | `simulated-${"hub" | "peers" | "automatic"}` | BoundKind | "neutral";

/** A least time: of the hub alone, of hub and peers together, of peers when the hub sends one copy. */
export type BoundKind = "bound-hub" | "bound-peers" | "bound-thrifty";

/** One series. */
export interface ChartSeries {
  name: string;
  kind: SeriesKind;
  /** Areas are piled on one another in their order; everything else stands by itself. */
  shape: "line" | "points" | "bars" | "area";
  /** Pairs of x and y in the units of the axes, by rising x; a y that is no number is a gap. */
  values: readonly (readonly [number, number])[];
}

/**
 * A chart in words and figures. `time` is in milliseconds since 1970, `seconds` in seconds, `bytes` in bytes, `share` as 0 to 1, `money` in the
 * currency that the name of the axis says. An axis of counts that spans two powers of ten or more is drawn by powers of ten.
 */
export interface ChartSpec {
  title: string;
  description?: string;
  x: { name: string; unit: "time" | "count" | "seconds" };
  y: { name: string; unit: "bytes" | "bytes-per-second" | "seconds" | "share" | "money" | "count" };
  series: readonly ChartSeries[];
}

/** What an axis counts in. */
export type Unit = ChartSpec["x"]["unit"] | ChartSpec["y"]["unit"];

/** A chart that stands on a page. */
export interface Chart {
  /** Draws other figures, at once. */
  update(spec: ChartSpec): void;
  /** Takes it off the page. */
  dispose(): void;
}
