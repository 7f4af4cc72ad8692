// From single runs to a table with medians, spreads and ratios, as JSON and as Markdown.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { measurements } from "../places.mjs";
import { cell, machineWords, spread, table } from "../report.mjs";

const KIB = 1024;
const MICROS = 1_000_000;

function rate(phase) {
  return phase === null ? NaN : phase.done / phase.seconds;
}

function each(phase, who) {
  return phase === null ? NaN : (phase[who] / phase.done) * MICROS;
}

function perPeer(run, kind) {
  return (run.memory[kind] - run.base[kind]) / run.join.done / KIB;
}

/** What is read off one run. */
const FIGURES = {
  joins: { title: "joins/s", of: (run) => rate(run.join), aim: ">= 2,000" },
  announces: { title: "announces/s", of: (run) => rate(run.announce) },
  relays: { title: "relayed messages/s", of: (run) => rate(run.relay) },
  resident: { title: "resident KiB a peer", of: (run) => perPeer(run, "resident"), aim: "<= 20" },
  heap: { title: "heap KiB a peer", of: (run) => perPeer(run, "heap") },
  direct: { title: "direct KiB a peer", of: (run) => perPeer(run, "direct") },
  joinCost: { title: "server µs a join", of: (run) => each(run.join, "server") },
  announceCost: { title: "server µs an announce", of: (run) => each(run.announce, "server") },
  relayCost: { title: "server µs a relay", of: (run) => each(run.relay, "server") },
  loadCost: { title: "load's µs a relay", of: (run) => each(run.relay, "load") },
  idle: { title: "idle, % of a core", of: (run) => (run.idle.server / run.idle.seconds) * 100 },
  lost: { title: "lost", of: (run) => run.join.lost + (run.announce?.lost ?? 0) + run.relay.lost + peersGone(run) },
};

const RATES = ["joins", "announces", "relays", "resident", "heap", "direct"];
const COSTS = ["joinCost", "announceCost", "relayCost", "loadCost", "idle", "lost"];

/** The aims beside a rival; a ratio is the hub's figure by the rival's. */
const RATIOS = [
  { figure: "joins", rival: "bittorrent-tracker" },
  { figure: "announces", rival: "bittorrent-tracker" },
  { figure: "relays", rival: "bittorrent-tracker", aim: ">= 1.5" },
  { figure: "resident", rival: "bittorrent-tracker" },
  { figure: "joins", rival: "peer" },
  { figure: "relays", rival: "peer" },
  { figure: "resident", rival: "peer" },
];

function peersGone({ join, idle }) {
  return join.done - idle.done;
}

/** What a run lacks to be whole: every rival, and every peer of it from the first phase to the last. */
export function gaps(runs, rivals) {
  const absent = rivals.filter((rival) => !runs.some((run) => run.rival === rival));
  const short = runs.filter((run) => run.join.done !== run.peers || FIGURES.lost.of(run) !== 0);
  return [
    ...absent.map((rival) => `${rival} had no turn`),
    ...short.map((run) => `of ${run.peers} peers of ${run.rival} ${run.join.done} joined and ${run.idle.done} stayed`),
  ];
}

/** One line for the console. */
export function shown(run) {
  return Object.values(FIGURES)
    .map(({ title, of }) => `${title} ${of(run).toFixed(1)}`)
    .join(", ");
}

function summarised(runs) {
  const summary = {};
  for (const run of runs) {
    const figures = (summary[run.rival] ??= {});
    for (const [name, { of }] of Object.entries(FIGURES)) (figures[name] ??= []).push(of(run));
  }
  for (const figures of Object.values(summary)) {
    for (const [name, all] of Object.entries(figures)) figures[name] = spread(all);
  }
  return summary;
}

function ratios(summary) {
  return RATIOS.flatMap((each) => {
    const ours = summary.hubmesh?.[each.figure]?.median;
    const theirs = summary[each.rival]?.[each.figure]?.median;
    return ours === undefined || theirs === undefined ? [] : [{ ...each, ratio: ours / theirs }];
  });
}

function figureTable(summary, figures) {
  const head = ["", ...figures.map((each) => FIGURES[each].title)];
  const aims = ["aim", ...figures.map((each) => FIGURES[each].aim ?? "")];
  const rows = Object.entries(summary).map(([rival, values]) => [
    rival,
    ...figures.map((each) => cell(values[each], 1)),
  ]);
  return table(head, [...rows, aims]);
}

function markdown(machine, settings, runs, summary, compared) {
  const loads = runs.flatMap((run) => [run.loadBefore, run.loadAfter]);
  const rows = compared.map(({ figure, rival, ratio, aim }) => [
    `${FIGURES[figure].title}, by ${rival}`,
    ratio.toFixed(2),
    aim ?? "",
  ]);
  const parts = [
    `# Registry under load, ${machine.at.slice(0, 10)}`,
    machineWords(machine),
    `${settings.peers} peers in swarms of ${settings.swarm}, ${settings.repetitions} repetitions, the hub's heap ${settings.heap}, ${settings.java}.`,
    `Load average while it ran: ${Math.min(...loads).toFixed(1)} to ${Math.max(...loads).toFixed(1)}; the load itself is most of it.`,
    "Medians, in brackets the least and the most; ratios are of the medians of this run.",
    "## Rates and memory",
    figureTable(summary, RATES),
    "## What they cost",
    figureTable(summary, COSTS),
    "## Hubmesh by its rivals",
    table(["", "ratio", "aim"], rows),
  ];
  return `${parts.join("\n\n")}\n`;
}

/** Writes both files; answers the path of the table. */
export function write({ machine, settings, runs }) {
  const summary = summarised(runs);
  const compared = ratios(summary);
  mkdirSync(measurements, { recursive: true });
  const path = join(measurements, `registry-${machine.at.slice(0, 16).replace(":", "")}-${machine.commit}`);
  writeFileSync(`${path}.json`, `${JSON.stringify({ machine, settings, summary, ratios: compared, runs }, null, 2)}\n`);
  writeFileSync(`${path}.md`, markdown(machine, settings, runs, summary, compared));
  return `${path}.md`;
}
