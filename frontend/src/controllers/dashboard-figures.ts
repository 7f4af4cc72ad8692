import type { Overview, Price, Spread } from "../api/overview";
import { count, formatBytes, formatShare } from "../ui/format";
import { relayedWords } from "../ui/pieces";
import { chosen } from "./dashboard-graphs";
import type { Choice } from "./dashboard-graphs";
import { lasting } from "./transfer-words";

/** Bytes for which a price is told. */
const GIGABYTE = 1e9;

/** What may contradict itself: the words say how. */
interface Doubtful {
  discrepancy: string | null;
}

/** The key figures of what is shown. Sizes in bytes. */
export interface KeyFigures {
  offload: string;
  egressBytes: number;
  egressNote: string;
  peerBytes: number;
  peerNote: string;
  savedBytes: number;
  savedNote: string;
  peers: number;
  peersNote: string;
  active: number;
}

/** Of everything that the hub counts, or of one resource. */
export function figuresOf(overview: Overview, choice: Choice): KeyFigures {
  const { hub, mesh, price } = overview;
  if (choice === null) {
    return {
      offload: offloadWords(overview.offload),
      egressBytes: overview.egressBytes,
      egressNote: egressNote(hub.egressBytes, hub.downloads, mesh.fromHubBytes),
      peerBytes: mesh.fromPeersBytes,
      peerNote: peerNote(mesh.relayedBytes),
      savedBytes: overview.savedBytes,
      savedNote: moneyWords(overview.savedBytes, price),
      peers: mesh.peers,
      peersNote: "in the mesh",
      active: mesh.transfers,
    };
  }
  const egressBytes = choice.hubBytes + choice.meshFromHub;
  const all = egressBytes + choice.meshFromPeers;
  const running = overview.transfers.filter((item) => chosen(choice, item) && isOpen(item.state));
  return {
    offload: offloadWords(all === 0 ? null : choice.meshFromPeers / all),
    egressBytes,
    egressNote: egressNote(choice.hubBytes, choice.hubDownloads, choice.meshFromHub),
    peerBytes: choice.meshFromPeers,
    peerNote: peerNote(choice.meshRelayed),
    savedBytes: choice.savedBytes,
    savedNote: moneyWords(choice.savedBytes, price),
    peers: choice.peersHolding,
    peersNote: choice.peersHolding === 1 ? "holds it" : "hold it",
    active: running.length,
  };
}

/** `median 2 s, 95 of 100 within 5 s (12 downloads)`; where both are the same, as of one alone, it is said once. */
export function timesWords(spread: Spread | null, none: string): string {
  if (spread === null) return none;
  const [median, most] = [lasting(spread.median), lasting(spread.p95)];
  const times = median === most ? median : `median ${median}, 95 of 100 within ${most}`;
  return `${times} (${count(spread.count, "download", "downloads")})`;
}

/** How much of what is listed does not add up; empty when all does. */
export function doubtsWords(resources: readonly Doubtful[], transfers: readonly Doubtful[]): string {
  const doubtful = (items: readonly Doubtful[]): number => items.filter((item) => item.discrepancy !== null).length;
  const [files, downloads] = [doubtful(resources), doubtful(transfers)];
  const parts = [
    ...(files > 0 ? [count(files, "resource", "resources")] : []),
    ...(downloads > 0 ? [count(downloads, "transfer", "transfers")] : []),
  ];
  if (parts.length === 0) return "";
  const verb = files + downloads === 1 ? "does" : "do";
  return `${parts.join(" and ")} ${verb} not add up, as marked below. What peers report is theirs; what the hub sent is its own count.`;
}

/** What the bytes would have cost, where there is a price. */
function moneyWords(bytes: number, price: Price | null): string {
  if (price === null) return "that the hub did not have to send";
  const cost = ((bytes / GIGABYTE) * price.perGb).toLocaleString("en", {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  });
  return `${cost} ${price.currency} of egress`;
}

function egressNote(plain: number, downloads: number, leases: number): string {
  return `${formatBytes(plain)} to clients (${count(downloads, "download", "downloads")}) + ${formatBytes(leases)} to the mesh`;
}

function peerNote(relayed: number): string {
  return `as their receivers report${relayedWords(relayed)}`;
}

function offloadWords(offload: number | null): string {
  return offload === null ? "–" : formatShare(offload);
}

function isOpen(state: string): boolean {
  return state === "running" || state === "paused";
}
