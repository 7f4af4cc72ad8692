import { formatDuration } from "../ui/format";

/** In milliseconds. */
const SECOND = 1000;

const STATE_WORDS: Partial<Record<string, string>> = {
  running: "Downloading",
  paused: "Paused",
  completed: "Complete",
  cancelled: "Cancelled",
  failed: "Stopped",
  lost: "Lost: not heard of for a minute",
};

/** What the state of a transfer is called, on every page; one that this page does not know is called by itself. */
export function stateWords(state: string): string {
  return STATE_WORDS[state] ?? state;
}

/** How long a transfer took, in words. */
export function lasting(millis: number): string {
  return millis < SECOND ? "less than 1 s" : formatDuration(millis / SECOND);
}
