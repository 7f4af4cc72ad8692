import { el, setAttribute } from "./dom";
import { formatBytes, formatShare } from "./format";

/** Bytes behind a bar; `size` is the whole that the bar's length stands for. */
export interface TwoBarBytes {
  fromHub: number;
  fromPeers: number;
  size: number;
}

/** A bar in the two colours: plain indigo for the hub, striped emerald for peers. Its words say the same. */
export function twoBar(label: string, role: "progressbar" | "img" = "progressbar"): HTMLElement {
  const bar = el("div", { class: "two-bar", role, "aria-label": label });
  if (role === "progressbar") {
    bar.setAttribute("aria-valuemin", "0");
    bar.setAttribute("aria-valuemax", "100");
  }
  bar.append(el("span", { class: "two-bar-hub" }), el("span", { class: "two-bar-peer" }));
  return bar;
}

/** Draws the bytes into a bar that {@link twoBar} made. An empty file is whole from the start. */
export function drawTwoBar(bar: HTMLElement, bytes: TwoBarBytes): void {
  const hub = share(bytes.fromHub, bytes.size);
  const peers = share(bytes.fromPeers, bytes.size);
  const [hubPart, peerPart] = bar.children;
  if (hubPart instanceof HTMLElement) hubPart.style.width = `${(hub * 100).toFixed(2)}%`;
  if (peerPart instanceof HTMLElement) peerPart.style.width = `${(peers * 100).toFixed(2)}%`;
  const words = `${formatBytes(bytes.fromHub)} from the hub, ${formatBytes(bytes.fromPeers)} from peers`;
  if (bar.getAttribute("role") === "progressbar") {
    const done = bytes.size === 0 ? 1 : Math.min(1, hub + peers);
    setAttribute(bar, "aria-valuenow", String(Math.floor(done * 100)));
    setAttribute(bar, "aria-valuetext", `${formatShare(done)}: ${words}`);
  } else {
    setAttribute(bar, "aria-label", words);
  }
}

function share(part: number, whole: number): number {
  return whole <= 0 ? 0 : Math.max(0, part / whole);
}
