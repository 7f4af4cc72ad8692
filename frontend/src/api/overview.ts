import { isRefusal, type RefusalCode } from "../protocol/refusals";
import { readObject } from "../protocol/shapes";
import type { Members } from "../protocol/shapes";
import type { Parse } from "./answers";

/** What was delivered and is being delivered, by both models. All sizes in bytes. */
export interface Overview {
  /** When it was so, by the hub's clock. */
  at: Date;
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
  /** Bytes from peers in transfers that are complete and beyond doubt: what the hub did not have to send. */
  savedBytes: number;
  /** What egress costs; null where administrators have said nothing. */
  price: Price | null;
  /** How long completed transfers took, by the model that was asked for. */
  times: Times;
  peers: PeerItem[];
  links: LinkItem[];
  transfers: TransferItem[];
  resources: ResourceDelivery[];
}

/** What egress costs, for each 10^9 bytes. */
export interface Price {
  perGb: number;
  /** ISO 4217. */
  currency: string;
}

/** Null where nothing is known. */
export interface Times {
  hub: Spread | null;
  peers: Spread | null;
  automatic: Spread | null;
}

/** Of so many transfers, in milliseconds. */
export interface Spread {
  median: number;
  p95: number;
  count: number;
}

/** Two peers that are neighbours in the swarm of a content. */
export interface LinkItem {
  a: string;
  b: string;
  content: string;
  /** Null while the hub does not know it. */
  bytesPerSecond: number | null;
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
  /** Null while it is not over. */
  durationMillis: number | null;
  /** What does not add up, as the hub says it; null when all is well. */
  discrepancy: string | null;
}

/** One resource under both models. */
export interface ResourceDelivery {
  resource: string;
  name: string;
  /** The content id of what it holds now. */
  content: string;
  size: number;
  hubBytes: number;
  hubDownloads: number;
  meshFromHub: number;
  meshFromPeers: number;
  /** The part of `meshFromPeers` that came over a TURN relay. */
  meshRelayed: number;
  /** The part of `meshFromPeers` in transfers that are complete and beyond doubt. */
  savedBytes: number;
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
  const { offload, peers, links, transfers, resources } = whole;
  const times = readObject(whole["times"]);
  return {
    at: moment(whole, "at"),
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
    savedBytes: number(whole, "savedBytes"),
    price: price(readObject(whole["price"])),
    times: { hub: spread(times?.["hub"]), peers: spread(times?.["peers"]), automatic: spread(times?.["automatic"]) },
    peers: objects(peers).map(peer),
    links: objects(links).map(link),
    transfers: objects(transfers).map(transfer),
    resources: objects(resources).map(resource),
  };
};

function losses(json: Members): Overview["mesh"]["lostLinks"] {
  return Object.keys(json)
    .filter(isRefusal)
    .map((code) => ({ code, count: number(json, code) }));
}

function price(json: Members | null): Price | null {
  return json === null ? null : { perGb: number(json, "perGb"), currency: text(json, "currency") };
}

function spread(json: unknown): Spread | null {
  const known = readObject(json);
  return known === null
    ? null
    : { median: number(known, "median"), p95: number(known, "p95"), count: number(known, "count") };
}

function link(json: Members): LinkItem {
  const rate = json["bytesPerSecond"];
  return {
    a: text(json, "a"),
    b: text(json, "b"),
    content: text(json, "content"),
    bytesPerSecond: typeof rate === "number" && Number.isFinite(rate) ? rate : null,
  };
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
    content: text(json, "content"),
    size: number(json, "size"),
    hubBytes: number(json, "hubBytes"),
    hubDownloads: number(json, "hubDownloads"),
    meshFromHub: number(json, "meshFromHub"),
    meshFromPeers: number(json, "meshFromPeers"),
    meshRelayed: number(json, "meshRelayed"),
    savedBytes: number(json, "savedBytes"),
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
