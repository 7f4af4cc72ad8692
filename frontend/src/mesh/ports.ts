import type { Manifest } from "../protocol/manifest";
import type { HubMessage, PeerMessage } from "../protocol/messages";
import type { ProblemCode } from "../protocol/problems";
import type { RefusalCode } from "../protocol/refusals";
import type { Jwk, RevocationList, TicketClaims } from "../protocol/ticket";

/* ------------------------------------------------------------------ what pages see and command */

/** Where this tab stands: not a peer, on its way, a peer, or a peer whose hub does not answer. */
export type MeshStatus = "off" | "connecting" | "joined" | "lost";

/** How a transfer stands. */
export type TransferState = "running" | "paused" | "completed" | "cancelled" | "failed";

/** How the two ends of a link found each other (RFC 8445 candidate types of the local end). */
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
  fromHub: number;
  fromPeers: number;
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

/** A content this browser keeps and serves: `held` verified bytes of `size`, `served` bytes sent to others since joining. */
export interface HeldView {
  content: string;
  resource: string;
  name: string;
  size: number;
  held: number;
  served: number;
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
  sent: number;
  quota?: { used: number; limit: number };
}

/** A file of the library, as pages name it. */
export interface FileToFetch {
  resource: string;
  name: string;
}

/** A completed content as a file-backed `blob:` address; `release` it when the browser has taken it. */
export interface SavedFile {
  url: string;
  name: string;
  release(): void;
}

/** The peer of this tab. Promises are rejected with a `MeshProblem`. */
export interface Mesh {
  view(): MeshView;
  /** Calls `listener` at most 4 times a second, when something changed; answers how to stop. */
  subscribe(listener: (view: MeshView) => void): () => void;
  /** Becomes a peer; resolves once the hub has welcomed it. */
  join(): Promise<void>;
  leave(): Promise<void>;
  /** Starts (or finds) the transfer of a file and answers its id; it goes on in the background and is served afterwards. */
  fetch(file: FileToFetch): string;
  pause(transfer: string): void;
  resume(transfer: string): void;
  cancel(transfer: string): void;
  /** Keeps and serves what was just uploaded: verified against the hub's manifest, no download. */
  adopt(file: FileToFetch, bytes: Blob): Promise<void>;
  save(content: string): Promise<SavedFile>;
  forget(content: string): Promise<void>;
}
