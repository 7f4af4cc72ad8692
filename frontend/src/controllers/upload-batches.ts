import { count } from "../ui/format";
import { isOpen } from "./upload-state";
import type { UploadState, UploadView } from "./upload-state";

/** Files that were brought together, as one folder; they are one line of the list. */
export interface Batch {
  key: string;
  name: string;
  /** The folder whose page shows the line. */
  folder: string;
}

/** What can be part of a batch. */
export interface Batched extends UploadView {
  batch: Batch | null;
}

/** The lines of a folder's list: its own files, and one for each batch. */
export function linesOf(entries: readonly Batched[], folder: string): UploadView[] {
  const lines: UploadView[] = [];
  const seen = new Set<string>();
  for (const entry of entries) {
    const { batch } = entry;
    if (batch === null) {
      if (entry.folder === folder) lines.push(entry);
    } else if (batch.folder === folder && !seen.has(batch.key)) {
      seen.add(batch.key);
      lines.push(
        lineOf(
          batch,
          entries.filter((other) => other.batch?.key === batch.key),
        ),
      );
    }
  }
  return lines;
}

function lineOf(batch: Batch, entries: readonly Batched[]): UploadView {
  const sum = (of: (entry: Batched) => number): number => entries.reduce((total, entry) => total + of(entry), 0);
  const failed = entries.filter((entry) => entry.state === "failed");
  return {
    key: batch.key,
    folder: batch.folder,
    name: `${batch.name} (${count(entries.length, "file", "files")})`,
    size: sum((entry) => entry.size),
    sent: sum((entry) => (entry.state === "done" ? entry.size : entry.sent)),
    bytesPerSecond: sum((entry) => (isOpen(entry.state) ? entry.bytesPerSecond : 0)),
    state: stateOf(entries),
    resource: null,
    problem:
      failed[0] === undefined
        ? null
        : `${failed.length} of ${entries.length} failed, the first “${failed[0].name}”: ${failed[0].problem ?? ""}`,
    taken: failed.length > 0 && failed.every((entry) => entry.taken),
  };
}

function stateOf(entries: readonly Batched[]): UploadState {
  const has = (state: UploadState): boolean => entries.some((entry) => entry.state === state);
  if (has("sending") || has("finishing")) return "sending";
  if (has("paused")) return "paused";
  if (has("waiting")) return has("done") ? "sending" : "waiting";
  return has("failed") ? "failed" : has("cancelled") ? "cancelled" : "done";
}
