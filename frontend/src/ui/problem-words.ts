import { CLIENT_PROBLEMS, MeshProblem } from "../protocol/problems";
import type { ProblemCode } from "../protocol/problems";

/** What a person reads for the problems that a mesh transfer can meet; the hub's own answers bring their words. */
const HUB_WORDS: Partial<Record<ProblemCode, string>> = {
  "sign-in-required": "Your session has ended. Sign in again.",
  "not-found": "The file was deleted, or your access to it was taken away.",
  forbidden: "You may not do that any more. Ask someone who manages the file.",
  "peer-delivery-off": "Peer delivery is switched off for this file. Download it from the hub.",
  "too-many-requests": "That was too much at once. Wait a moment and try again.",
  "not-joined": "Join the mesh first.",
  "storage-full": "The hub's storage is full. Tell an administrator.",
};

/** One or two sentences for a code. */
export function problemWords(code: ProblemCode): string {
  const client: Partial<Record<string, string>> = CLIENT_PROBLEMS;
  return HUB_WORDS[code] ?? sentence(client[code]) ?? `That did not work (${code}). Try again.`;
}

/** Why this browser's peer stands as it does. */
export function standingWords(code: ProblemCode): string {
  return code === "forbidden"
    ? "An administrator has put this browser out of the mesh. You may join again."
    : problemWords(code);
}

/** Words for whatever a promise of the mesh was rejected with. */
export function failureWords(failure: unknown): string {
  if (failure instanceof MeshProblem) return problemWords(failure.code);
  return "That did not work. Reload the page and try again.";
}

function sentence(words: string | undefined): string | undefined {
  return words === undefined ? undefined : `${words}.`;
}
