import type { Bitmap } from "../../protocol/bitmap";
import type { Manifest } from "../../protocol/manifest";
import type { Model, TrialOrder } from "../../protocol/messages";
import type { ProblemCode } from "../../protocol/problems";
import type { RefusalCode } from "../../protocol/refusals";
import type { Jwk, RevocationList, TicketClaims } from "../../protocol/ticket";
import type { Limits, LinkPath, MeshStatus, Supply, TransferState } from "../ports";
import type { Bucket } from "./bucket";
import type { Chance } from "./chance";
import type { Bytes, Effect, IceSettings, Piece, StorageKind } from "./events";
import { pausedBy } from "./limits";
import type { LinkStatus } from "./link-life";
import type { Rate } from "./rate";

/** A chunk asked of a link and not yet whole. Times in milliseconds. */
export interface Asked {
  chunk: number;
  length: number;
  pieces: Piece[];
  got: number;
  since: number;
}

/** A chunk of a neighbour's request that has been read and is on its way. */
export interface Outgoing {
  chunk: number;
  bytes: Bytes;
  sent: number;
}

/** One link to one peer for one content. */
export interface Link {
  id: string;
  peer: string;
  content: string;
  role: "offerer" | "answerer";
  status: LinkStatus;
  /** When it was begun, has opened, or has lost its path. */
  since: number;
  /** When its status last changed. */
  turnedAt: number;
  /** The ticket this end showed in signalling and repeats in `hello`. */
  ownTicket: string;
  theirTicket: string;
  theirDescription: string;
  ownDescription: string;
  claims: TicketClaims | null;
  why: RefusalCode | null;
  opened: boolean;
  path: LinkPath | null;
  roundTripMillis: number | null;
  /** What they hold; null until they have said it. */
  have: Bitmap | null;
  asked: Map<number, Asked>;
  askedBytes: number;
  /** Bytes kept requested, and when they were last made fewer. */
  window: { bytes: number; shrunkAt: number };
  /** When a byte last came, or when the first request went out after quiet. */
  progressAt: number;
  /** Bytes still allowed to arrive unasked. */
  unaskedAllowance: number;
  /** Control frames that may still come at once, and since when. */
  frames: { left: number; at: number };
  /** Chunks they refused, with the time until which they are not asked again. */
  refusedUntil: Map<number, number>;
  download: Rate;
  received: number;
  largestPiece: number;
  /** Their requests: waiting, being read, being sent. */
  wanted: number[];
  reading: Set<number>;
  /** Chunks being read that they no longer want. */
  unwanted: Set<number>;
  outgoing: Outgoing[];
  buffered: number;
  sent: number;
  /** What it has been given, in the count of bytes by which turns are taken. */
  turn: number;
}

/** A chunk on its way from the hub; `since` when. */
export interface Leased {
  length: number;
  since: number;
}

/** The hub's share in one content. */
export interface LeaseDesk {
  /** When the open `lease` was sent; null when none is open. */
  askedAt: number | null;
  nextAt: number;
  failures: number;
  wrong: number;
  /** Chunks being fetched from the hub. */
  fetching: Map<number, Leased>;
}

/** One content: what I hold of it and what my neighbours hold. */
export interface Swarm {
  content: string;
  resource: string;
  name: string;
  manifest: Manifest;
  chunks: number;
  held: Bitmap;
  /** One origin byte a chunk, also of those that are damaged and no longer held. */
  origins: Uint8Array;
  heldBytes: number;
  /** How many open links hold each chunk. */
  copies: Uint16Array;
  /** Chunks that a neighbour is giving to somebody for the first time: soon one more holds them. */
  promised: Bitmap;
  /** Chunks that were asked of this peer. */
  given: Bitmap;
  /** How many sources each chunk is asked of now, the hub included. */
  sources: Uint8Array;
  /** Chunks that are missing and asked of nobody: the bytes of a bitmap, and how many. */
  loose: { bytes: Uint8Array; count: number };
  /** Chunks whole and on their way to the store, with their bytes. */
  settling: Map<number, number>;
  entered: boolean;
  /** Whether the hub has been asked in and has not refused: it has to be told when this peer goes. */
  knocked: boolean;
  /** Whether the hub has ever let this peer in. */
  admitted: boolean;
  enteredAt: number;
  ticket: string | null;
  renewAt: number;
  refused: ProblemCode | null;
  /** How often in a row the hub has refused it, and when it is asked again. */
  refusals: number;
  askAgainAt: number;
  lease: LeaseDesk;
  toHub: number[];
  toHubAt: number;
  served: number;
  transfer: string | null;
  pinned: boolean;
  /** Whether it is kept because the hub has asked for it. */
  onRequest: boolean;
  usedAt: number;
  /** When the store was last told of its use. */
  useNotedAt: number;
  /** Whether the store is looking through all of it. */
  inspecting: boolean;
}

export interface TransferSource {
  kind: "hub" | "peer";
  bytes: number;
  rate: Rate;
}

/** Bytes of a content that earlier transfers brought from the hub and from peers. */
export interface Before {
  hub: number;
  peers: number;
  /** Part of `peers`. */
  relayed: number;
}

export interface Transfer {
  id: string;
  model: Model;
  resource: string;
  name: string;
  content: string | null;
  /** The content that the hub has asked this peer to keep; null: a person asked. */
  keepFor: string | null;
  size: number;
  state: TransferState;
  problem: ProblemCode | null;
  loading: boolean;
  fromHub: number;
  fromPeers: number;
  /** The part of `fromPeers` that came over a TURN relay. */
  relayed: number;
  /** Verified bytes that were here when the transfer began; no part of the two above. */
  held: number;
  /** What the store held from each side before; null until the content is known. */
  before: Before | null;
  wasted: number;
  startedAt: number;
  firstByteAt: number | null;
  reportedAt: number;
  /** Bytes served of the content, as the hub was last told, and all bytes: taken, wasted and served. */
  servedTold: number;
  bytesTold: number;
  /** Whether the hub has yet to hear how it stands. */
  unreported: boolean;
  notedAt: number;
  notedWasted: number;
  rate: Rate;
  sources: Map<string, TransferSource>;
}

/** What `welcome` said. */
export interface Hub {
  id: string;
  peer: string;
  key: Jwk;
  member: string;
  epoch: number;
  ice: IceSettings;
}

/**
 * Everything a peer knows. The core owns it and changes it in place: `step` is deterministic in the state and the event,
 * and nobody else writes to it.
 */
export interface MeshState {
  chance: Chance;
  status: MeshStatus;
  problem: ProblemCode | null;
  fingerprint: string;
  hub: Hub | null;
  storeOpen: boolean;
  storage: StorageKind;
  online: boolean;
  /** Milliseconds by which the hub's clock is ahead of this machine's: tickets are made and judged by the hub's. */
  hubAhead: number;
  revocations: RevocationList | null;
  swarms: Map<string, Swarm>;
  links: Map<string, Link>;
  transfers: Map<string, Transfer>;
  /** Wrong chunks by DTLS fingerprint: a peer id changes with the socket, the certificate lives as long as the tab. */
  wrongChunks: Map<string, number>;
  /** How often links ended for each reason. */
  endings: Map<RefusalCode, number>;
  /** How often links failed to open, for each reason but that they were not needed. */
  failures: Map<RefusalCode, number>;
  /** How many lost links may be told to the hub, and since when. */
  lost: { left: number; at: number };
  /** How many questions for leases may be asked of the hub, and since when. */
  leases: { left: number; at: number };
  received: number;
  /** The part of `received` that came over relayed links. */
  relayed: number;
  sent: number;
  quota: { used: number; limit: number } | null;
  /** What the hub was last told that it may ask for; null: nothing. */
  willingTold: number | null;
  /** How large a test copy the hub was told that this peer fetches; null: nothing was said. */
  volunteerTold: number | null;
  /** The part in an experiment that goes on beside, with the rates that it takes of the limits. */
  trial: TrialOrder | null;
  /** The part for which this peer was made; null: it is a peer of the mesh. */
  madeFor: string | null;
  /** Bytes of copies that the person has let go since they said what they give. */
  takenBack: number;
  tickAt: number;
  /** Where the turns of the links stand: that of the one last served. */
  turn: number;
  limits: Limits;
  supply: Supply;
  upload: Bucket;
  download: Bucket;
  /** When the core is to be woken next; null when it need not be. */
  wakeAt: number | null;
}

/** What one step works with: the state, the time, and the list its effects go to. */
export interface Work {
  state: MeshState;
  now: number;
  effects: Effect[];
}

/** Whether the swarm is being fetched now. */
export function isFetching(state: MeshState, swarm: Swarm): boolean {
  return transferOf(state, swarm)?.state === "running" && !swarm.held.full && pausedBy(state) === null;
}

/** The transfer a swarm works for. */
export function transferOf(state: MeshState, swarm: Swarm): Transfer | null {
  return swarm.transfer === null ? null : (state.transfers.get(swarm.transfer) ?? null);
}

/** The links of one content. */
export function linksOf(state: MeshState, content: string): Link[] {
  return [...state.links.values()].filter((link) => link.content === content);
}
