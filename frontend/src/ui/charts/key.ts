import { el } from "../dom";
import { looksOf, showsSymbols } from "./looks";
import type { Look } from "./looks";
import type { ChartSeries, ChartSpec } from "./spec";

const SVG = "http://www.w3.org/2000/svg";
/** Across the ground of an area. */
const STRIPES = "M2 12l6-6M8 12l6-6M14 12l6-6M20 12l6-6";
/** Outlines in a box of 28 by 12. */
const OUTLINES: Record<Look["symbol"], string> = {
  circle: "M14 3a3 3 0 1 0 .01 0z",
  diamond: "M14 2l4 4-4 4-4-4z",
  triangle: "M14 2l4 7h-8z",
  rect: "M11 3h6v6h-6z",
  none: "",
};

/** The key of a chart: a sample of each line with its symbol, and its name. */
export function keyOf(spec: ChartSpec): HTMLElement[] {
  const looks = looksOf(spec);
  return spec.series.map((series, place) => {
    const item = el("li", {});
    const look = looks[place];
    if (look !== undefined) item.append(sample(series, look));
    item.append(series.name);
    return item;
  });
}

function sample(series: ChartSeries, look: Look): SVGElement {
  const svg = made("svg", { class: `sample ink-${look.ink}`, viewBox: "0 0 28 12", "aria-hidden": "true" });
  if (series.shape === "area") svg.append(made("path", { d: "M0 6h28v6h-28z", fill: "currentColor", opacity: "0.55" }));
  if (series.shape === "area" && look.striped) svg.append(made("path", { d: STRIPES, class: "sample-stripes" }));
  if (series.shape !== "points") {
    const stroke = { stroke: "currentColor", "stroke-width": "2", "stroke-dasharray": look.dash.join(" ") };
    svg.append(made("path", { d: "M0 6h28", fill: "none", ...stroke }));
  }
  if (showsSymbols(series, look)) svg.append(made("path", { d: OUTLINES[look.symbol], fill: "currentColor" }));
  return svg;
}

function made(name: string, attributes: Record<string, string>): SVGElement {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}
