import type { HeldView, MeshStatus, SourceView, TransferView } from "../mesh/ports";
import { el, setText, showProblem } from "../ui/dom";
import { formatBytes, formatDuration, formatExactBytes, formatRate, formatShare } from "../ui/format";
import { keyed } from "../ui/keyed";
import { problemWords } from "../ui/problem-words";
import { drawTwoBar, twoBar } from "../ui/two-bar";

/** A peer is shown by the first characters of its id; the hub tells nobody another's account. */
const SHOWN_OF_PEER_ID = 6;

/** What a transfer's state is called. */
export const STATE_WORDS: Record<TransferView["state"], string> = {
  running: "Downloading",
  paused: "Paused",
  completed: "Complete",
  cancelled: "Cancelled",
  failed: "Stopped",
};

/** `of 57.0 MiB · 3.1 MiB/s · 12 s left`, as far as it is known. */
export function transferFigures(transfer: TransferView): string {
  const done = transfer.fromHub + transfer.fromPeers;
  const parts = [`${formatBytes(done)} of ${formatBytes(transfer.size)}`];
  if (transfer.size > 0) parts.push(formatShare(done / transfer.size));
  if (transfer.state === "running") {
    parts.push(formatRate(transfer.bytesPerSecond));
    if (transfer.secondsLeft !== undefined) parts.push(`${formatDuration(transfer.secondsLeft)} left`);
  }
  return parts.join(" · ");
}

/** Shows the newest transfer of the file inside the download card. */
export function drawTransfer(card: HTMLElement, transfer: TransferView | undefined, whole: boolean): void {
  const place = part(card, "transfer");
  place.hidden = transfer === undefined;
  if (transfer === undefined) return;
  const { state } = transfer;
  setText(part(card, "state"), state === "completed" ? "Complete, every chunk verified" : STATE_WORDS[state]);
  setText(part(card, "figures"), transferFigures(transfer));
  const barPlace = part(card, "bar");
  const bar = barPlace.firstElementChild ?? barPlace.appendChild(twoBar(`Download of ${transfer.name}`));
  if (bar instanceof HTMLElement) drawTwoBar(bar, transfer);
  figure(part(card, "fromHub"), transfer.fromHub);
  figure(part(card, "fromPeers"), transfer.fromPeers);
  setText(part(card, "wasted"), transfer.wasted === 0 ? "" : `${formatBytes(transfer.wasted)} discarded`);
  part(card, "pause").hidden = state !== "running";
  part(card, "resume").hidden = state !== "paused";
  part(card, "cancel").hidden = state !== "running" && state !== "paused";
  part(card, "save").hidden = state !== "completed" || !whole;
  if (state === "failed") {
    showProblem(part(card, "problem"), problemWords(transfer.problem ?? "unexpected"));
  }
  drawSources(card, transfer.sources, state === "running");
}

/** Says that this browser keeps the file for others, or nothing. */
export function drawKept(card: HTMLElement, held: HeldView | undefined, status: MeshStatus): void {
  const place = part(card, "kept");
  place.hidden = held === undefined;
  if (held === undefined) return;
  const given = held.served === 0 ? "" : ` ${formatBytes(held.served)} given so far.`;
  const words =
    status === "off"
      ? "This browser keeps the file. Join the mesh to make it available to others."
      : `This tab keeps the file available for others.${given}`;
  setText(part(card, "keptWords"), words);
}

/** `Peer 3fa9c1`, or `Hub`. */
export function sourceName(source: Pick<SourceView, "kind" | "id">): string {
  return source.kind === "hub" ? "Hub" : `Peer ${source.id.slice(0, SHOWN_OF_PEER_ID)}`;
}

function drawSources(card: HTMLElement, sources: readonly SourceView[], running: boolean): void {
  part(card, "sources").hidden = sources.length === 0;
  keyed(
    part(card, "sourceRows"),
    sources,
    (source) => `${source.kind}:${source.id}`,
    (source) =>
      el(
        "tr",
        {},
        el(
          "th",
          { scope: "row" },
          el("span", { class: `swatch swatch-${source.kind}`, "aria-hidden": "true" }),
          sourceName(source),
        ),
        el("td", { class: "text-end nowrap" }),
        el("td", { class: "text-end nowrap" }),
      ),
    (row, source) => {
      const [, bytes, rate] = row.cells;
      if (bytes !== undefined) figure(bytes, source.bytes);
      if (rate !== undefined)
        setText(rate, running && source.bytesPerSecond > 0 ? formatRate(source.bytesPerSecond) : "–");
    },
  );
}

function figure(place: HTMLElement, bytes: number): void {
  setText(place, formatBytes(bytes));
  place.title = formatExactBytes(bytes);
}

function part(card: HTMLElement, name: string): HTMLElement {
  const found = card.querySelector<HTMLElement>(`[data-download-target="${name}"]`);
  if (found === null) throw new Error(`The download card has no ${name}`);
  return found;
}
