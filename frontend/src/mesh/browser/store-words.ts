import type { Bytes, KeptContent, Piece, TransferNote } from "../core/events";
import type { ProblemCode } from "../../protocol/problems";

/** What the page asks of the store's worker. */
export type StoreTask =
  | { task: "open"; namespace: string }
  | { task: "create"; content: Omit<KeptContent, "origins"> }
  | { task: "put"; content: string; chunk: number; pieces: Piece[]; leaf: Uint8Array; origin: number }
  | { task: "read"; content: string; chunk: number }
  | { task: "note"; content: string; note: TransferNote | null }
  | { task: "drop"; content: string }
  | { task: "flush"; content: string }
  | { task: "close" };

/** What each task answers. */
export interface StoreAnswers {
  open: KeptContent[];
  create: KeptContent;
  put: "kept" | "wrong";
  read: Bytes | null;
  note: null;
  drop: null;
  /** The path of the content's file below the private root. */
  flush: string[];
  close: null;
}

/** A task on its way, and its answer on the way back. */
export type StoreRequest = { id: number } & StoreTask;
export type StoreReply = { id: number; value: unknown } | { id: number; problem: ProblemCode };
