import { isRefusal, type RefusalCode } from "../protocol/refusals";
import { readObject } from "../protocol/shapes";
import type { Members } from "../protocol/shapes";
import type { Parse } from "./answers";

/** What was delivered and is being delivered, by both models. All sizes in bytes. */
export interface Overview {
  /** Everything that the hub sent: plain downloads and leases. */
  egressBytes: number;
  /** Plain downloads. */
  hub: { egressBytes: number; downloads: number };
  mesh: {
    fromHubBytes: number;
    fromPeersBytes: number;
    /** The part of `fromPeersBytes` that came over a TURN relay. */
    relayedBytes: number;
    wastedBytes: number;
    peers: number;
    transfers: number;
    /** Links told lost since the hub started, by reason; empty for all but administrators. */
    lostLinks: { code: RefusalCode; count: number }[];
  };
  /** Verified bytes from peers divided by all; null before the first byte. */
  offload: number | null;
  peers: PeerItem[];
  transfers: TransferItem[];
  resources: ResourceDelivery[];
}

export interface PeerItem {
  peer: string;
  member: string;
  joinedAt: Date;
  swarms: number;
}

export interface TransferItem {
  transfer: string;
  model: string;
  resource: string;
  name: string;
  member: string;
  size: number;
  /** What the receiver had before this transfer began; no part of the two below. */
  held: number;
  fromHub: number;
  fromPeers: number;
  /** The part of `fromPeers` that came over a TURN relay. */
  relayed: number;
  wasted: number;
  state: string;
  startedAt: Date;
  updatedAt: Date;
  /** Null while it is not over, and where the hub does not see the end. */
  durationMillis: number | null;
  /** What does not add up, as the hub says it; null when all is well. */
  discrepancy: string | null;
}

/** One resource under both models. */
export interface ResourceDelivery {
  resource: string;
  name: string;
  size: number;
  hubBytes: number;
  hubDownloads: number;
  meshFromHub: number;
  meshFromPeers: number;
  /** The part of `meshFromPeers` that came over a TURN relay. */
  meshRelayed: number;
  meshDownloads: number;
  peersHolding: number;
  /** Why what peers say they gave and what peers say they took cannot both be so, as the hub says it; null when it can. */
  discrepancy: string | null;
}

export const parseOverview: Parse<Overview> = (json) => {
  const whole = readObject(json);
  const hub = readObject(whole?.["hub"]);
  const mesh = readObject(whole?.["mesh"]);
  if (whole === null || hub === null || mesh === null) return null;
  const { offload, peers, transfers, resources } = whole;
  return {
    egressBytes: number(whole, "egressBytes"),
    hub: { egressBytes: number(hub, "egressBytes"), downloads: number(hub, "downloads") },
    mesh: {
      fromHubBytes: number(mesh, "fromHubBytes"),
      fromPeersBytes: number(mesh, "fromPeersBytes"),
      relayedBytes: number(mesh, "relayedBytes"),
      wastedBytes: number(mesh, "wastedBytes"),
      peers: number(mesh, "peers"),
      transfers: number(mesh, "transfers"),
      lostLinks: losses(readObject(mesh["lostLinks"]) ?? {}),
    },
    offload: typeof offload === "number" ? offload : null,
    peers: objects(peers).map(peer),
    transfers: objects(transfers).map(transfer),
    resources: objects(resources).map(resource),
  };
};

function losses(json: Members): Overview["mesh"]["lostLinks"] {
  return Object.keys(json)
    .filter(isRefusal)
    .map((code) => ({ code, count: number(json, code) }));
}

function peer(json: Members): PeerItem {
  return {
    peer: text(json, "peer"),
    member: text(json, "member"),
    joinedAt: moment(json, "joinedAt"),
    swarms: number(json, "swarms"),
  };
}

function transfer(json: Members): TransferItem {
  return {
    transfer: text(json, "transfer"),
    model: text(json, "model"),
    resource: text(json, "resource"),
    name: text(json, "name"),
    member: text(json, "member"),
    size: number(json, "size"),
    held: number(json, "held"),
    fromHub: number(json, "fromHub"),
    fromPeers: number(json, "fromPeers"),
    relayed: number(json, "relayed"),
    wasted: number(json, "wasted"),
    state: text(json, "state"),
    startedAt: moment(json, "startedAt"),
    updatedAt: moment(json, "updatedAt"),
    durationMillis: typeof json["durationMillis"] === "number" ? json["durationMillis"] : null,
    discrepancy: text(json, "discrepancy") || null,
  };
}

function resource(json: Members): ResourceDelivery {
  return {
    resource: text(json, "resource"),
    name: text(json, "name"),
    size: number(json, "size"),
    hubBytes: number(json, "hubBytes"),
    hubDownloads: number(json, "hubDownloads"),
    meshFromHub: number(json, "meshFromHub"),
    meshFromPeers: number(json, "meshFromPeers"),
    meshRelayed: number(json, "meshRelayed"),
    meshDownloads: number(json, "meshDownloads"),
    peersHolding: number(json, "peersHolding"),
    discrepancy: text(json, "discrepancy") || null,
  };
}

function objects(json: unknown): Members[] {
  return Array.isArray(json) ? (json as unknown[]).map(readObject).filter((item) => item !== null) : [];
}

function number(json: Members, member: string): number {
  const value = json[member];
  return typeof value === "number" && Number.isFinite(value) ? value : 0;
}

function text(json: Members, member: string): string {
  const value = json[member];
  return typeof value === "string" ? value : "";
}

function moment(json: Members, member: string): Date {
  return new Date(text(json, member));
}
