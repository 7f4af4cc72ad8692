import { el, setAttribute } from "./dom";
import { formatBytes, formatShare } from "./format";

/** Bytes behind a bar; `size` is the whole that the bar's length stands for. */
export interface TwoBarBytes {
  fromHub: number;
  fromPeers: number;
  size: number;
  /** What was there before; no part of the two above. */
  held?: number;
}

/** All bytes that are there, whatever way they came. */
export function bytesThere(bytes: Omit<TwoBarBytes, "size">): number {
  return (bytes.held ?? 0) + bytes.fromHub + bytes.fromPeers;
}

/** A bar in the two colours: plain indigo for the hub, striped emerald for peers; grey before them for what was there already. Its words say the same. */
export function twoBar(label: string, role: "progressbar" | "img" = "progressbar"): HTMLElement {
  const bar = el("div", { class: "two-bar", role, "aria-label": label });
  if (role === "progressbar") {
    bar.setAttribute("aria-valuemin", "0");
    bar.setAttribute("aria-valuemax", "100");
  }
  for (const source of ["held", "hub", "peer"]) bar.append(el("span", { class: `two-bar-${source}` }));
  return bar;
}

/** Draws the bytes into a bar that {@link twoBar} made. An empty file is whole from the start. */
export function drawTwoBar(bar: HTMLElement, bytes: TwoBarBytes): void {
  const held = bytes.held ?? 0;
  const parts = [held, bytes.fromHub, bytes.fromPeers];
  [...bar.children].forEach((element, place) => {
    const width = share(parts[place] ?? 0, bytes.size);
    if (element instanceof HTMLElement) element.style.width = `${(width * 100).toFixed(2)}%`;
  });
  const before = held > 0 ? `${formatBytes(held)} there before, ` : "";
  const words = `${before}${formatBytes(bytes.fromHub)} from the hub, ${formatBytes(bytes.fromPeers)} from peers`;
  if (bar.getAttribute("role") === "progressbar") {
    const done = bytes.size === 0 ? 1 : Math.min(1, bytesThere(bytes) / bytes.size);
    setAttribute(bar, "aria-valuenow", String(Math.floor(done * 100)));
    setAttribute(bar, "aria-valuetext", `${formatShare(done)}: ${words}`);
  } else {
    setAttribute(bar, "aria-label", words);
  }
}

function share(part: number, whole: number): number {
  return whole <= 0 ? 0 : Math.max(0, part / whole);
}
