import type { ControlFrame, Frame } from "../../protocol/frames";
import type { Manifest } from "../../protocol/manifest";
import type { HubMessage, Model, PeerMessage, TrialNews, TrialOrder, Turn } from "../../protocol/messages";
import type { ProblemCode } from "../../protocol/problems";
import type { RefusalCode } from "../../protocol/refusals";
import type { Expected, Jwk, RevocationList, TicketClaims } from "../../protocol/ticket";
import type { Limits, LinkPath, Supply, TransferState } from "../ports";

/** Bytes the core passes on without looking into them. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** Part of a chunk, `offset` counted in the chunk. */
export interface Piece {
  offset: number;
  bytes: Bytes;
}

/** Where a kept chunk came from. One byte a chunk in the store; the sums of a transfer follow from it. */
export const ORIGIN = { missing: 0, hub: 1, peer: 2, own: 3, relay: 4 } as const;

/** Added to the origin of a chunk that was kept and is damaged: its bytes were delivered once, and are missing again. */
const LOST = 8;

/** Whether a chunk of that origin byte is there. */
export function isKept(origin: number): boolean {
  return origin !== ORIGIN.missing && origin < LOST;
}

/** Where a chunk was delivered from, whether it is still there or not. */
export function deliveredBy(origin: number): number {
  return origin % LOST;
}

/** The origin byte of a chunk once it is damaged. */
export function lostOrigin(origin: number): number {
  return isKept(origin) ? origin + LOST : origin;
}

/** An origin byte from a file: whatever it says else is no chunk. */
export function readOrigin(byte: number): number {
  const known = byte < 2 * LOST && deliveredBy(byte) !== ORIGIN.missing && deliveredBy(byte) <= ORIGIN.relay;
  return known ? byte : ORIGIN.missing;
}

/**
 * What is remembered of a transfer across a reload. `startedAt` in milliseconds since 1970; `hubBefore`, `peersBefore`
 * and `relayedBefore` (part of `peersBefore`): bytes that the store already held from each side when it began, and that are no
 * part of its counts.
 */
export interface TransferNote {
  transfer: string;
  model: Model;
  state: TransferState;
  startedAt: number;
  wasted: number;
  hubBefore: number;
  peersBefore: number;
  relayedBefore: number;
}

/** How a content is used: whether it is kept until the person says otherwise, and when it was last fetched, served or saved. */
export interface Use {
  pinned: boolean;
  /** Whether the hub has asked for it: it stays until it need not any more. */
  onRequest: boolean;
  /** Milliseconds since 1970. */
  usedAt: number;
}

/** A content as the store has it: one origin byte a chunk. */
export interface KeptContent extends Use {
  resource: string;
  name: string;
  manifest: Manifest;
  origins: Uint8Array;
  note: TransferNote | null;
}

/** A content that the store is to make room for. */
export type NewContent = Omit<KeptContent, "origins" | "pinned" | "onRequest">;

/** Whether what is kept outlives the tab, or only lasts for this visit because the browser keeps nothing on its disk. */
export type StorageKind = "kept" | "this-visit";

/** What happens to a peer. Every event brings the time, in milliseconds since 1970; the core has no other clock. */
export type MeshEvent = { now: number } & (
  | { type: "join"; fingerprint: string }
  | { type: "leave" }
  | { type: "fetch"; transfer: string; resource: string; name: string; model: Model }
  | { type: "pause" | "resume" | "cancel"; transfer: string }
  | { type: "forget"; content: string }
  | { type: "loaded"; transfer: string; kept: KeptContent }
  | { type: "load-failed"; transfer: string; problem: ProblemCode }
  | { type: "adopted"; kept: KeptContent }
  | { type: "recalled"; contents: KeptContent[]; storage: StorageKind }
  | { type: "pin"; content: string; pinned: boolean }
  | { type: "used"; content: string }
  | { type: "room-wanted"; content: string; bytes: number }
  | { type: "damaged"; content: string; chunk: number }
  | { type: "inspected"; content: string; origins: Uint8Array }
  | { type: "store-failed"; problem: ProblemCode }
  | { type: "hub-opened" }
  | { type: "hub-lost" }
  | { type: "hub-message"; message: HubMessage }
  | { type: "trial-news"; news: TrialNews }
  | { type: "revocations-checked"; list: RevocationList }
  | { type: "offer-made" | "answer-made"; link: string; sdp: string }
  | { type: "ticket-passed"; link: string; ticket: string; sdp: string; claims: TicketClaims }
  | { type: "link-faulted"; link: string; code: RefusalCode }
  | { type: "channels-opened"; link: string; largestMessage: number }
  | { type: "link-lost" | "path-lost" | "path-back"; link: string }
  | { type: "link-facts"; link: string; path: LinkPath | null; roundTripMillis: number | null }
  | { type: "frame"; link: string; frame: Frame }
  | { type: "drained"; link: string; buffered: number }
  | { type: "chunk-read"; link: string; chunk: number; bytes: Bytes | null }
  | { type: "admitted"; content: string; chunk: number; source: Source; outcome: "kept" | "wrong" }
  | { type: "admit-failed"; content: string; chunk: number; source: Source; problem: ProblemCode }
  | { type: "lease-bytes"; content: string; chunk: number; bytes: Bytes }
  | { type: "lease-failed"; content: string; chunk: number; problem: ProblemCode }
  | { type: "quota"; used: number; limit: number }
  | { type: "limits"; limits: Limits }
  | { type: "supply"; supply: Supply }
  | { type: "wake" }
  | { type: "tick" }
);

/** Who delivered a chunk: a link by its id, or the hub. */
export type Source =
  { kind: "hub" } | { kind: "peer"; link: string; peer: string; fingerprint: string; relayed: boolean };

/** The origin that the store remembers of a chunk. */
export function originOf(source: Source): number {
  if (source.kind === "hub") return ORIGIN.hub;
  return source.relayed ? ORIGIN.relay : ORIGIN.peer;
}

/** What a link may use to find its way: STUN addresses, and TURN servers while the leave to use them lasts. */
export interface IceSettings {
  stun: string[];
  turn: Turn | null;
}

/** What the core wants done; the driver does it through the ports and answers with events. */
export type Effect =
  | { do: "connect-hub" }
  | { do: "disconnect-hub" }
  | { do: "send-hub"; message: PeerMessage }
  | { do: "trial-prepare"; order: TrialOrder }
  | { do: "trial-begin"; trial: string }
  | { do: "trial-end" }
  | { do: "open-store"; namespace: string }
  | { do: "close-store" }
  | { do: "load"; transfer: string; resource: string; name: string }
  | { do: "note"; content: string; note: TransferNote | null }
  | { do: "use"; content: string; use: Use }
  | { do: "inspect"; content: string }
  | { do: "drop"; content: string }
  | { do: "check-revocations"; list: string; key: Jwk; issuer: string }
  | { do: "make-offer"; link: string; ice: IceSettings }
  | { do: "check-ticket"; link: string; ticket: string; sdp: string; key: Jwk; expected: Omit<Expected, "fingerprint"> }
  | { do: "make-answer"; link: string; sdp: string; ice: IceSettings }
  | { do: "make-restart"; link: string; ice: IceSettings }
  | { do: "apply-answer"; link: string; sdp: string }
  | { do: "close-link"; link: string }
  | { do: "send-frame"; link: string; frame: ControlFrame }
  | { do: "send-piece"; link: string; chunk: number; offset: number; bytes: Bytes }
  | { do: "read-chunk"; link: string; content: string; chunk: number }
  | { do: "admit"; content: string; chunk: number; source: Source; pieces: Piece[]; leaf: Uint8Array; origin: number }
  | { do: "drop-leased"; content: string }
  | { do: "wake-at"; at: number }
  | { do: "fetch-leased"; content: string; lease: string; chunk: number; length: number };
