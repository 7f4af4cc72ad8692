// Runs every rival in turn on this machine and writes down what was seen. Everything it started ends with it.
import { mkdtemp } from "node:fs/promises";
import { rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Browsers } from "./browsers.mjs";
import { startHub } from "./hub.mjs";
import { hubmesh } from "./hubmesh.mjs";
import { surroundings } from "./machine.mjs";
import { timed } from "./processor.mjs";
import { profiled } from "./profile.mjs";
import { write } from "./report.mjs";
import { keptLink, rawLink, webTorrent } from "./rivals.mjs";
import { startPages, startTracker } from "./servers.mjs";

const MB = 1_000_000;

/** Milliseconds after which one measurement is given up. */
const LONGEST_MILLIS = 300_000;

const { values: options } = parseArgs({
  options: {
    repetitions: { type: "string", default: "3" },
    only: { type: "string", multiple: true, default: [] },
    profile: { type: "boolean", default: false },
    "dry-run": { type: "boolean", default: false },
  },
});

/** The experiments; in each repetition its rivals take turns, and each repetition begins with another one. */
const EXPERIMENTS = [
  { id: "one-link", size: 60 * MB, receivers: 1, rivals: { raw: rawLink, hubmesh, webtorrent: webTorrent } },
  {
    id: "channel-in-worker",
    // A whole number of the page's chunks.
    size: 480 * 128 * 1024,
    receivers: 1,
    rivals: {
      page: keptLink("page", 0),
      worker: keptLink("worker", 0),
      "page, busy": keptLink("page", 8),
      "worker, busy": keptLink("worker", 8),
    },
  },
  { id: "one-to-four", size: 50 * MB, receivers: 4, rivals: { hubmesh, webtorrent: webTorrent } },
  {
    id: "six-capped",
    size: 24 * MB,
    receivers: 6,
    // Seven peers at this rate use about half of two cores: the rates are what is measured, not the processor.
    upload: 1 * MB,
    rivals: { hubmesh },
  },
];

const folder = await mkdtemp(join(tmpdir(), "hubmesh-bench-"));
const browsers = new Browsers(folder);
const stops = [() => browsers.close()];
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => void stop().then(() => process.exit(1)));

async function stop() {
  for (const each of stops.splice(0)) await each().catch((failure) => console.error(failure));
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

async function started(starting) {
  const server = await starting;
  stops.push(server.stop);
  return server;
}

/** Least time of the last receiver, all uploads equal, downloads free (Kumar and Ross, 2006): F/u_s, N F / (u_s + sum u_i). */
function boundSeconds({ size, receivers, upload }) {
  return Math.max(size / upload, (receivers * size) / (upload * (receivers + 1)));
}

async function measure(experiment, rival, repetition, servers) {
  const before = loadavg()[0];
  const { size, receivers, upload } = experiment;
  const around = options.profile ? profiled : timed;
  let late;
  const limit = new Promise((_, reject) => {
    late = setTimeout(() => reject(new Error(`${rival} took too long.`)), LONGEST_MILLIS);
  });
  try {
    const measuring = experiment.rivals[rival]({ browsers, folder, size, receivers, upload, around, ...servers });
    const outcome = await Promise.race([measuring, limit]);
    return {
      experiment: experiment.id,
      rival,
      repetition,
      size,
      ...(upload === undefined ? {} : { boundSeconds: boundSeconds(experiment) }),
      loadBefore: before,
      loadAfter: loadavg()[0],
      ...outcome,
    };
  } finally {
    clearTimeout(late);
    await browsers.close();
  }
}

/** A measurement that fails is told and left out; the table says of how many runs it is, and nothing is kept when a rival never came in. */
async function attempt(...parameters) {
  try {
    const run = await measure(...parameters);
    console.log(summary(run));
    return run;
  } catch (failure) {
    console.error(failure);
    return null;
  }
}

function summary({ experiment, rival, repetition, receivers, processor }) {
  const begun = Math.min(...receivers.map((each) => each.clicked));
  const took = receivers.map((each) => ((each.last - begun) / 1000).toFixed(2));
  const first = ((receivers[0].first - receivers[0].clicked) / 1000).toFixed(2);
  const used = processor.map((kinds) =>
    Object.values(kinds)
      .reduce((sum, each) => sum + each, 0)
      .toFixed(1),
  );
  return `${experiment} ${repetition} ${rival}: ${took.join(" ")} s, first ${first} s, processor ${used.join(" ")} s`;
}

const chosen = EXPERIMENTS.filter(({ id }) => options.only.length === 0 || options.only.includes(id));

function rivalsOf(experiment) {
  return Object.keys(experiment.rivals).filter((rival) => !options.profile || rival === "hubmesh");
}

/** Who never came in, in words. */
function missing(runs) {
  return chosen.flatMap(({ id, rivals }) =>
    rivalsOf({ rivals })
      .filter((rival) => !runs.some((run) => run.experiment === id && run.rival === rival))
      .map((rival) => `${rival} in ${id}`),
  );
}

async function runAll(servers) {
  const runs = [];
  for (const experiment of chosen) {
    const rivals = rivalsOf(experiment);
    for (let repetition = 0; repetition < Number(options.repetitions); repetition++) {
      for (let turn = 0; turn < rivals.length; turn++) {
        const rival = rivals[(turn + repetition) % rivals.length];
        const run = await attempt(experiment, rival, repetition + 1, servers);
        if (run !== null) runs.push(run);
      }
    }
  }
  return runs;
}

try {
  const machine = surroundings(await browsers.version());
  const [pages, tracker, hub] = [
    await started(startPages()),
    await started(startTracker()),
    await started(startHub(join(folder, "data"))),
  ];
  const runs = await runAll({ pages, tracker, hub });
  const absent = missing(runs);
  if (absent.length > 0) {
    console.error(`Nothing is kept, for these never came in: ${absent.join(", ")}`);
    process.exitCode = 1;
  } else if (!options["dry-run"]) console.log(`Written: ${write({ machine, runs })}`);
} finally {
  await stop();
}
