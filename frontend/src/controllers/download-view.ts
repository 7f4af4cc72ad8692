import type { HeldView, MeshView, PauseReason, SourceView, TransferView } from "../mesh/ports";
import { el, partsOf, setText, showProblem } from "../ui/dom";
import { formatBytes, formatDuration, formatRate, formatShare } from "../ui/format";
import { keyed } from "../ui/keyed";
import { shortPeer, showBytes } from "../ui/pieces";
import { problemWords } from "../ui/problem-words";
import { bytesThere, drawTwoBar, twoBar } from "../ui/two-bar";
import type { Saving } from "./saver";
import { stateWords } from "./transfer-words";

const PAUSED_WORDS: Record<PauseReason, string> = {
  battery: "Paused: on battery",
  metered: "Paused: metered network",
};

const TARGET = "data-download-target";

/** `of 57.0 MiB · 3.1 MiB/s · 12 s left`, as far as it is known. */
export function transferFigures(transfer: TransferView): string {
  if (!isMeasured(transfer)) return "";
  const done = bytesThere(transfer);
  const parts = [`${formatBytes(done)} of ${formatBytes(transfer.size)}`];
  if (transfer.size > 0) parts.push(formatShare(done / transfer.size));
  if (transfer.state === "running") {
    parts.push(formatRate(transfer.bytesPerSecond));
    if (transfer.secondsLeft !== undefined) parts.push(`${formatDuration(transfer.secondsLeft)} left`);
  }
  return parts.join(" · ");
}

/** What a person is told that the transfer does. */
export function transferState(transfer: TransferView, paused?: PauseReason): string {
  if (transfer.state === "running" && paused !== undefined) return PAUSED_WORDS[paused];
  return transfer.state === "running" && !isMeasured(transfer) ? "Starting…" : stateWords(transfer.state);
}

/** False until the manifest has told how much there is to fetch. */
function isMeasured({ size, state }: TransferView): boolean {
  return size > 0 || (state !== "running" && state !== "paused");
}

/** Shows the newest transfer of the file inside the download card. */
export function drawTransfer(card: HTMLElement, transfer: TransferView | undefined, paused?: PauseReason): void {
  const part = partsOf(card, TARGET);
  const place = part("transfer");
  place.hidden = transfer === undefined;
  if (transfer === undefined) return;
  const { state } = transfer;
  setText(part("state"), state === "completed" ? "Complete, every chunk verified" : transferState(transfer, paused));
  setText(part("figures"), transferFigures(transfer));
  const barPlace = part("bar");
  const bar = barPlace.firstElementChild ?? barPlace.appendChild(twoBar(`Download of ${transfer.name}`));
  if (bar instanceof HTMLElement) drawTwoBar(bar, transfer);
  drawHeld(card, transfer);
  showBytes(part("fromHub"), transfer.fromHub);
  showBytes(part("fromPeers"), transfer.fromPeers);
  setText(part("wasted"), transfer.wasted === 0 ? "" : `${formatBytes(transfer.wasted)} discarded`);
  part("pause").hidden = state !== "running";
  part("resume").hidden = state !== "paused";
  part("cancel").hidden = state !== "running" && state !== "paused";
  if (state === "failed") {
    showProblem(part("problem"), problemWords(transfer.problem ?? "unexpected"));
  }
  drawSources(card, transfer.sources, state === "running");
}

/** Names what was there before, only where there was something. */
function drawHeld(card: HTMLElement, { held = 0 }: { held?: number }): void {
  const part = partsOf(card, TARGET);
  part("heldKey").hidden = held === 0;
  showBytes(part("held"), held);
}

/** Says how far the file is on its way to the person's disk. */
export function drawSaving(card: HTMLElement, saving: Saving | null): void {
  const part = partsOf(card, TARGET);
  part("saving").hidden = saving === null;
  if (saving === null) return;
  const { written, size } = saving;
  const figures = written === null ? "" : `${formatBytes(written)} of ${formatBytes(size)}`;
  setText(part("savingWords"), written === null ? "Checking every chunk before it is saved…" : `Saving: ${figures}`);
}

/** Says that this browser keeps the file for others, or nothing. */
export function drawKept(card: HTMLElement, held: HeldView | undefined, view: MeshView): void {
  const part = partsOf(card, TARGET);
  part("kept").hidden = held === undefined;
  part("save").hidden = held === undefined || view.status === "off";
  if (held === undefined) part("here").hidden = true;
  if (held === undefined) return;
  const pin = part("pin");
  if (pin instanceof HTMLInputElement) {
    pin.checked = held.pinned;
    pin.disabled = held.refused !== undefined;
  }
  setText(part("keptWords"), keptWords(held, view));
}

function keptWords({ refused, served }: HeldView, { status, storage }: MeshView): string {
  if (status === "off") return "This browser keeps the file. Join the mesh to make it available to others.";
  if (refused !== undefined) return `This browser still has the file, and gives it to nobody. ${problemWords(refused)}`;
  const given = served === 0 ? "" : ` ${formatBytes(served)} given so far.`;
  const until = storage === "this-visit" ? ", only until this tab closes" : "";
  return `This browser keeps the file available for others${until}.${given}`;
}

/** `Peer 3fa9c1`, or `Hub`. */
export function sourceName(source: Pick<SourceView, "kind" | "id">): string {
  return source.kind === "hub" ? "Hub" : `Peer ${shortPeer(source.id)}`;
}

function drawSources(card: HTMLElement, sources: readonly SourceView[], running: boolean): void {
  const part = partsOf(card, TARGET);
  part("sources").hidden = sources.length === 0;
  keyed(
    part("sourceRows"),
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
      if (bytes !== undefined) showBytes(bytes, source.bytes);
      if (rate !== undefined)
        setText(rate, running && source.bytesPerSecond > 0 ? formatRate(source.bytesPerSecond) : "–");
    },
  );
}
