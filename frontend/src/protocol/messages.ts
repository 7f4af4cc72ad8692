import { isHubProblem, type HubProblemCode } from "./problems";
import { isRefusal, type LostCode, type RefusalCode } from "./refusals";
import { LONGEST_SDP } from "./sdp";
import {
  COMPACT_JWS,
  CONTENT_ID,
  FINGERPRINT,
  LEASE_ID,
  type Members,
  readInteger,
  readJsonObject,
  readList,
  readObject,
  readShape,
  readText,
  SHORT_ID,
  UUID,
} from "./shapes";
import { type Jwk, parseJwk } from "./ticket";
import { MOST_CHUNKS } from "./manifest";

/** The socket's protocol version. */
export const SOCKET_PROTOCOL = 1;

/** Longest message of the socket, in UTF-16 units (the hub counts bytes; its messages are ASCII but for details). */
export const LONGEST_MESSAGE = 64 * 1024;

/** Most neighbours that one message may name: the hub names 6 at most; the rest is room for later overlays. */
const MOST_NEIGHBOURS = 32;

/** Most chunks of one lease: also the most that a peer may have room for. */
export const MOST_LEASED = 32;

/** Longest name of a file, in UTF-16 units. */
const LONGEST_NAME = 255;

/** Longest pause that the hub may ask for before the next `lease`, in milliseconds. */
const LONGEST_RETRY_MILLIS = 600_000;

const TRIAL_MODELS = ["hub", "peers", "automatic"] as const;

const STUN_ADDRESS = /^stuns?:[\w.:[\]-]{1,255}$/;

/** A TURN address (RFC 7065) with its port. */
const TURN_ADDRESS = /^turns?:[\w.:[\]-]{1,255}(?:\?transport=(?:udp|tcp))?$/;

/** Most addresses of TURN servers, and most characters of a name or a password for them. */
const MOST_TURN = 4;
const LONGEST_TURN_TEXT = 512;

/** A revocation list is as long as the message allows. */
const SIGNED_LIST = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;

/** Offer, answer or refusal between two members of a swarm. `peer` is the other end: `to` going out, `from` coming in. */
export type Signal =
  | { kind: "offer" | "answer"; content: string; link: string; sdp: string; ticket: string }
  | { kind: "refuse"; content: string; link: string; code: RefusalCode };

/** Leave to use TURN servers until `expires`, in seconds since 1970 by the hub's clock. */
export interface Turn {
  urls: string[];
  username: string;
  credential: string;
  expires: number;
}

/** What the hub sends. */
export type HubMessage =
  | {
      type: "welcome";
      peer: string;
      hub: string;
      key: Jwk;
      ticket: string;
      stun: string[];
      epoch: number;
      revocations: string;
      turn: Turn | null;
    }
  | ({ type: "turn" } & Turn)
  | { type: "neighbours"; content: string; ticket: string; peers: Neighbour[]; part: string[] }
  | { type: "signal"; from: string; signal: Signal }
  | { type: "leased"; content: string; lease: string | null; chunks: number[]; retryAfterMillis: number | null }
  | { type: "keep"; resource: string; content: string; name: string }
  | { type: "unkeep"; content: string }
  | ({ type: "trial" } & TrialOrder)
  | { type: "trial-begin"; trial: string }
  | { type: "trial-end"; trial: string }
  | { type: "revoked"; list: string }
  | { type: "permitted"; content: string }
  | { type: "ping" }
  | { type: "bye"; code: string | null }
  | { type: "problem"; code: HubProblemCode; detail: string; content: string | null; link: string | null };

/** A peer to connect to, and whose certificate of whom a link has that is there already. */
export interface Neighbour {
  peer: string;
  /** Opaque name of the member, as in its tickets. */
  member: string;
  fingerprint: string;
}

/** Which way of downloading was chosen: peers wherever they hold something, or whoever is quicker. */
export type Model = "peers" | "automatic";

/** How a receiver of an experiment fetches. */
export type TrialModel = "hub" | Model;

/** A part in an experiment that the hub asks for; rates in bytes a second, at most. */
export interface TrialOrder {
  trial: string;
  resource: string;
  content: string;
  model: TrialModel;
  upload: number;
  download: number;
}

/** How such a part stands; `upload` and `download`: the rates that hold. */
export interface TrialNews {
  trial: string;
  state: "ready" | "running" | "completed" | "failed" | "left";
  upload: number;
  download: number;
  fromHub: number;
  fromPeers: number;
  code?: string;
}

/** How a receiver accounts for a transfer; `held`: verified bytes that were here when it began. Bytes, milliseconds. */
export interface Report {
  content: string;
  resource: string;
  transfer: string;
  model: Model;
  state: "running" | "paused" | "completed" | "cancelled" | "failed";
  size: number;
  held: number;
  fromHub: number;
  fromPeers: number;
  /** The part of `fromPeers` that came over a TURN relay. */
  relayed: number;
  wasted: number;
  startedMillisAgo: number;
  firstByteMillis?: number;
  served: number;
}

/** What a peer sends. */
export type PeerMessage =
  | { type: "hello"; protocol: number; fingerprint: string; trial?: string }
  | { type: "volunteer"; bytes: number }
  | ({ type: "trial-state" } & TrialNews)
  | { type: "willing"; bytes: number }
  | { type: "enter"; resource: string; content: string; have: string }
  | { type: "leave"; content: string }
  | { type: "signal"; to: string; signal: Signal }
  | { type: "have"; content: string; chunks: number[] }
  | { type: "lost"; content: string; peer: string; code: LostCode }
  | { type: "lease"; content: string; model: Model; wanted: string; room: number }
  | ({ type: "report" } & Report)
  | { type: "ping" }
  | { type: "bye" };

/** The JSON text of a message. */
export function encodeMessage(message: PeerMessage): string {
  if (message.type !== "signal") return JSON.stringify(message);
  const { signal, ...rest } = message;
  return JSON.stringify({ ...rest, ...signal });
}

/** A message of the hub, or null: unknown type, a member missing or out of bounds. Unknown members are ignored. */
export function parseHubMessage(text: string): HubMessage | null {
  if (text.length > LONGEST_MESSAGE) return null;
  const members = readJsonObject(text);
  if (members === null) return null;
  switch (members["type"]) {
    case "welcome":
      return readWelcome(members);
    case "turn": {
      const turn = readTurn(members);
      return turn === null ? null : { type: "turn", ...turn };
    }
    case "neighbours":
      return readNeighbours(members);
    case "signal":
      return readSignalMessage(members);
    case "leased":
      return readLeased(members);
    case "keep":
      return readKeep(members);
    case "unkeep": {
      const content = readShape(members["content"], CONTENT_ID);
      return content === null ? null : { type: "unkeep", content };
    }
    case "trial":
      return readTrial(members);
    case "trial-begin":
    case "trial-end": {
      const trial = readShape(members["trial"], SHORT_ID);
      return trial === null ? null : { type: members["type"], trial };
    }
    case "revoked": {
      const list = readShape(members["list"], SIGNED_LIST);
      return list === null ? null : { type: "revoked", list };
    }
    case "permitted": {
      const content = readShape(members["content"], CONTENT_ID);
      return content === null ? null : { type: "permitted", content };
    }
    case "ping":
      return { type: "ping" };
    case "bye":
      return { type: "bye", code: readText(members["code"], 64) };
    case "problem":
      return readProblem(members);
    default:
      return null;
  }
}

function readWelcome(members: Members): HubMessage | null {
  const peer = readShape(members["peer"], SHORT_ID);
  const hub = readShape(members["hub"], UUID);
  const key = parseJwk(members["key"]);
  const ticket = readShape(members["ticket"], COMPACT_JWS);
  const stun = readList(members["stun"], 8, (item) => readShape(item, STUN_ADDRESS));
  const epoch = readInteger(members["epoch"], 0, 0xffff_ffff);
  const revocations = readShape(members["revocations"], SIGNED_LIST);
  if (peer === null || hub === null || key === null || ticket === null) return null;
  if (stun === null || epoch === null || revocations === null) return null;
  const turn = members["turn"] === undefined ? null : readTurn(readObject(members["turn"]));
  if (turn === null && members["turn"] !== undefined) return null;
  return { type: "welcome", peer, hub, key, ticket, stun, epoch, revocations, turn };
}

function readTurn(members: Members | null): Turn | null {
  const urls = readList(members?.["urls"], MOST_TURN, (item) => readShape(item, TURN_ADDRESS));
  const username = readText(members?.["username"], LONGEST_TURN_TEXT);
  const credential = readText(members?.["credential"], LONGEST_TURN_TEXT);
  const expires = readInteger(members?.["expires"], 0, Number.MAX_SAFE_INTEGER);
  if (urls === null || urls.length === 0 || username === null || credential === null || expires === null) return null;
  return { urls, username, credential, expires };
}

function readKeep(members: Members): HubMessage | null {
  const resource = readShape(members["resource"], UUID);
  const content = readShape(members["content"], CONTENT_ID);
  const name = readText(members["name"], LONGEST_NAME);
  return resource === null || content === null || name === null ? null : { type: "keep", resource, content, name };
}

function readTrial(members: Members): HubMessage | null {
  const trial = readShape(members["trial"], SHORT_ID);
  const resource = readShape(members["resource"], UUID);
  const content = readShape(members["content"], CONTENT_ID);
  const model = TRIAL_MODELS.find((each) => each === members["model"]);
  const upload = readInteger(members["upload"], 1, Number.MAX_SAFE_INTEGER);
  const download = readInteger(members["download"], 1, Number.MAX_SAFE_INTEGER);
  if (trial === null || resource === null || content === null) return null;
  if (model === undefined || upload === null || download === null) return null;
  return { type: "trial", trial, resource, content, model, upload, download };
}

function readNeighbours(members: Members): HubMessage | null {
  const content = readShape(members["content"], CONTENT_ID);
  const ticket = readShape(members["ticket"], COMPACT_JWS);
  const peers = readList(members["peers"], MOST_NEIGHBOURS, readNeighbour);
  const readPeer = (item: unknown): string | null => readShape(readObject(item)?.["peer"], SHORT_ID);
  const part = readList(members["part"] ?? [], MOST_NEIGHBOURS, readPeer);
  if (content === null || ticket === null || peers === null || part === null) return null;
  return { type: "neighbours", content, ticket, peers, part };
}

function readNeighbour(item: unknown): Neighbour | null {
  const members = readObject(item);
  const peer = readShape(members?.["peer"], SHORT_ID);
  const member = readShape(members?.["member"], SHORT_ID);
  const fingerprint = readShape(members?.["fingerprint"], FINGERPRINT);
  return peer === null || member === null || fingerprint === null ? null : { peer, member, fingerprint };
}

function readSignalMessage(members: Members): HubMessage | null {
  const from = readShape(members["from"], SHORT_ID);
  const signal = readSignal(members);
  return from === null || signal === null ? null : { type: "signal", from, signal };
}

function readSignal(members: Members): Signal | null {
  const content = readShape(members["content"], CONTENT_ID);
  const link = readShape(members["link"], SHORT_ID);
  const kind = members["kind"];
  if (content === null || link === null) return null;
  if (kind === "refuse") {
    const code = members["code"];
    return isRefusal(code) ? { kind, content, link, code } : null;
  }
  if (kind !== "offer" && kind !== "answer") return null;
  const sdp = readText(members["sdp"], LONGEST_SDP);
  const ticket = readShape(members["ticket"], COMPACT_JWS);
  return sdp === null || ticket === null ? null : { kind, content, link, sdp, ticket };
}

function readLeased(members: Members): HubMessage | null {
  const content = readShape(members["content"], CONTENT_ID);
  const chunks = readList(members["chunks"], MOST_LEASED, (item) => readInteger(item, 0, MOST_CHUNKS - 1));
  const lease = readShape(members["lease"], LEASE_ID);
  const retryAfterMillis = readInteger(members["retryAfterMillis"], 0, LONGEST_RETRY_MILLIS);
  if (content === null || chunks === null) return null;
  if (chunks.length > 0 && lease === null) return null;
  return { type: "leased", content, lease, chunks, retryAfterMillis };
}

function readProblem(members: Members): HubMessage | null {
  const code = members["code"];
  if (!isHubProblem(code)) return null;
  return {
    type: "problem",
    code,
    detail: readText(members["detail"], 1024) ?? "",
    content: readShape(members["content"], CONTENT_ID),
    link: readShape(members["link"], SHORT_ID),
  };
}
