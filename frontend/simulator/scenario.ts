import { chunkSizeOf } from "../src/protocol/manifest";
import type { Model } from "../src/protocol/messages";
import type { Policy } from "./hub/leases";
import { faultOfInterventions, type Intervention } from "./interventions";

/** A kind of access line; rates in bytes a second, `share` of the peers that have it. */
export interface Line {
  share: number;
  upload: number;
  download: number;
}

/** Everything that a simulation depends on. Times in milliseconds, sizes in bytes, rates in bytes a second. */
export interface Scenario {
  name: string;
  seed: number;
  /** Peers that fetch. */
  peers: number;
  /** Peers that hold the file from the beginning, on lines like those of the others. */
  holders: number;
  size: number;
  /** The hub's line. */
  hubUpload: number;
  lines: Line[];
  /** Whether the lines themselves hold nothing back, and their rates are limits that peers keep, as in an experiment. */
  capped: boolean;
  /** From a peer's line to the middle of the network, one way; a link has both ends' of it. */
  delayLeast: number;
  delayMost: number;
  /** Part of the packets between two lines that are lost. */
  loss: number;
  /** Part of the pairs that cannot be linked. */
  unreachable: number;
  /** Part of the peers that leave at a random moment of the first `leaveWithin`, one half of them without a word. */
  leaving: number;
  leaveWithin: number;
  /** Part of the peers that send wrong bytes, and part that never send what they are asked for. */
  corrupt: number;
  mute: number;
  /** Whether the hub dies once every chunk is with some peer. */
  hubDies: boolean;
  /** What is done to it while it runs, in order. */
  interventions: Intervention[];
  policy: Policy;
  model: Model;
  /** The store of a peer: bytes a second that it verifies and writes. */
  verifyRate: number;
  /** When to give up. */
  limit: number;
}

const MIB = 1024 * 1024;
const MEGABIT = 125_000;

/** A hub on 100 Mbit/s and homes on 100 Mbit/s down and 20 Mbit/s up, 512 chunks. */
export const USUAL: Scenario = {
  name: "usual",
  seed: 1,
  peers: 1_000,
  holders: 0,
  size: 128 * MIB,
  hubUpload: 100 * MEGABIT,
  lines: [{ share: 1, upload: 20 * MEGABIT, download: 100 * MEGABIT }],
  capped: false,
  delayLeast: 5,
  delayMost: 25,
  loss: 0.0001,
  unreachable: 0,
  leaving: 0,
  leaveWithin: 60_000,
  corrupt: 0,
  mute: 0,
  hubDies: false,
  interventions: [],
  policy: "by-size",
  model: "peers",
  verifyRate: 100 * MIB,
  limit: 3_600_000,
};

/** The name of a scenario that somebody has put together. */
export const ONE = "one scenario";

/** What is wrong with a scenario; null when it can be run. */
export function faultOf(scenario: Scenario): string | null {
  const { peers, size, lines, delayLeast, delayMost } = scenario;
  if (!Number.isInteger(peers) || peers < 1) return "there must be at least one peer";
  if (!Number.isInteger(scenario.holders) || scenario.holders < 0) return "holders must be a whole number";
  if (!Number.isInteger(size) || size < 1) return "the size must be a positive number of bytes";
  if (lines.length === 0 || lines.some((line) => !(line.share > 0 && line.upload > 0 && line.download > 0))) {
    return "every line needs a share and rates above zero";
  }
  if (!(scenario.hubUpload > 0 && scenario.verifyRate > 0)) return "rates must be above zero";
  if (!(delayLeast >= 0 && delayMost >= delayLeast)) return "delays must be in order";
  const parts = [scenario.unreachable, scenario.leaving, scenario.corrupt, scenario.mute];
  if (parts.some((part) => !(part >= 0 && part <= 1))) return "parts are from 0 to 1";
  const fault = faultOfInterventions(scenario.interventions);
  if (fault !== null) return fault;
  return scenario.loss >= 0 && scenario.loss < 0.5 ? null : "of the packets fewer than half may be lost";
}

/** How many chunks the content of a scenario has. */
export function chunksOf({ size }: Pick<Scenario, "size">): number {
  return Math.ceil(size / chunkSizeOf(size));
}
