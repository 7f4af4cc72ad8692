import { el } from "../dom";
import type { ChartSpec } from "./spec";
import { inWords } from "./words";

/** A chart's figures in rows: one for every x, by rising x; a series that has no figure there has none in the row. */
export interface Figures {
  /** The name of the x axis, then of each series. */
  columns: string[];
  rows: { x: number; figures: (number | null)[] }[];
}

/** The figures behind a chart. */
export function figuresOf(spec: ChartSpec): Figures {
  const rows = new Map<number, (number | null)[]>();
  spec.series.forEach((series, column) => {
    for (const [x, y] of series.values) {
      const row = rows.get(x) ?? spec.series.map(() => null);
      row[column] = Number.isFinite(y) ? y : null;
      rows.set(x, row);
    }
  });
  return {
    columns: [spec.x.name, ...spec.series.map((series) => series.name)],
    rows: [...rows].map(([x, figures]) => ({ x, figures })).sort((one, other) => one.x - other.x),
  };
}

/** The same as a real table. */
export function tableOf(spec: ChartSpec): HTMLTableElement {
  const { columns, rows } = figuresOf(spec);
  const head = columns.map((text, place) => el("th", { scope: "col", class: place === 0 ? "" : "text-end", text }));
  const body = rows.map(({ x, figures }) =>
    el(
      "tr",
      {},
      el("th", { scope: "row", text: inWords(spec.x.unit, x) }),
      ...figures.map((figure) =>
        el("td", { class: "text-end", text: figure === null ? "–" : inWords(spec.y.unit, figure) }),
      ),
    ),
  );
  return el(
    "table",
    { class: "table table-sm" },
    el("caption", { text: `${spec.title}: ${spec.y.name}` }),
    el("thead", {}, el("tr", {}, ...head)),
    el("tbody", {}, ...body),
  );
}
