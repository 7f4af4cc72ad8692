import { readObject } from "../protocol/shapes";
import type { Members } from "../protocol/shapes";
import type { Parse } from "./answers";

/** The length of a bucket, in UTC. */
export type Step = "minute" | "hour" | "day";

/** What was delivered in one bucket, in bytes; all of it belongs to the moments from `at` to the next bucket. */
export interface SeriesPoint {
  at: Date;
  hubBytes: number;
  leaseBytes: number;
  peerBytes: number;
}

/** The buckets in which something happened, by rising time. */
export interface Series {
  points: SeriesPoint[];
}

export const parseSeries: Parse<Series> = (json) => {
  const points = readObject(json)?.["points"];
  if (!Array.isArray(points)) return null;
  const known = (points as unknown[]).map(readObject).filter((point) => point !== null);
  return { points: known.map(point).filter(({ at }) => !Number.isNaN(at.getTime())) };
};

function point(json: Members): SeriesPoint {
  const at = json["at"];
  return {
    at: new Date(typeof at === "string" ? at : NaN),
    hubBytes: bytes(json["hubBytes"]),
    leaseBytes: bytes(json["leaseBytes"]),
    peerBytes: bytes(json["peerBytes"]),
  };
}

function bytes(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) ? value : 0;
}
