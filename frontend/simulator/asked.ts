import { boundsOf } from "./bounds";
import { chunksOf, faultOf, ONE, type Scenario, USUAL } from "./scenario";

const MIB = 1024 * 1024;
const MEGABIT = 125_000;

/** Digits that an exported figure keeps: a scenario has no more, so that the same one can be run again from its export. */
const DIGITS = 6;

/** Parts of the mean delay of a line: the least and the most, as in the usual scenario (5 to 25 ms). */
const LEAST_DELAY = 1 / 3;
const MOST_DELAY = 5 / 3;

/** How many times its bound a mesh may take before it is given up, and the least time in milliseconds: nobody watches longer. */
const PATIENCE = 8;
const LEAST_LIMIT = 120_000;

/** What a field may hold. */
interface Range {
  least: number;
  most: number;
  whole?: boolean;
}

/** The fields of the page's form, in the units that people use. */
export const FIELDS = {
  receivers: { least: 10, most: 5_000, whole: true },
  sizeMib: { least: 1, most: 4_096 },
  hubUploadMbits: { least: 1, most: 100_000 },
  downloadMbits: { least: 0.1, most: 100_000 },
  uploadMbits: { least: 0.1, most: 100_000 },
  delayMillis: { least: 1, most: 2_000 },
  lossPercent: { least: 0, most: 20 },
  stayingPercent: { least: 0, most: 100 },
  seed: { least: 0, most: 4_294_967_295, whole: true },
} as const satisfies Record<string, Range>;

export type Field = keyof typeof FIELDS;

export const NAMES = Object.keys(FIELDS) as readonly Field[];

/** What is wrong with a field. */
export interface Fault {
  field: Field;
  words: string;
}

/** The scenario that a form describes, or what is wrong with it. `delayMillis` is the mean round trip between two peers. */
export function scenarioOf(texts: Record<Field, string>): Scenario | Fault {
  const numbers = {} as Record<Field, number>;
  for (const field of NAMES) {
    const words = faultIn(field, texts[field]);
    if (words !== null) return { field, words };
    numbers[field] = Number(texts[field]);
  }
  const scenario = withTimes(plain(numbers));
  const fault = faultOf(scenario);
  return fault === null ? scenario : { field: "receivers", words: fault };
}

/** What is wrong with what a field holds, or null. */
export function faultIn(field: Field, text: string): string | null {
  const { least, most, whole }: Range = FIELDS[field];
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (value >= least && value <= most && (whole !== true || Number.isInteger(value))) return null;
  return `This must be ${whole === true ? "a whole number" : "a number"} from ${least} to ${most.toLocaleString("en")}.`;
}

export function isFault(scenario: Scenario | Fault): scenario is Fault {
  return "words" in scenario;
}

function plain(of: Record<Field, number>): Scenario {
  const line = {
    share: 1,
    upload: Math.round(of.uploadMbits * MEGABIT),
    download: Math.round(of.downloadMbits * MEGABIT),
  };
  return {
    ...USUAL,
    name: ONE,
    seed: of.seed,
    peers: of.receivers,
    size: Math.round(of.sizeMib * MIB),
    hubUpload: Math.round(of.hubUploadMbits * MEGABIT),
    lines: [line],
    delayLeast: short((of.delayMillis / 4) * LEAST_DELAY),
    delayMost: short((of.delayMillis / 4) * MOST_DELAY),
    loss: short(of.lossPercent / 100),
    leaving: short(1 - of.stayingPercent / 100),
  };
}

/** Who leaves does so while the bound says that the file is still on its way. */
function withTimes(scenario: Scenario): Scenario {
  const receivers = Array.from({ length: scenario.peers }, () => scenario.lines[0] ?? { upload: 1, download: 1 });
  const bound = Math.ceil(boundsOf({ ...scenario, chunks: chunksOf(scenario), receivers }).thrifty * 1000);
  return { ...scenario, leaveWithin: bound, limit: limitOf(bound) };
}

/** When a simulation is given up whose bound is that. In milliseconds. */
export function limitOf(bound: number): number {
  return Math.max(LEAST_LIMIT, PATIENCE * bound);
}

function short(value: number): number {
  return Number(value.toPrecision(DIGITS));
}
