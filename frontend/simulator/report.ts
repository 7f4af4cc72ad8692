import { type Result, spreadOf } from "./result";

/** Results of one experiment. */
export interface Outcome {
  name: string;
  title: string;
  results: Result[];
}

/** How the outcome of one scenario is named that somebody has put together. */
export const ONE_SCENARIO = { name: "one", title: "One scenario" } as const;

/** Outcomes as JSON: what the command line prints and the page exports. */
export function jsonOf(outcomes: readonly Outcome[]): string {
  return JSON.stringify(outcomes, rounded, 2);
}

/** Figures with six digits: more says nothing. */
export function rounded(_: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(6)) : value;
}

interface Column {
  title: string;
  of: (result: Result) => number;
  digits: number;
}

const COLUMNS: readonly Column[] = [
  { title: "bound, s", of: (result) => result.bound, digits: 1 },
  { title: "median, s", of: (result) => result.seconds.median, digits: 1 },
  { title: "last, s", of: (result) => result.seconds.most, digits: 1 },
  { title: "efficiency, median", of: (result) => result.efficiency.median, digits: 3 },
  { title: "efficiency, last", of: (result) => result.efficiency.last, digits: 3 },
  { title: "egress, copies", of: (result) => result.egress, digits: 3 },
  { title: "given by holders, copies", of: (result) => result.given, digits: 3 },
  { title: "control, KB a peer", of: (result) => result.control.mean / 1000, digits: 1 },
  { title: "wasted, copies a peer", of: (result) => result.wasted, digits: 4 },
];

/** The median of several runs, and where they differ the least and the most. */
function cell({ of, digits }: Column, results: readonly Result[]): string {
  const { least, median, most } = spreadOf(results.map(of));
  const text = median.toFixed(digits);
  return least.toFixed(digits) === most.toFixed(digits)
    ? text
    : `${text} (${least.toFixed(digits)} to ${most.toFixed(digits)})`;
}

/** One experiment as a table in Markdown: a row for each name of a scenario, medians over its seeds. */
export function tableOf({ title, results }: Outcome): string {
  const names = [...new Set(results.map((result) => result.scenario.name))];
  const head = ["", "seeds", "completed", ...COLUMNS.map((column) => column.title)];
  const rows = names.map((name) => {
    const runs = results.filter((result) => result.scenario.name === name);
    const done = runs.map((run) => `${run.completed} of ${run.stayers}`);
    const completed = [...new Set(done)].join(", ");
    return [name, String(runs.length), completed, ...COLUMNS.map((column) => cell(column, runs))];
  });
  return [`## ${title}`, "", line(head), line(head.map(() => "---")), ...rows.map(line), ""].join("\n");
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
