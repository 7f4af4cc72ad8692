import { type Bounds, boundsOf } from "./bounds";
import type { VirtualPeer } from "./peer";
import { chunksOf, type Scenario } from "./scenario";
import { World } from "./world";

/** A distribution: least, quartiles and the like. */
export interface Spread {
  least: number;
  median: number;
  ninetieth: number;
  most: number;
  mean: number;
}

/** What a simulation has shown. Seconds since the file was asked for; the same scenario gives the same result. */
export interface Result {
  scenario: Scenario;
  chunks: number;
  bounds: Bounds;
  /** The one that efficiency is measured by, in seconds: thrifty, unless the hub goes on sending what peers hold. */
  bound: number;
  /** Those who stayed and behaved, and how many of them have the whole file. */
  stayers: number;
  completed: number;
  /** Seconds to completion of those. */
  seconds: Spread;
  /** Bound divided by time: of the median, and of the last one. */
  efficiency: { median: number; last: number };
  /** What the hub sent of the file, in copies of it. */
  egress: number;
  /** What those who held it in the beginning sent, in copies of it. */
  given: number;
  /** Chunks that the hub sent more than once. */
  sentAgain: number;
  /** Bytes of control frames and of the socket's messages, a peer: sent and received. */
  control: Spread;
  /** The mean of those by what they say, those that arrived. */
  controlOf: Record<string, number>;
  /** Duplicate and wrong bytes, in copies of the file a peer. */
  wasted: number;
  /** Verified bytes from peers divided by all, of those who completed. */
  offload: number;
  /** Open links at the end. */
  links: Spread;
  /** How often links ended for each reason, in all. */
  endings: Record<string, number>;
  /** The same receivers served by the hub alone: how many of those who stayed have the file, their seconds, what the hub sent in copies. */
  star: { completed: number; seconds: Spread; egress: number };
  /** Seconds until the hub died; null if it lives. */
  hubDied: number | null;
  /** How many things happened in virtual time. */
  events: number;
}

/** Runs one scenario to its end. */
export function simulate(scenario: Scenario): Result {
  const world = new World(scenario);
  world.run();
  return resultOf(world);
}

/** What a simulation that is over has shown. */
export function resultOf(world: World): Result {
  const { scenario, startedAt, origin, stayers } = world;
  const done = stayers.flatMap((peer) => peer.completedAt ?? []).map((at) => (at - startedAt) / 1000);
  const seconds = spreadOf(done);
  const receivers = world.peers.map((peer) => peer.line);
  const bounds = boundsOf({
    ...scenario,
    chunks: chunksOf(scenario),
    receivers,
    holders: world.holders.reduce((sum, { line }) => sum + line.upload, 0),
  });
  const bound = scenario.policy === "fast" ? bounds.peerToPeer : bounds.thrifty;
  const complete = done.length === stayers.length;
  const transfers = stayers.flatMap((peer) => peer.transfer ?? []);
  const sum = (of: (transfer: (typeof transfers)[number]) => number): number =>
    transfers.reduce((all, each) => all + of(each), 0);
  return {
    scenario,
    chunks: world.chunks,
    bounds,
    bound,
    stayers: stayers.length,
    completed: done.length,
    seconds,
    efficiency: { median: bound / seconds.median, last: complete ? bound / seconds.most : 0 },
    egress: origin.egress / scenario.size,
    given: world.holders.reduce((sum, { state }) => sum + state.sent, 0) / scenario.size,
    sentAgain: origin.copies.filter((copies) => copies > 1).length,
    control: spreadOf(world.peers.map(({ control }) => control.sent + control.received)),
    controlOf: Object.fromEntries([...world.controlOf].map(([kind, bytes]) => [kind, bytes / world.peers.length])),
    wasted: sum((each) => each.wasted) / stayers.length / scenario.size,
    offload: sum((each) => each.fromPeers) / sum((each) => each.fromPeers + each.fromHub),
    links: spreadOf(stayers.map(openLinks)),
    endings: endingsOf(world),
    star: starOf(world),
    hubDied: world.hubDiedAt === null ? null : (world.hubDiedAt - startedAt) / 1000,
    events: world.clock.events,
  };
}

function starOf({ star, peers, scenario }: World): Result["star"] {
  star.advance();
  const done = peers.flatMap(({ isGone, number }) => (isGone ? [] : (star.completedAt[number] ?? Number.NaN)));
  const seconds = done.filter((at) => !Number.isNaN(at)).map((at) => at / 1000);
  return { completed: seconds.length, seconds: spreadOf(seconds), egress: star.egress / scenario.size };
}

function openLinks({ state }: VirtualPeer): number {
  return [...state.links.values()].filter((link) => link.status === "open").length;
}

function endingsOf(world: World): Record<string, number> {
  const all: Record<string, number> = {};
  for (const { state } of world.peers) {
    for (const [code, count] of state.endings) all[code] = (all[code] ?? 0) + count;
  }
  return all;
}

/** The spread of some values; of none, nothing but zeros. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((left, right) => left - right);
  const at = (part: number): number => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0;
  const mean = sorted.reduce((sum, value) => sum + value, 0) / Math.max(1, sorted.length);
  return { least: at(0), median: at(0.5), ninetieth: at(0.9), most: at(1), mean };
}
