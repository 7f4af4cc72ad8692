import { readJsonObject, readObject } from "../../protocol/shapes";
import { NO_LIMITS } from "../core/limits";
import type { LimitMemory, Limits } from "../ports";

/** Where text is remembered; null: nothing is. */
export interface TextMemory {
  get(key: string): string | null;
  set(key: string, text: string): void;
}

const KEY = "hubmesh.limits";

/** Least rate in bytes a second: a chunk of 64 KiB in 8 s; less looks like silence to the other end. */
const LEAST_RATE = 8 * 1024;

/** Most that a rate or a size may say, in bytes: beyond every disk and network, exact as a number. */
const MOST = 2 ** 50;

/** The limits in this browser's memory. What is remembered there is anybody's word: a member that makes no sense is no limit. */
export function keptLimits(memory: TextMemory): LimitMemory {
  return {
    load: () => readLimits(readJsonObject(memory.get(KEY) ?? "")),
    save: (limits) => {
      memory.set(KEY, JSON.stringify(limits));
    },
  };
}

/** Limits from whatever somebody says. */
export function readLimits(value: unknown): Limits {
  const said: Partial<Record<keyof Limits, unknown>> = readObject(value) ?? {};
  return {
    ...NO_LIMITS,
    uploadBytesPerSecond: amount(said.uploadBytesPerSecond, LEAST_RATE),
    downloadBytesPerSecond: amount(said.downloadBytesPerSecond, LEAST_RATE),
    diskBytes: amount(said.diskBytes, 0),
    giveBytes: amount(said.giveBytes, 0) ?? 0,
    pauseOnBattery: said.pauseOnBattery === true,
    pauseOnMetered: said.pauseOnMetered === true,
    experiments: said.experiments === true,
  };
}

function amount(value: unknown, least: number): number | null {
  if (typeof value !== "number" || !Number.isFinite(value) || value < 0) return null;
  return Math.min(MOST, Math.max(least, Math.round(value)));
}
