import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { EXPERIMENTS } from "./experiments";
import { jsonOf, ONE_SCENARIO, type Outcome, rounded, tableOf } from "./report";
import { simulate } from "./result";
import { faultOf, ONE, type Scenario, USUAL } from "./scenario";

const MIB = 1024 * 1024;

const HELP = `npm run simulate --prefix frontend -- [options]

One scenario:
  --peers N           peers that fetch (default ${USUAL.peers})
  --size MIB          size of the file in MiB (default ${USUAL.size / MIB})
  --seed N            seed of all chance (default ${USUAL.seed})
  --scenario FILE     the scenario of an exported result, its interventions included
  --set NAME=VALUE    any other part of a scenario, the value as JSON; may be repeated
Kept experiments:
  --experiment NAME   ${EXPERIMENTS.map((each) => each.name).join(", ")}, or all
  --out FOLDER        writes simulation-<date>-<commit>.md and .json there
Either:
  --json              prints everything as JSON instead of a table
  --help`;

const { values } = parseArgs({
  options: {
    peers: { type: "string" },
    size: { type: "string" },
    seed: { type: "string" },
    set: { type: "string", multiple: true },
    scenario: { type: "string" },
    experiment: { type: "string" },
    out: { type: "string" },
    json: { type: "boolean" },
    help: { type: "boolean" },
  },
});

/** The first scenario of an exported file. */
function scenarioIn(file: string): object {
  const outcomes = JSON.parse(readFileSync(file, "utf8")) as Outcome[];
  const first = outcomes[0]?.results[0]?.scenario;
  if (first === undefined) throw new RangeError(`${file} has no result`);
  return first;
}

/** The scenario that the options describe. */
function scenario(): Scenario {
  const exported = values.scenario === undefined ? {} : scenarioIn(values.scenario);
  const chosen: Record<string, unknown> = { ...USUAL, name: ONE, ...exported };
  if (values.peers !== undefined) chosen["peers"] = Number(values.peers);
  if (values.size !== undefined) chosen["size"] = Number(values.size) * MIB;
  if (values.seed !== undefined) chosen["seed"] = Number(values.seed);
  for (const setting of values.set ?? []) {
    const [name = "", ...value] = setting.split("=");
    if (!(name in USUAL)) throw new RangeError(`a scenario has no part "${name}"`);
    chosen[name] = JSON.parse(value.join("="));
  }
  const whole = chosen as unknown as Scenario;
  const fault = faultOf(whole);
  if (fault !== null) throw new RangeError(fault);
  return whole;
}

function chosen(): { name: string; title: string; scenarios: Scenario[] }[] {
  const { experiment } = values;
  if (experiment === undefined) return [{ ...ONE_SCENARIO, scenarios: [scenario()] }];
  const found = EXPERIMENTS.filter((each) => experiment === "all" || each.name === experiment);
  if (found.length === 0) throw new RangeError(`no experiment "${experiment}"`);
  return found;
}

/** Seconds of processor time that something takes. */
function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

function run(): Outcome[] {
  return chosen().map(({ name, title, scenarios }) => ({
    name,
    title,
    results: scenarios.map((each) => {
      const before = processorSeconds();
      const result = simulate(each);
      const memory = Math.round(process.memoryUsage().rss / MIB);
      const seconds = (processorSeconds() - before).toFixed(0);
      process.stderr.write(`${name}: ${each.name}, seed ${each.seed}: ${seconds} s of processor, ${memory} MiB\n`);
      return result;
    }),
  }));
}

function write(folder: string, outcomes: readonly Outcome[]): void {
  const git = (...of: string[]): string => execFileSync("git", of, { encoding: "utf8" }).trim();
  const commit = git("rev-parse", "--short=10", "HEAD");
  const at = new Date().toISOString();
  const machine = `${cpus().length} cores (${cpus()[0]?.model ?? "unknown"}), Node ${process.version}`;
  const path = join(folder, `simulation-${at.slice(0, 16).replace(":", "")}-${commit}`);
  const head = `# Simulation of ${at.slice(0, 10)}\n\nCommit ${commit}, ${at}. ${machine}; the figures do not depend on the machine.\n\n`;
  const about = `Medians over the seeds, in brackets the least and the most. What the columns mean is in the README beside this file.\n\n`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${path}.md`, head + about + outcomes.map(tableOf).join("\n"));
  writeFileSync(`${path}.json`, `${JSON.stringify({ commit, at, machine, outcomes }, rounded, 2)}\n`);
}

if (values.help === true) console.log(HELP);
else {
  const outcomes = run();
  console.log(values.json === true ? jsonOf(outcomes) : outcomes.map(tableOf).join("\n"));
  if (values.out !== undefined) write(values.out, outcomes);
}
