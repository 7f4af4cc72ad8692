import { el, setAttribute, setText } from "./dom";
import { formatBytes, formatExactBytes } from "./format";

/** A peer is shown by the first characters of its id; the hub tells nobody another's account. */
const SHOWN_OF_PEER_ID = 6;

/** `3fa9c1`, of a peer id. */
export function shortPeer(peer: string): string {
  return peer.slice(0, SHOWN_OF_PEER_ID);
}

/** Writes an amount of bytes, the exact count on hover. */
export function showBytes(place: Element, bytes: number): void {
  setText(place, formatBytes(bytes));
  setAttribute(place, "title", formatExactBytes(bytes));
}

/** ` (1.2 MiB relayed)`, of bytes from peers; nothing when none came over a relay. */
export function relayedWords(bytes: number): string {
  return bytes === 0 ? "" : ` (${formatBytes(bytes)} relayed)`;
}

/** A link to the page of a file. */
export function resourceLink(file: { resource: string; name: string }): HTMLAnchorElement {
  return el("a", { class: "text-break", href: `/resources/${encodeURIComponent(file.resource)}`, text: file.name });
}
