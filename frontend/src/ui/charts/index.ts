import type { Chart, ChartSpec } from "./spec";

export type { BoundKind, Chart, ChartSeries, ChartSpec, SeriesKind } from "./spec";

/** Draws a chart into `host`, with its figures as a table and buttons to save both; the drawing code is loaded with the first one. */
export async function drawChart(host: HTMLElement, spec: ChartSpec): Promise<Chart> {
  const { Figure } = await import("./figure");
  return new Figure(host, spec);
}
