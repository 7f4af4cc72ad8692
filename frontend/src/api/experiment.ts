import { readObject, readText } from "../protocol/shapes";
import type { Parse } from "./answers";

/** Least times for so many receivers, in seconds. */
export interface BoundsItem {
  receivers: number;
  clientServer: number;
  peerToPeer: number;
  /** The hub sends one copy. */
  thrifty: number;
}

/** What the counted runs of one model with so many receivers come to, in seconds; null: in none was everybody served. */
export interface FigureItem {
  model: ModelWord;
  receivers: number;
  last: number | null;
}

/** As long as the hub lets a display name be, in UTF-16 units. */
const LONGEST_NAME = 128;

/** A receiver of the run that goes on. Bytes. */
export interface ReceiverItem {
  peer: string;
  /** Whose browser it is; null when it was never asked. */
  who: string | null;
  end: string | null;
  fromHub: number;
  fromPeers: number;
}

/** How an experiment goes on. */
export interface LiveItem {
  model: ModelWord | null;
  warmUp: boolean;
  phase: string;
  runsDone: number;
  receivers: ReceiverItem[];
}

/** What an experiment was asked to do; rates in bytes a second. */
export interface SettingsItem {
  models: ModelWord[];
  receivers: number;
  hubRate: number;
  uploadRate: number;
  downloadRate: number;
}

/** An experiment as its page needs it. */
export interface ExperimentItem {
  size: number;
  settings: SettingsItem;
  runs: number;
  figures: FigureItem[];
  curve: BoundsItem[];
  live: LiveItem | null;
}

export type ModelWord = "hub" | "peers" | "automatic";

export const parseExperiment: Parse<ExperimentItem> = (json) => {
  const { experiment, runs, figures, curve, live } = readObject(json) ?? {};
  const { file, settings } = readObject(experiment) ?? {};
  const size = readObject(file)?.["size"];
  const asked = readSettings(settings);
  const told = listOf(figures, readFigure);
  const bounds = listOf(curve, readBounds);
  const going = live === null ? null : readLive(live);
  if (typeof size !== "number" || typeof runs !== "number" || asked === null) return null;
  if (told === null || bounds === null || (going === null && live !== null)) return null;
  return { size, settings: asked, runs, figures: told, curve: bounds, live: going };
};

function readSettings(json: unknown): SettingsItem | null {
  const { models, peers, hubRate, uploadRate, downloadRate } = readObject(json) ?? {};
  const compared = listOf(models, (model) => (isModel(model) ? model : null));
  if (compared === null || !Array.isArray(peers)) return null;
  if (typeof hubRate !== "number" || typeof uploadRate !== "number" || typeof downloadRate !== "number") return null;
  return { models: compared, receivers: peers.length, hubRate, uploadRate, downloadRate };
}

function readFigure(json: unknown): FigureItem | null {
  const { model, receivers, last } = readObject(json) ?? {};
  if (!isModel(model) || typeof receivers !== "number") return null;
  return { model, receivers, last: typeof last === "number" ? last : null };
}

function readBounds(json: unknown): BoundsItem | null {
  const { receivers, bounds } = readObject(json) ?? {};
  const { clientServer, peerToPeer, thrifty } = readObject(bounds) ?? {};
  if (typeof receivers !== "number" || typeof clientServer !== "number") return null;
  if (typeof peerToPeer !== "number" || typeof thrifty !== "number") return null;
  return { receivers, clientServer, peerToPeer, thrifty };
}

function readLive(json: unknown): LiveItem | null {
  const { run, phase, runsDone, receivers } = readObject(json) ?? {};
  const { model, repetition } = readObject(run) ?? {};
  const list = listOf(receivers, readReceiver);
  if (typeof phase !== "string" || typeof runsDone !== "number" || list === null) return null;
  return { model: isModel(model) ? model : null, warmUp: repetition === 0, phase, runsDone, receivers: list };
}

function readReceiver(json: unknown): ReceiverItem | null {
  const { peer, who, end, fromHub, fromPeers } = readObject(json) ?? {};
  const name = readText(who, LONGEST_NAME);
  if (typeof peer !== "string" || typeof fromHub !== "number" || typeof fromPeers !== "number") return null;
  if (name === null && who !== null) return null;
  return { peer, who: name, end: typeof end === "string" ? end : null, fromHub, fromPeers };
}

function listOf<T>(json: unknown, read: Parse<T>): T[] | null {
  if (!Array.isArray(json)) return null;
  const items = json.map(read);
  return items.some((item) => item === null) ? null : (items as T[]);
}

function isModel(value: unknown): value is ModelWord {
  return value === "hub" || value === "peers" || value === "automatic";
}
