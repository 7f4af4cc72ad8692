import type { PeerItem, ResourceDelivery, TransferItem } from "../api/overview";
import { el, partsOf, setAttribute, setText } from "../ui/dom";
import { count, formatBytes, formatExact, formatRate, formatRelative } from "../ui/format";
import { relayedWords, resourceLink, shortPeer } from "../ui/pieces";
import { drawTwoBar, twoBar } from "../ui/two-bar";
import { lasting, stateWords } from "./transfer-words";

const MODEL_WORDS: Partial<Record<string, string>> = {
  hub: "From the hub",
  peers: "From peers",
  automatic: "Automatic",
};

/** The most bytes that one model delivered of one resource: every bar is drawn to this length, so that they compare. */
export function scaleOf(resources: readonly ResourceDelivery[]): number {
  return Math.max(1, ...resources.flatMap((item) => [item.hubBytes, item.meshFromHub + item.meshFromPeers]));
}

export function resourceRow(item: ResourceDelivery): HTMLTableRowElement {
  const model = (name: string): HTMLElement =>
    el("div", { class: "model", "data-part": name }, twoBar("", "img"), el("div", { class: "model-words" }));
  return el(
    "tr",
    {},
    el(
      "th",
      { scope: "row", "data-label": "Resource" },
      resourceLink(item),
      el("div", { class: "text-secondary small", "data-part": "facts" }),
    ),
    el("td", { class: "wide", "data-label": "Client-server: from the hub" }, model("hub")),
    el("td", { class: "wide", "data-label": "Peer-to-peer: in the mesh" }, model("mesh"), doubt()),
  );
}

export function drawResourceRow(row: HTMLTableRowElement, item: ResourceDelivery, scale: number): void {
  const part = partsOf(row);
  const copies = `on the hub and on ${item.peersHolding === 0 ? "no peer" : count(item.peersHolding, "peer", "peers")}`;
  setText(part("facts"), `${formatBytes(item.size)}, ${copies}`);
  drawModel(
    part("hub"),
    item.hubBytes,
    0,
    scale,
    `${formatBytes(item.hubBytes)} · ${count(item.hubDownloads, "download", "downloads")}`,
  );
  const mesh = `${formatBytes(item.meshFromHub)} hub + ${formatBytes(item.meshFromPeers)} peers${relayedWords(item.meshRelayed)} · ${count(item.meshDownloads, "download", "downloads")}`;
  drawModel(part("mesh"), item.meshFromHub, item.meshFromPeers, scale, mesh);
  drawDoubt(row, item.discrepancy);
}

export function transferRow(item: TransferItem): HTMLTableRowElement {
  return el(
    "tr",
    {},
    el("th", { scope: "row", "data-label": "Who", text: item.member }),
    el("td", { class: "text-break", "data-label": "Resource" }, resourceLink(item)),
    el("td", { class: "nowrap", "data-label": "Model", text: MODEL_WORDS[item.model] ?? item.model }),
    el(
      "td",
      { class: "col-bar wide", "data-label": "Progress" },
      twoBar(`${item.name} to ${item.member}`),
      el("div", { class: "model-words" }),
      doubt(),
    ),
    el("td", { class: "text-end nowrap", "data-label": "Rate" }),
    el("td", { "data-label": "State" }),
  );
}

export function drawTransferRow(row: HTMLTableRowElement, item: TransferItem, bytesPerSecond: number): void {
  const [, , , progress, rate, state] = row.cells;
  const bar = progress?.querySelector<HTMLElement>(".two-bar");
  if (bar) drawTwoBar(bar, item);
  const words = progress?.querySelector(".model-words");
  if (words) setText(words, transferWords(item));
  drawDoubt(row, item.discrepancy);
  if (rate !== undefined) setText(rate, bytesPerSecond > 0 ? formatRate(bytesPerSecond) : "–");
  if (state !== undefined) {
    setText(state, standing(item));
    setAttribute(state, "title", `Started ${formatExact(item.startedAt)}`);
  }
}

export function peerRow(item: PeerItem): HTMLTableRowElement {
  return el(
    "tr",
    {},
    el("th", { scope: "row", "data-label": "Member", text: item.member }),
    el("td", { "data-label": "Peer" }, el("code", { title: item.peer, text: shortPeer(item.peer) })),
    el("td", { class: "text-end", "data-label": "Swarms" }),
    el("td", { "data-label": "Joined", title: formatExact(item.joinedAt) }),
  );
}

export function drawPeerRow(row: HTMLTableRowElement, item: PeerItem): void {
  const [, , swarms, joined] = row.cells;
  if (swarms !== undefined) setText(swarms, String(item.swarms));
  if (joined !== undefined) setText(joined, formatRelative(item.joinedAt, new Date()));
}

/** Where a row says what does not add up. */
function doubt(): HTMLElement {
  const words = el("span", { "data-part": "discrepancy" });
  return el("p", { class: "discrepancy" }, el("strong", { text: "Does not add up" }), " ", words);
}

function drawDoubt(row: HTMLElement, discrepancy: string | null): void {
  const words = partsOf(row)("discrepancy");
  setText(words, discrepancy ?? "");
  if (words.parentElement !== null) words.parentElement.hidden = discrepancy === null;
}

function drawModel(place: HTMLElement, fromHub: number, fromPeers: number, scale: number, words: string): void {
  const bar = place.querySelector<HTMLElement>(".two-bar");
  const text = place.querySelector(".model-words");
  if (bar !== null) drawTwoBar(bar, { fromHub, fromPeers, size: scale });
  if (text !== null) setText(text, words);
}

function transferWords(item: TransferItem): string {
  const held = item.held > 0 ? `${formatBytes(item.held)} there before + ` : "";
  const wasted = item.wasted > 0 ? `, ${formatBytes(item.wasted)} discarded` : "";
  return `${held}${formatBytes(item.fromHub)} hub + ${formatBytes(item.fromPeers)} peers${relayedWords(item.relayed)} of ${formatBytes(item.size)}${wasted}`;
}

function standing({ state, durationMillis }: TransferItem): string {
  const words = stateWords(state);
  if (state !== "completed" || durationMillis === null) return words;
  return `${words} in ${lasting(durationMillis)}`;
}
