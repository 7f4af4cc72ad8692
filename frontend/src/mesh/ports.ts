import type { ChannelLabel } from "../protocol/frames";
import type { Manifest } from "../protocol/manifest";
import type { HubMessage, Model, PeerMessage, TrialNews, TrialOrder } from "../protocol/messages";
import type { ProblemCode } from "../protocol/problems";
import type { RefusalCode } from "../protocol/refusals";
import type { Jwk, RevocationList, TicketClaims } from "../protocol/ticket";
import type { Bytes, IceSettings, KeptContent, NewContent, Piece, StorageKind, TransferNote, Use } from "./core/events";

/* ------------------------------------------------------------------ what pages see and command */

/** Where this browser stands: not a peer, on its way, a peer, or a peer whose hub does not answer. */
export type MeshStatus = "off" | "connecting" | "joined" | "lost";

/** How a transfer stands. */
export type TransferState = "running" | "paused" | "completed" | "cancelled" | "failed";

/** How the two ends of a link found each other: the RFC 8445 candidate type of the local end, or `relay` when either end is one. */
export type LinkPath = "host" | "srflx" | "prflx" | "relay";

/** One source of a transfer: verified and useful bytes, and the present rate in bytes a second. */
export interface SourceView {
  kind: "hub" | "peer";
  /** The peer id, or `hub`. */
  id: string;
  bytes: number;
  bytesPerSecond: number;
}

/** One transfer; `fromHub + fromPeers = size` once it is completed. Bytes, and bytes a second. */
export interface TransferView {
  transfer: string;
  resource: string;
  /** Empty until the manifest is here. */
  content: string;
  name: string;
  size: number;
  /** What this browser held before the transfer began; no part of the two below. */
  held: number;
  fromHub: number;
  fromPeers: number;
  /** The part of `fromPeers` that came over a TURN relay. */
  relayed: number;
  /** Duplicate and rejected bytes; no part of the two above. */
  wasted: number;
  bytesPerSecond: number;
  state: TransferState;
  problem?: ProblemCode;
  sources: SourceView[];
  secondsLeft?: number;
}

/** One link to a peer for one content; `received` and `sent` in bytes of chunks. */
export interface LinkView {
  peer: string;
  content: string;
  status: string;
  path?: LinkPath;
  roundTripMillis?: number;
  received: number;
  sent: number;
}

/**
 * A content this browser keeps and serves: `held` verified bytes of `size`, `served` bytes sent to others since joining. `pinned`: it stays until the
 * person forgets it. `usedAt`: when it was last fetched, served or saved, in milliseconds since 1970. `refused`: why the hub lets this peer neither
 * serve nor fetch it now.
 */
export interface HeldView {
  content: string;
  resource: string;
  name: string;
  size: number;
  held: number;
  served: number;
  pinned: boolean;
  /** Kept because the hub has asked for it. */
  onRequest: boolean;
  usedAt: number;
  refused?: ProblemCode;
}

/**
 * What a person lets this browser give and take. Bytes of files; the network's own wrapping comes on top. Null: without a limit.
 * `diskBytes`: most that is kept; null: 10 GiB.
 * Never more than half of what the browser allows. `giveBytes`: most of it that is kept because the hub asks for it; 0 for none.
 */
export interface Limits {
  uploadBytesPerSecond: number | null;
  downloadBytesPerSecond: number | null;
  diskBytes: number | null;
  giveBytes: number;
  pauseOnBattery: boolean;
  pauseOnMetered: boolean;
  /** Whether test copies are fetched for experiments when the hub asks. */
  experiments: boolean;
}

/** Why a peer neither serves nor fetches for the moment. */
export type PauseReason = "battery" | "metered";

/** What the machine lives on now; absent where the browser does not tell. */
export interface Supply {
  onBattery?: boolean;
  onMetered?: boolean;
}

/** Everything a page may show of the mesh. `received` and `sent` are bytes of chunks over links since joining. */
export interface MeshView {
  status: MeshStatus;
  peer?: string;
  problem?: ProblemCode;
  links: LinkView[];
  transfers: TransferView[];
  held: HeldView[];
  received: number;
  /** The part of `received` that came over relayed links. */
  relayed: number;
  sent: number;
  /** Attempts at links that never opened, by reason. */
  failures: { code: RefusalCode; count: number }[];
  limits: Limits;
  supply: Supply;
  paused?: PauseReason;
  /** Bytes set aside for the contents, and what they may take. */
  quota?: { used: number; limit: number };
  /** Whether what is kept outlives the tab; absent while the store is closed. */
  storage?: StorageKind;
}

/** A file of the library, as pages name it. */
export interface FileToFetch {
  resource: string;
  name: string;
}

/** A completed content; its bytes are backed by a file and read only as they are used. */
export interface SavedFile {
  name: string;
  bytes: Blob;
}

/** The peer of this browser, whichever tab it lives in. Promises are rejected with a `MeshProblem`. */
export interface Mesh {
  view(): MeshView;
  /** Calls `listener` at most 4 times a second, when something changed; answers how to stop. */
  subscribe(listener: (view: MeshView) => void): () => void;
  /** Becomes a peer; resolves once the hub has welcomed it. */
  join(): Promise<void>;
  leave(): Promise<void>;
  /** Starts (or finds) the transfer of a file and answers its id; it goes on in the background and is served afterwards. */
  fetch(file: FileToFetch, how: { model: Model }): Promise<string>;
  pause(transfer: string): void;
  resume(transfer: string): void;
  cancel(transfer: string): void;
  /** Keeps and serves what was just uploaded: verified against the hub's manifest, no download. */
  adopt(file: FileToFetch, bytes: Blob): Promise<void>;
  save(content: string): Promise<SavedFile>;
  forget(content: string): Promise<void>;
  /** Sets all limits at once; they hold from this moment and in every later session of this browser. */
  setLimits(limits: Limits): void;
  /** Keeps a content available for others until it is forgotten, or lets it go when room is wanted. */
  pin(content: string, pinned: boolean): Promise<void>;
}

/* ------------------------------------------------------------------ what the engine is handed */

/** Time: milliseconds since 1970 that never run backwards, and calls in the future. Both answer how to stop. */
export interface Clock {
  now(): number;
  after(millis: number, task: () => void): () => void;
  every(millis: number, task: () => void): () => void;
}

/** Unpredictable bytes. */
export interface Random {
  bytes(length: number): Uint8Array;
}

/** What a hub socket tells. `lost` comes once for each connection that ended or never opened. */
export interface HubListener {
  opened(): void;
  message(message: HubMessage): void;
  lost(): void;
}

/** The way to the hub: keeps connecting until it is closed. Messages sent while it is down are dropped. */
export interface HubConnection {
  send(message: PeerMessage): void;
  close(): void;
}

export interface HubSocket {
  connect(listener: HubListener): HubConnection;
}

/** What a link tells. `opened`: both channels are; `drained`: the bulk channel has room again. Nothing after `lost`. */
export interface LinkListener {
  opened(largestMessage: number): void;
  message(channel: ChannelLabel, bytes: Bytes): void;
  drained(): void;
  /** An open link has had no path for a while; it may be given another. */
  severed(): void;
  /** There is a path. */
  mended(): void;
  lost(): void;
}

/** How two ends are connected, as far as it is known. */
export interface LinkFacts {
  path: LinkPath | null;
  roundTripMillis: number | null;
}

/** One connection to one peer. Descriptions bring their candidates with them. */
export interface PeerLink {
  offer(): Promise<string>;
  answer(description: string): Promise<string>;
  accept(description: string): Promise<void>;
  /** A new offer that looks for another path for the same link. */
  restart(): Promise<string>;
  /** Throws when the channel is closed or holds more than it may. */
  send(channel: ChannelLabel, message: Bytes): void;
  /** Bytes waiting in the bulk channel. */
  buffered(): number;
  facts(): Promise<LinkFacts>;
  /** What it may use from its next description on: leave to use a relay may have ended since it was made. */
  configure(ice: IceSettings): void;
  close(): void;
}

/** Makes links that all show the same certificate. */
export interface LinkMaker {
  /** SHA-256 fingerprint of that certificate, as in a ticket. */
  fingerprint(): Promise<string>;
  make(ice: IceSettings, listener: LinkListener): PeerLink;
}

/** What the store says when it opens. */
export interface OpenedStore {
  contents: KeptContent[];
  storage: StorageKind;
}

/** Where chunks are kept. Promises are rejected with a `MeshProblem`. */
export interface Store {
  /** Opens the part of one hub and member. */
  open(namespace: string): Promise<OpenedStore>;
  /** The bytes that all contents together may take, also after the next `open`; null: what the browser makes sensible. */
  room(limit: number | null): void;
  /** Makes room for a content, or finds what is held of it; refuses with `storage-quota` what does not fit. */
  create(content: NewContent): Promise<KeptContent>;
  /** Verifies a chunk against its leaf and keeps it. Takes the pieces' buffers away from the caller. */
  put(content: string, chunk: number, pieces: Piece[], leaf: Uint8Array, origin: number): Promise<"kept" | "wrong">;
  /** A kept chunk, verified at its first read; null: it is not kept, or is damaged and kept no more. */
  read(content: string, chunk: number): Promise<Bytes | null>;
  /** Verifies every kept chunk that was not verified yet, and answers what is really held. */
  inspect(content: string): Promise<KeptContent>;
  note(content: string, note: TransferNote | null): Promise<void>;
  use(content: string, use: Use): Promise<void>;
  drop(content: string): Promise<void>;
  /** The bytes of a whole content, backed by its file. */
  file(content: string): Promise<Blob>;
  /** Bytes that the contents take or will take when they are whole, and what they may take. */
  usage(): Promise<{ used: number; limit: number }>;
  close(): Promise<void>;
}

/** SHA-256. */
export interface Digester {
  sha256(bytes: Bytes): Promise<Uint8Array>;
}

/** Checks signatures of the hub: EdDSA only, the right `typ`, the right issuer; the claims, or why not. */
export interface TicketVerifier {
  ticket(jws: string, key: Jwk): Promise<TicketClaims | RefusalCode>;
  revocations(jws: string, key: Jwk, issuer: string): Promise<RevocationList | null>;
}

/** The hub over HTTP. Promises are rejected with a `MeshProblem`. */
export interface HubOrigin {
  /** Of the right shape; its content id is still a claim. */
  manifest(resource: string): Promise<Manifest>;
  /** A leased chunk of exactly `length` bytes; not asked for any more once `signal` says so. */
  chunk(lease: string, chunk: number, length: number, signal: AbortSignal): Promise<Bytes>;
}

/** The limits as this browser remembers them. */
export interface LimitMemory {
  load(): Limits;
  save(limits: Limits): void;
}

/** Tells what the machine lives on: once soon, and after every change. */
export interface SupplyWatch {
  watch(listener: (supply: Supply) => void): void;
}

/** Takes parts in experiments: with a peer of its own that keeps nothing, beside the one that asks. */
export interface TrialRoom {
  /** Prepares for a part, and tells how it stands from then on. A part that goes on ends first. */
  prepare(order: TrialOrder, tell: (news: TrialNews) => void): void;
  /** Everybody is ready. */
  begin(trial: string): void;
  /** The part that goes on is over: everything of it is thrown away. */
  end(): void;
}

/** Everything the engine needs of the world. */
export interface Ports {
  clock: Clock;
  random: Random;
  socket: HubSocket;
  links: LinkMaker;
  store: Store;
  digester: Digester;
  verifier: TicketVerifier;
  origin: HubOrigin;
  limits: LimitMemory;
  supply: SupplyWatch;
  trials: TrialRoom;
}
