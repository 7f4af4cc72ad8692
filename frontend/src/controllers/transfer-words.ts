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
