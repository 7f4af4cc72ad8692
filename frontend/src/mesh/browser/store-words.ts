import type { Bytes, KeptContent, NewContent, Piece, TransferNote, Use } from "../core/events";
import type { ProblemCode } from "../../protocol/problems";
import type { OpenedStore } from "../ports";

/** What the page asks of the store's worker. */
export type StoreTask =
  | { task: "open"; namespace: string }
  | { task: "room"; limit: number | null }
  | { task: "create"; content: NewContent }
  | { task: "put"; content: string; chunk: number; pieces: Piece[]; leaf: Uint8Array; origin: number }
  | { task: "read"; content: string; chunk: number }
  | { task: "note"; content: string; note: TransferNote | null }
  | { task: "use"; content: string; use: Use }
  | { task: "inspect"; content: string }
  | { task: "file"; content: string }
  | { task: "drop"; content: string }
  | { task: "usage" }
  | { task: "close" };

/** What each task answers. */
export interface StoreAnswers {
  open: OpenedStore;
  room: null;
  create: KeptContent;
  put: "kept" | "wrong";
  read: Bytes | null;
  note: null;
  use: null;
  inspect: KeptContent;
  file: Blob;
  drop: null;
  usage: { used: number; limit: number };
  close: null;
}

/** A task on its way, and its answer on the way back. */
export type StoreRequest = { id: number } & StoreTask;
export type StoreReply = { id: number; value: unknown } | { id: number; problem: ProblemCode };
