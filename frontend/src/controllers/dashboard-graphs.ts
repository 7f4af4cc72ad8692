import type { LinkItem, Overview, ResourceDelivery, TransferItem } from "../api/overview";
import { count, formatRate } from "../ui/format";
import { shortPeer } from "../ui/pieces";
import { HUB } from "../ui/topology/graph";
import type { Graph, GraphEdge, GraphNode } from "../ui/topology/graph";
import { WINDOW } from "./recent-rate";

/** A graph, and what it shows in words. */
export interface Shown {
  graph: Graph;
  words: string;
}

/** Present rates, in bytes a second. */
export interface Rates {
  /** What the hub sends as plain downloads. */
  plain: number;
  /** What the hub sends under leases. */
  leases: number;
  /** What peers send each other. */
  peers: number;
}

/** What is shown: everything, or one resource. */
export type Choice = ResourceDelivery | null;

/** How many the examples show: enough to see the difference. */
const EXAMPLE_SIZE = 6;
/** How far around the circle each peer of the example is linked. */
const EXAMPLE_REACH = [1, 2];

/** Client-server as it would look. */
export const EXAMPLE_STAR: Graph = {
  nodes: exampleNodes("client"),
  edges: exampleNodes("client").map(({ id }) => ({ from: HUB, to: id, by: "hub", bytesPerSecond: 0 })),
};

/** Peer-to-peer as it would look: the hub sends one copy, and peers pass it on. */
export const EXAMPLE_MESH: Graph = {
  nodes: exampleNodes("peer"),
  edges: [
    { from: HUB, to: exampleId(0), by: "hub", bytesPerSecond: 0 },
    ...exampleNodes("peer").flatMap(({ id }, place) =>
      EXAMPLE_REACH.map((reach): GraphEdge => {
        const to = exampleId((place + reach) % EXAMPLE_SIZE);
        return { from: id, to, by: "peer", bytesPerSecond: 0 };
      }),
    ),
  ],
};

function exampleId(place: number): string {
  return `example-${place}`;
}

function exampleNodes(kind: GraphNode["kind"]): GraphNode[] {
  return Array.from({ length: EXAMPLE_SIZE }, (_, place) => ({ id: exampleId(place), label: "", kind }));
}

/** Whether a transfer belongs to what is shown. */
export function chosen(choice: Choice, transfer: TransferItem): boolean {
  return choice === null || transfer.resource === choice.resource;
}

/** The hub in the middle of those who downloaded from it lately; what it sends now goes to whom it handed a file just before. @param now by the hub's clock */
export function starOf(overview: Overview, choice: Choice, { plain }: Rates, now: number): Shown {
  const downloads = overview.transfers.filter((item) => item.model === "hub" && chosen(choice, item));
  const fresh = new Set(downloads.filter((item) => item.updatedAt.getTime() > now - WINDOW));
  const bytes = [...fresh].reduce((sum, item) => sum + item.fromHub, 0);
  const nodes = downloads.map((item): GraphNode => ({ id: item.transfer, label: item.member, kind: "client" }));
  const edges = downloads.map((item): GraphEdge => {
    const part = fresh.has(item) && bytes > 0 ? item.fromHub / bytes : 0;
    return { from: HUB, to: item.transfer, by: "hub", bytesPerSecond: plain * part };
  });
  return {
    graph: { nodes, edges },
    words: starWords(nodes.length, choice?.hubDownloads ?? overview.hub.downloads, plain),
  };
}

function starWords(clients: number, downloads: number, plain: number): string {
  if (clients > 0) {
    const latest = clients === 1 ? "its latest client" : `its latest ${clients} clients`;
    return `The hub in the middle, ${latest} around it; the hub sends ${flow(plain)}.`;
  }
  const why =
    downloads === 0 ? "nobody has downloaded from it yet" : "none of the latest transfers is a download from the hub";
  return `The hub alone: ${why}. Drawn pale: ${EXAMPLE_SIZE} clients, a copy for each.`;
}

/** Peers and what they send each other; rates that nobody knows link by link are spread evenly. */
export function meshOf(overview: Overview, choice: Choice, rates: Rates): Shown {
  const links = linksOf(overview, choice);
  const nodes = nodesOf(overview, choice, links);
  const known = links.reduce((sum, link) => sum + (link.bytesPerSecond ?? 0), 0);
  const silent = links.filter((link) => link.bytesPerSecond === null).length;
  const each = silent === 0 ? 0 : Math.max(0, rates.peers - known) / silent;
  const between = links.map(({ a, b, bytesPerSecond }): GraphEdge => ({
    from: a,
    to: b,
    by: "peer",
    bytesPerSecond: bytesPerSecond ?? each,
  }));
  const fromHub = nodes.map(({ id }): GraphEdge => ({
    from: HUB,
    to: id,
    by: "hub",
    bytesPerSecond: rates.leases / nodes.length,
  }));
  const edges = rates.leases > 0 ? [...fromHub, ...between] : between;
  const words =
    nodes.length === 0
      ? `No peer has joined yet. Drawn pale: ${EXAMPLE_SIZE} peers, one copy from the hub, passed on.`
      : `${count(nodes.length, "peer", "peers")}, ${count(links.length, "link", "links")}; peers send each other ${flow(rates.peers)}, the hub adds ${flow(rates.leases)}.`;
  return { graph: { nodes, edges }, words };
}

function linksOf({ links }: Overview, choice: Choice): LinkItem[] {
  if (choice !== null) return links.filter((link) => link.content === choice.content);
  const pairs = new Map<string, LinkItem>();
  for (const link of links) {
    const key = `${link.a} ${link.b}`;
    const before = pairs.get(key)?.bytesPerSecond ?? null;
    const both = link.bytesPerSecond === null && before === null ? null : (link.bytesPerSecond ?? 0) + (before ?? 0);
    pairs.set(key, { ...link, bytesPerSecond: both });
  }
  return [...pairs.values()];
}

/** Those who are known, and as many more as the hub counts without naming them. */
function nodesOf(overview: Overview, choice: Choice, links: readonly LinkItem[]): GraphNode[] {
  const members = new Map(overview.peers.map(({ peer, member }) => [peer, member]));
  const ends = new Set(links.flatMap(({ a, b }) => [a, b]));
  const known = choice === null ? new Set([...members.keys(), ...ends]) : ends;
  const nodes = [...known].map((id): GraphNode => {
    return { id, label: labelOf(id, members), kind: "peer" };
  });
  const all = choice === null ? overview.mesh.peers : choice.peersHolding;
  for (let number = nodes.length; number < all; number++) {
    nodes.push({ id: `unnamed-${number}`, label: "a peer", kind: "peer" });
  }
  return nodes;
}

/** The member where that says which peer it is. */
function labelOf(peer: string, members: ReadonlyMap<string, string>): string {
  const member = members.get(peer);
  if (member === undefined) return shortPeer(peer);
  const peers = [...members.values()].filter((each) => each === member).length;
  return peers === 1 ? member : `${member} ${shortPeer(peer)}`;
}

function flow(rate: number): string {
  return rate > 0 ? `${formatRate(rate)} now` : "nothing now";
}
