import { readJsonObject } from "../protocol/shapes";

/** What the hub said was wrong (RFC 9457); `detail` is for a person. `status` 0: it could not be reached. */
export interface Problem {
  code: string;
  detail: string;
  status: number;
}

/** What the hub answered: a value, or a problem. */
export type Answer<T> = { ok: true; value: T } | { ok: false; problem: Problem };

/** Reads one JSON value; null when it has not the expected shape. */
export type Parse<T> = (json: unknown) => T | null;

export const UNREACHABLE: Problem = {
  code: "hub-unreachable",
  detail: "The hub does not answer. Check your connection and try again.",
  status: 0,
};

export const UNEXPECTED_ANSWER: Problem = {
  code: "unexpected",
  detail: "The hub answered in a way that this page does not understand. Reload the page and try again.",
  status: 0,
};

export const CANCELLED: Problem = { code: "cancelled", detail: "Cancelled.", status: 0 };

/** An answer that is a problem. */
export function refused<T>(problem: Problem): Answer<T> {
  return { ok: false, problem };
}

/** Reads a problem document; whatever it is, the person gets a sentence. */
export function parseProblem(status: number, text: string): Problem {
  const { code, detail } = readJsonObject(text) ?? {};
  if (typeof code === "string" && typeof detail === "string") return { code, detail, status };
  return { code: "unexpected", detail: `The hub could not do that (${status}). Try again in a moment.`, status };
}
