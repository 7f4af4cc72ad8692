import type { TransferItem } from "../api/overview";

interface Sample {
  /** Milliseconds since 1970, by the hub's clock. */
  at: number;
  bytes: number;
  bytesPerSecond: number;
}

/** Bytes a second of each transfer, from one overview to the next; of an ended one whose length is known, its average; else 0. */
export class TransferRates {
  #samples = new Map<string, Sample>();

  update(transfers: readonly TransferItem[]): ReadonlyMap<string, number> {
    const samples = new Map<string, Sample>();
    for (const transfer of transfers) {
      samples.set(transfer.transfer, next(transfer, this.#samples.get(transfer.transfer)));
    }
    this.#samples = samples;
    return new Map([...samples].map(([id, sample]) => [id, sample.bytesPerSecond]));
  }
}

function next(transfer: TransferItem, before: Sample | undefined): Sample {
  const at = transfer.updatedAt.getTime();
  const bytes = transfer.fromHub + transfer.fromPeers;
  const millis = transfer.durationMillis ?? 0;
  const average = millis > 0 ? (bytes * 1000) / millis : 0;
  if (transfer.state !== "running") {
    return { at, bytes, bytesPerSecond: transfer.state === "paused" ? 0 : average };
  }
  if (before === undefined) return { at, bytes, bytesPerSecond: average };
  if (at <= before.at) return before;
  return { at, bytes, bytesPerSecond: (Math.max(0, bytes - before.bytes) * 1000) / (at - before.at) };
}
