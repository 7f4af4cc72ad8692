export type UploadState = "waiting" | "sending" | "paused" | "finishing" | "done" | "failed" | "cancelled";

/** A line of the list of uploads: a file on its way into a folder, or several as one. Bytes, and bytes a second. */
export interface UploadView {
  key: string;
  folder: string;
  name: string;
  size: number;
  sent: number;
  bytesPerSecond: number;
  state: UploadState;
  /** The id of the file in the library, once it is there. */
  resource: string | null;
  problem: string | null;
  /** Whether it failed because its name is taken, so that the person may choose what to do. */
  taken: boolean;
}

/** Whether an upload in this state may still move bytes. */
export function isOpen(state: UploadState): boolean {
  return state === "waiting" || state === "sending" || state === "paused" || state === "finishing";
}
