// Puts the hub's registry and its rivals under the same load, in turn, on this machine, and writes down what was seen.
import { fork, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { jdk } from "../hub.mjs";
import { surroundings } from "../machine.mjs";
import { answerOf, secondsOf, startHubmesh, startNode } from "./servers.mjs";
import { gaps, shown, write } from "./report.mjs";

const here = dirname(fileURLToPath(import.meta.url));

const { values: options } = parseArgs({
  options: {
    peers: { type: "string", default: "10000" },
    repetitions: { type: "string", default: "3" },
    only: { type: "string", default: "" },
    heap: { type: "string", default: "256m" },
    jvm: { type: "string", default: "" },
    "dry-run": { type: "boolean", default: false },
  },
});

/** Processes of the load, one a core of the machine that the aims were set on. */
const LOADS = 2;

/** Members of a swarm; they are all in the same process of the load. */
const SWARM = 100;

/** Handshakes, and announcements, under way at once in each process. */
const WINDOW = 64;

/** Rounds of offers and answers under way at once in each process. */
const ROUNDS = 24;

const RELAY_MILLIS = 6_000;

/** Peers that come first and go, again and again, so that no rival is measured while its code is still compiled, and how long they talk. */
const WARM_PEERS = 1_000;
const WARM_ROUNDS = 3;
const WARM_MILLIS = 4_000;

/** How long whatever was under way has to come to rest. */
const SETTLE_MILLIS = 1_500;

/** Two rounds of the hub's pings. */
const IDLE_MILLIS = 20_000;

const RIVALS = ["hubmesh", "bittorrent-tracker", "peer"];

const peers = Math.ceil(Number(options.peers) / (LOADS * SWARM)) * LOADS * SWARM;
const folder = mkdtempSync(join(tmpdir(), "hubmesh-registry-"));
const stops = [() => rmSync(folder, { recursive: true, force: true })];
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => void stop().then(() => process.exit(1)));

async function stop() {
  for (const each of stops.splice(0).reverse()) await each();
}

function javaVersion() {
  return spawnSync(jdk("java"), ["--version"], { encoding: "utf8" }).stdout.split("\n")[0];
}

function startLoads() {
  const loads = Array.from({ length: LOADS }, () => fork(join(here, "load.mjs")));
  stops.push(() => loads.forEach((load) => load.disconnect()));
  return loads;
}

/** One phase in all processes of the load: how many, how long, and what it took of the processors. */
async function phase(loads, server, order) {
  const cpu = secondsOf(server.pid);
  const share = (order.peers ?? 0) / loads.length;
  const outcomes = await Promise.all(
    loads.map((load, at) => {
      const answered = answerOf(load, "a process of the load");
      load.send({ ...order, from: at * share, to: (at + 1) * share });
      return answered;
    }),
  );
  const sum = (pick) => outcomes.reduce((total, each) => total + pick(each), 0);
  const failures = outcomes.flatMap((each) => each.failures);
  if (failures.length > 0) console.error(`${order.phase}: ${failures.slice(0, 3).join("; ")}`);
  return {
    done: sum((each) => each.done),
    lost: sum((each) => each.lost),
    seconds: (Math.max(...outcomes.map((each) => each.ended)) - Math.min(...outcomes.map((each) => each.begun))) / 1000,
    server: secondsOf(server.pid) - cpu,
    load: sum((each) => each.seconds),
  };
}

/** Joins, announcements, relays and rest of one repetition; `localAddress` keeps its ports from those of the one before. */
async function repetition(rival, server, loads, base, localAddress) {
  const { port, setup } = server;
  const step = (name, order = {}) => phase(loads, server, { phase: name, window: WINDOW, setup, ...order });
  const before = loadavg()[0];
  const join = await step("connect", { rival, port, localAddress, peers });
  const announce = rival === "peer" ? null : await step("announce");
  await step("rest", { millis: SETTLE_MILLIS });
  const memory = await server.memory();
  const relay = await step("relay", { window: ROUNDS, millis: RELAY_MILLIS });
  await step("rest", { millis: SETTLE_MILLIS });
  const idle = await step("rest", { millis: IDLE_MILLIS });
  await step("close");
  await step("rest", { millis: SETTLE_MILLIS });
  return { rival, peers, join, announce, relay, idle, base, memory, loadBefore: before, loadAfter: loadavg()[0] };
}

async function warmed(rival, server, loads) {
  const order = { rival, port: server.port, setup: server.setup, window: WINDOW, peers: WARM_PEERS };
  for (let round = 0; round < WARM_ROUNDS; round++) {
    await phase(loads, server, { ...order, phase: "connect", localAddress: "127.0.1.1" });
    if (rival !== "peer") await phase(loads, server, { ...order, phase: "announce" });
    await phase(loads, server, { ...order, phase: "relay", window: 4, millis: WARM_MILLIS });
    await phase(loads, server, { ...order, phase: "rest", millis: SETTLE_MILLIS });
    await phase(loads, server, { ...order, phase: "close" });
    await phase(loads, server, { ...order, phase: "rest", millis: SETTLE_MILLIS });
  }
  return server.memory();
}

async function measured(rival) {
  const parameters = { peers, swarmSize: SWARM, heap: options.heap, options: options.jvm.split(" ").filter(Boolean) };
  const server = await (rival === "hubmesh" ? startHubmesh(folder, parameters) : startNode(rival, parameters));
  stops.push(server.stop);
  const loads = startLoads();
  const base = await warmed(rival, server, loads);
  const runs = [];
  for (let each = 1; each <= Number(options.repetitions); each++) {
    const run = await repetition(rival, server, loads, base, `127.0.1.${each + 1}`);
    runs.push(run);
    console.log(`${rival} ${each}: ${shown(run)}`);
  }
  for (const each of stops.splice(1).reverse()) await each();
  return runs;
}

/** A run that lacks a rival or has lost peers is shown and not kept: its figures would be of something else. */
function keep(machine, runs) {
  const missing = gaps(runs, RIVALS);
  if (missing.length > 0) throw new Error(`The run is not complete and not kept: ${missing.join("; ")}`);
  const settings = { ...options, peers, swarm: SWARM, java: javaVersion() };
  console.log(`Written: ${write({ machine, settings, runs })}`);
}

try {
  const machine = surroundings(null);
  const runs = [];
  for (const rival of RIVALS.filter((each) => options.only === "" || options.only === each)) {
    runs.push(...(await measured(rival)));
  }
  if (!options["dry-run"]) keep(machine, runs);
} finally {
  await stop();
}
