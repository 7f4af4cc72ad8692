import type { ChartSpec } from "./spec";
import { figuresOf } from "./table";

/** What a spreadsheet would take for the beginning of a formula. */
const FORMULA = /^[=+\-@\t\r]/;
const NEEDS_QUOTES = /[",\r\n]/;

/** A chart's figures as CSV (RFC 4180), unrounded, moments as ISO 8601. Names come from strangers: none can become a formula. */
export function csvOf(spec: ChartSpec): string {
  const { columns, rows } = figuresOf(spec);
  const [first = "", ...rest] = columns;
  const head = [first, ...rest.map((name) => `${name} (${spec.y.unit})`)].map(textCell);
  const body = rows.map(({ x, figures }) => [
    spec.x.unit === "time" ? new Date(x).toISOString() : String(x),
    ...figures.map((figure) => (figure === null ? "" : String(figure))),
  ]);
  return [head, ...body].map((row) => `${row.join(",")}\r\n`).join("");
}

/** Text as a cell: harmless, and quoted where it must be. */
function textCell(text: string): string {
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return NEEDS_QUOTES.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
