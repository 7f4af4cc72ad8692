// From single runs to a table with medians, spreads and ratios, as JSON and as Markdown.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { measurements } from "./places.mjs";

const MB = 1_000_000;

/** What is read off one run: times in seconds, rates in MB/s, what the source sent in copies of the file. */
const FIGURES = {
  total: { title: "whole transfer, s", of: (run) => (lastOf(run) - begunOf(run)) / 1000 },
  first: { title: "to the first byte, s", of: (run) => (run.receivers[0].first - run.receivers[0].clicked) / 1000 },
  rate: { title: "steady rate, MB/s", of: steadyOf },
  median: {
    title: "median receiver, s",
    of: (run) => median(run.receivers.map((each) => each.last - begunOf(run))) / 1000,
  },
  processor: { title: "processor, s", of: (run) => total(run.processor.flatMap((kinds) => Object.values(kinds))) },
  efficiency: { title: "efficiency of the last", of: (run) => run.boundSeconds / FIGURES.total.of(run) },
  efficiencyMedian: { title: "efficiency of the median", of: (run) => run.boundSeconds / FIGURES.median.of(run) },
  copies: { title: "the source's copies", of: (run) => (run.sourceBytes ?? NaN) / run.size },
};

const SHOWN = {
  "one-link": ["total", "rate", "first", "processor"],
  "channel-in-worker": ["total", "rate", "processor"],
  "one-to-four": ["total", "median", "copies", "processor"],
  "six-capped": ["total", "efficiency", "efficiencyMedian", "copies", "processor"],
};

const TITLES = {
  "one-link": "One link: one source, one receiver, 60 MB",
  "channel-in-worker":
    "The channel in the page or in the store's worker: one bare link whose bytes are verified and written, 63 MB",
  "one-to-four": "One source, four receivers: 50 MB each",
  "six-capped": "Six receivers, every upload capped at 1 MB/s: 24 MB each; efficiency is the bound by the time",
};

/** The aims; a ratio is Hubmesh's figure by the rival's, or by nothing: the figure itself. */
const RATIOS = [
  { experiment: "one-link", figure: "total", rival: "raw" },
  { experiment: "one-link", figure: "rate", rival: "raw", aim: ">= 0.9" },
  { experiment: "one-link", figure: "total", rival: "webtorrent" },
  { experiment: "one-link", figure: "rate", rival: "webtorrent", aim: ">= 1.4" },
  { experiment: "one-to-four", figure: "total", rival: "webtorrent", aim: "<= 0.6" },
  { experiment: "one-to-four", figure: "copies", aim: "<= 1.1" },
  { experiment: "six-capped", figure: "efficiency", aim: ">= 0.75" },
  { experiment: "six-capped", figure: "efficiencyMedian", aim: ">= 0.85" },
  { experiment: "six-capped", figure: "copies", aim: "<= 1.1" },
];

function total(values) {
  return values.reduce((sum, each) => sum + each, 0);
}

function begunOf(run) {
  return Math.min(...run.receivers.map((each) => each.clicked));
}

function lastOf(run) {
  return Math.max(...run.receivers.map((each) => each.last));
}

function steadyOf({ receivers: [{ first, firstBytes, last, bytes }] }) {
  return (bytes - firstBytes) / MB / ((last - first) / 1000);
}

function median(values) {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** All values of a figure, their median, the least and the most. */
export function spread(all) {
  return { all, median: median(all), least: Math.min(...all), most: Math.max(...all) };
}

function summarised(runs) {
  const summary = {};
  for (const run of runs) {
    const figures = ((summary[run.experiment] ??= {})[run.rival] ??= {});
    for (const figure of SHOWN[run.experiment]) (figures[figure] ??= { all: [] }).all.push(FIGURES[figure].of(run));
  }
  for (const rivals of Object.values(summary)) {
    for (const figures of Object.values(rivals)) {
      for (const [name, { all }] of Object.entries(figures)) figures[name] = spread(all);
    }
  }
  return summary;
}

function ratios(summary) {
  return RATIOS.flatMap((each) => {
    const ours = summary[each.experiment]?.hubmesh?.[each.figure]?.median;
    const theirs = each.rival === undefined ? 1 : summary[each.experiment]?.[each.rival]?.[each.figure]?.median;
    return ours === undefined || theirs === undefined ? [] : [{ ...each, ratio: ours / theirs }];
  });
}

/** A figure as a table shows it, with that many decimals. */
export function cell(figure, decimals = 2) {
  const digits = (value) => value.toFixed(decimals);
  if (Number.isNaN(figure.median)) return "–";
  return `${digits(figure.median)} (${digits(figure.least)} to ${digits(figure.most)})`;
}

/** A table in Markdown. */
export function table(head, rows) {
  return [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

/** Commit, machine and versions in words. */
export function machineWords({ at, commit, changed, cores, processor, memoryGib, system, node, browser, rivals }) {
  const versions = Object.entries(rivals).map(([name, version]) => `${name} ${version}`);
  return [
    `Commit ${commit}${changed ? " with changes" : ""}, ${at}.`,
    `${cores} cores (${processor}), ${memoryGib} GiB, ${system}, Node ${node}, ${[...(browser === null ? [] : [browser]), ...versions].join(", ")}.`,
  ].join("\n");
}

function markdown(machine, runs, summary, compared) {
  const loads = runs.flatMap((run) => [run.loadBefore, run.loadAfter]);
  const parts = [
    `# Bench of ${machine.at.slice(0, 10)}`,
    machineWords(machine),
    `Load average while it ran: ${Math.min(...loads).toFixed(1)} to ${Math.max(...loads).toFixed(1)}.`,
    "Medians, in brackets the least and the most; ratios are of the medians of this run.",
  ];
  for (const [experiment, rivals] of Object.entries(summary)) {
    const shown = SHOWN[experiment];
    const rows = Object.entries(rivals).map(([rival, figures]) => [
      rival,
      String(figures.total.all.length),
      ...shown.map((each) => cell(figures[each])),
    ]);
    parts.push(`## ${TITLES[experiment]}`, table(["", "runs", ...shown.map((each) => FIGURES[each].title)], rows));
  }
  const rows = compared.map(({ experiment, figure, rival, ratio, aim }) => [
    `${TITLES[experiment].split(":")[0]}: ${FIGURES[figure].title.split(",")[0]}${rival === undefined ? "" : `, by ${rival}`}`,
    ratio.toFixed(2),
    aim ?? "",
  ]);
  parts.push("## Hubmesh by its rivals", table(["", "figure or ratio", "aim"], rows));
  return `${parts.join("\n\n")}\n`;
}

/** Writes both files; answers the path of the table. */
export function write({ machine, runs }) {
  const summary = summarised(runs);
  const compared = ratios(summary);
  mkdirSync(measurements, { recursive: true });
  const path = join(measurements, `bench-${machine.at.slice(0, 16).replace(":", "")}-${machine.commit}`);
  writeFileSync(`${path}.json`, `${JSON.stringify({ machine, summary, ratios: compared, runs }, null, 2)}\n`);
  writeFileSync(`${path}.md`, markdown(machine, runs, summary, compared));
  return `${path}.md`;
}
