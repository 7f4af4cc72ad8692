import { isObject } from "./answers";
import type { Parse } from "./answers";

/** What was delivered and is being delivered, by both models. All sizes in bytes. */
export interface Overview {
  hub: { egressBytes: number; downloads: number };
  mesh: { fromHubBytes: number; fromPeersBytes: number; wastedBytes: number; peers: number; transfers: number };
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
  fromHub: number;
  fromPeers: number;
  wasted: number;
  state: string;
  startedAt: Date;
  updatedAt: Date;
  durationMillis: number;
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
  meshDownloads: number;
  peersHolding: number;
}

export const parseOverview: Parse<Overview> = (json) => {
  if (!isObject(json) || !isObject(json["hub"]) || !isObject(json["mesh"])) return null;
  const { hub, mesh, offload } = json;
  return {
    hub: { egressBytes: number(hub, "egressBytes"), downloads: number(hub, "downloads") },
    mesh: {
      fromHubBytes: number(mesh, "fromHubBytes"),
      fromPeersBytes: number(mesh, "fromPeersBytes"),
      wastedBytes: number(mesh, "wastedBytes"),
      peers: number(mesh, "peers"),
      transfers: number(mesh, "transfers"),
    },
    offload: typeof offload === "number" ? offload : null,
    peers: objects(json["peers"]).map(peer),
    transfers: objects(json["transfers"]).map(transfer),
    resources: objects(json["resources"]).map(resource),
  };
};

function peer(json: Record<string, unknown>): PeerItem {
  return {
    peer: text(json, "peer"),
    member: text(json, "member"),
    joinedAt: moment(json, "joinedAt"),
    swarms: number(json, "swarms"),
  };
}

function transfer(json: Record<string, unknown>): TransferItem {
  return {
    transfer: text(json, "transfer"),
    model: text(json, "model"),
    resource: text(json, "resource"),
    name: text(json, "name"),
    member: text(json, "member"),
    size: number(json, "size"),
    fromHub: number(json, "fromHub"),
    fromPeers: number(json, "fromPeers"),
    wasted: number(json, "wasted"),
    state: text(json, "state"),
    startedAt: moment(json, "startedAt"),
    updatedAt: moment(json, "updatedAt"),
    durationMillis: number(json, "durationMillis"),
  };
}

function resource(json: Record<string, unknown>): ResourceDelivery {
  return {
    resource: text(json, "resource"),
    name: text(json, "name"),
    size: number(json, "size"),
    hubBytes: number(json, "hubBytes"),
    hubDownloads: number(json, "hubDownloads"),
    meshFromHub: number(json, "meshFromHub"),
    meshFromPeers: number(json, "meshFromPeers"),
    meshDownloads: number(json, "meshDownloads"),
    peersHolding: number(json, "peersHolding"),
  };
}

function objects(json: unknown): Record<string, unknown>[] {
  return Array.isArray(json) ? (json as unknown[]).filter(isObject) : [];
}

function number(json: Record<string, unknown>, member: string): number {
  const value = json[member];
  return typeof value === "number" && Number.isFinite(value) ? value : 0;
}

function text(json: Record<string, unknown>, member: string): string {
  const value = json[member];
  return typeof value === "string" ? value : "";
}

function moment(json: Record<string, unknown>, member: string): Date {
  return new Date(text(json, member));
}
