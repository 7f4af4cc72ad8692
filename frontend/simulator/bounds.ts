import type { Line } from "./scenario";

/** What bounds are computed from: bytes, and bytes a second. */
export interface Environment {
  size: number;
  chunks: number;
  hubUpload: number;
  /** One line for each receiver. */
  receivers: readonly Pick<Line, "upload" | "download">[];
  /** What peers that hold the file in the beginning can send; with any, the hub sends nothing when it is thrifty. */
  holders?: number;
}

/** Least seconds in which all receivers can be done. */
export interface Bounds {
  /** Everybody from the hub. */
  clientServer: number;
  /** Hub and peers together, the file as a fluid (Kumar and Ross 2006; src/docs/measurement.md). */
  peerToPeer: number;
  /** The hub sends no more than one copy, or nothing where peers hold the file: its upload is not there to help with the rest. */
  thrifty: number;
  /** Factor by which whole chunks are slower than a fluid, for equal rates (Mundinger, Weber and Weiss 2008). */
  chunkFactor: number;
}

/** The bounds of an environment, in seconds. */
export function boundsOf({ size, chunks, hubUpload, receivers, holders = 0 }: Environment): Bounds {
  const slowest = receivers.reduce((least, each) => Math.min(least, each.download), Number.POSITIVE_INFINITY);
  const uploads = receivers.reduce((sum, each) => sum + each.upload, 0);
  const all = receivers.length;
  const once = Math.max(size / (hubUpload + holders), size / slowest);
  const among =
    holders > 0
      ? Math.max(size / holders, size / slowest, (all * size) / (holders + uploads))
      : Math.max(once, ((all - 1) * size) / uploads);
  return {
    clientServer: Math.max((all * size) / hubUpload, size / slowest),
    peerToPeer: Math.max(once, (all * size) / (hubUpload + holders + uploads)),
    thrifty: among,
    chunkFactor: 1 + Math.floor(Math.log2(all)) / chunks,
  };
}
