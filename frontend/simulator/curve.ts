import { LEAST_PIECE_BYTES, PIECE_SECONDS } from "../src/mesh/core/constants";
import { LARGEST_PIECE } from "../src/protocol/frames";
import type { Model, TrialModel } from "../src/protocol/messages";
import { limitOf } from "./asked";
import { boundsOf } from "./bounds";
import { chunksOf, faultOf, ONE, type Scenario, USUAL } from "./scenario";
import { starOf, World } from "./world";

/** An experiment as it was set. Bytes, and bytes a second; the source is the hub, and nobody holds anything in the beginning. */
export interface Trial {
  models: readonly TrialModel[];
  /** With all of them, and with fewer. */
  receivers: number;
  size: number;
  hubRate: number;
  uploadRate: number;
  downloadRate: number;
}

/** What the page asks of a worker. */
export interface CurveOrder {
  do: "curve";
  trial: Trial;
}

/** What comes of it. `seconds`: when the last receiver has the file. `left-out`: peers would take too long to simulate. */
export type CurveNews =
  | { tell: "point"; model: TrialModel; receivers: number; seconds: number }
  | { tell: "left-out" }
  | { tell: "drawn" }
  | { tell: "fault"; words: string };

/**
 * One way from a line to the middle of the network, in milliseconds. How far receivers are from each other nobody knows; an experiment sets
 * the rates of the lines, and those are to decide.
 */
const NEAREST_MILLIS = 1;
const FARTHEST_MILLIS = 5;

/** Runs of peers for each figure, of which the median counts, as in an experiment: with few receivers chance weighs much. Odd. */
const SEEDS = 3;

/** Looks of a peer at its own state in a second, as in the browser. */
const TICKS = 4;

/** Pieces and ticks that one curve may take: some seconds of work; 20 to 40 µs each were measured. */
const MOST_STEPS = 400_000;

/** Simulates the last receiver's time of every model with more and more receivers. Takes seconds: not for a page's own thread. */
export function simulateCurve(trial: Trial, tell: (news: CurveNews) => void): void {
  const fault = faultOf(scenarioOf(trial, trial.receivers, "peers"));
  if (fault !== null) {
    tell({ tell: "fault", words: fault });
    return;
  }
  const feasible = receiversFor(trial);
  for (const model of trial.models) {
    const counts = model === "hub" ? upTo(trial.receivers) : (feasible ?? []);
    for (const receivers of counts) {
      const seconds = model === "hub" ? starSeconds(trial, receivers) : meshSeconds(trial, receivers, model);
      if (seconds !== null) tell({ tell: "point", model, receivers, seconds });
    }
  }
  tell(feasible === null ? { tell: "left-out" } : { tell: "drawn" });
}

/** With how many receivers peers are simulated: with each number, with powers of two, or with all alone; null when even that is too much. */
export function receiversFor(trial: Trial): readonly number[] | null {
  const every = upTo(trial.receivers);
  const meshes = trial.models.filter((model) => model !== "hub").length;
  const powers = every.filter((count) => count === trial.receivers || Number.isInteger(Math.log2(count)));
  const ways = [every, powers, [trial.receivers]];
  const steps = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + stepsOf(trial, count), 0);
  return ways.find((counts) => meshes * SEEDS * steps(counts) <= MOST_STEPS) ?? null;
}

function upTo(most: number): number[] {
  return Array.from({ length: most }, (_, before) => before + 1);
}

function stepsOf(trial: Trial, receivers: number): number {
  const piece = Math.min(LARGEST_PIECE, Math.max(LEAST_PIECE_BYTES, trial.uploadRate * PIECE_SECONDS));
  return receivers * (trial.size / piece + TICKS * boundSeconds(trial, receivers));
}

function boundSeconds({ size, hubRate, uploadRate, downloadRate }: Trial, receivers: number): number {
  const lines = Array.from({ length: receivers }, () => ({ upload: uploadRate, download: downloadRate }));
  return boundsOf({ size, chunks: chunksOf({ size }), hubUpload: hubRate, receivers: lines }).thrifty;
}

function scenarioOf(trial: Trial, peers: number, model: Model): Scenario {
  return {
    ...USUAL,
    name: ONE,
    peers,
    size: trial.size,
    hubUpload: trial.hubRate,
    lines: [{ share: 1, upload: trial.uploadRate, download: trial.downloadRate }],
    capped: true,
    delayLeast: NEAREST_MILLIS,
    delayMost: FARTHEST_MILLIS,
    loss: 0,
    model,
    limit: limitOf(1000 * boundSeconds(trial, peers)),
  };
}

function starSeconds(trial: Trial, receivers: number): number {
  const line = { share: 1, upload: trial.uploadRate, download: trial.downloadRate };
  const all = Array.from({ length: receivers }, () => ({ line, delayMillis: FARTHEST_MILLIS }));
  const star = starOf({ size: trial.size, hubUpload: trial.hubRate, loss: 0 }, all);
  star.advance();
  return star.completedAt.reduce((last, at) => Math.max(last, at), 0) / 1000;
}

/** The median of the runs; null when in one of them somebody has not the whole file when it is given up. */
function meshSeconds(trial: Trial, receivers: number, model: Model): number | null {
  const lasts = upTo(SEEDS).map((seed) => lastOf({ ...scenarioOf(trial, receivers, model), seed }));
  const whole = lasts.filter((last) => last !== null).sort((left, right) => left - right);
  return whole.length < SEEDS ? null : (whole[(SEEDS - 1) / 2] ?? null);
}

function lastOf(scenario: Scenario): number | null {
  const world = new World(scenario);
  world.run();
  let last = 0;
  for (const { completedAt } of world.peers) {
    if (completedAt === null) return null;
    last = Math.max(last, completedAt - world.startedAt);
  }
  return last / 1000;
}
