import type { Graph } from "./graph";
import { along, dotsOf, layoutOf } from "./layout";
import type { Curve, Dot, Layout } from "./layout";

/** Names are written beside at most this many. */
const MOST_NAMED = 14;
const LONGEST_NAME = 14;
/** In pixels. */
const MARGIN = 14;
const MARGIN_NAMED = 26;
const HUB_SIZE = 26;
const DOT = 2.5;
/** More would say no more. */
const MOST_DOTS = 240;
/** Of a way that nothing takes. */
const RESTING = 0.35;
/** Of what is only an example. */
const PALE = 0.45;
/** How much of its way a dot goes in a second. */
const SPEED = 0.6;

/** The page's colours, as they are now. */
interface Inks {
  hub: string;
  onHub: string;
  peer: string;
  text: string;
  muted: string;
  font: string;
}

/** Draws a graph: what stands on one canvas, what moves on another above it, so that a frame costs little. */
export class Painter {
  readonly #still: CanvasRenderingContext2D;
  readonly #moving: CanvasRenderingContext2D;
  #dots: Dot[] = [];
  #inks: Inks | null = null;

  constructor(still: HTMLCanvasElement, moving: HTMLCanvasElement) {
    this.#still = contextOf(still);
    this.#moving = contextOf(moving);
  }

  /** Draws what stands, anew; an example pale and without names. */
  draw(graph: Graph, isExample: boolean): void {
    const inks = inksOf(this.#still.canvas);
    const { clientWidth: width, clientHeight: height } = this.#still.canvas;
    fit(this.#still);
    fit(this.#moving);
    const named = !isExample && graph.nodes.length <= MOST_NAMED;
    const layout = layoutOf(graph, width, height, named ? MARGIN_NAMED : MARGIN);
    this.#inks = inks;
    this.#dots = dotsOf(layout.curves, MOST_DOTS);
    for (const curve of layout.curves) drawCurve(this.#still, curve, inks, isExample);
    if (isExample) drawOutlines(this.#still, graph, layout, inks);
    else drawNodes(this.#still, graph, layout, inks, named);
    drawHub(this.#still, layout, inks);
  }

  /** Whether anything moves. */
  get moves(): boolean {
    return this.#dots.length > 0;
  }

  /** Draws what moves, `seconds` after some moment that stays the same. */
  frame(seconds: number): void {
    const pen = this.#moving;
    this.clear();
    for (const by of ["hub", "peer"] as const) {
      pen.fillStyle = this.#inks?.[by] ?? "";
      pen.beginPath();
      for (const { curve, offset } of this.#dots) {
        if (curve.by !== by) continue;
        const { x, y } = along(curve, (offset + seconds * SPEED) % 1);
        if (by === "hub") pen.rect(x - DOT, y - DOT, 2 * DOT, 2 * DOT);
        else {
          pen.moveTo(x + DOT, y);
          pen.arc(x, y, DOT, 0, 2 * Math.PI);
        }
      }
      pen.fill();
    }
  }

  /** Takes away what moves. */
  clear(): void {
    const { clientWidth, clientHeight } = this.#moving.canvas;
    this.#moving.clearRect(0, 0, clientWidth, clientHeight);
  }
}

function drawCurve(pen: CanvasRenderingContext2D, curve: Curve, inks: Inks, isExample: boolean): void {
  const { start, bend, end, by, width, bytesPerSecond } = curve;
  pen.strokeStyle = bytesPerSecond > 0 || isExample ? inks[by] : inks.muted;
  pen.globalAlpha = bytesPerSecond > 0 ? 0.6 : isExample ? PALE : RESTING;
  pen.lineWidth = width;
  pen.setLineDash(by === "peer" ? [6, 3] : []);
  pen.beginPath();
  pen.moveTo(start.x, start.y);
  pen.quadraticCurveTo(bend.x, bend.y, end.x, end.y);
  pen.stroke();
  pen.globalAlpha = 1;
  pen.setLineDash([]);
}

function drawNodes(pen: CanvasRenderingContext2D, graph: Graph, layout: Layout, inks: Inks, named: boolean): void {
  const size = named ? 6 : 3;
  pen.font = `11px ${inks.font}`;
  pen.textAlign = "center";
  for (const node of graph.nodes) {
    const place = layout.nodes.get(node.id);
    if (place === undefined) continue;
    pen.fillStyle = node.kind === "peer" ? inks.peer : inks.muted;
    pen.beginPath();
    pen.arc(place.x, place.y, size, 0, 2 * Math.PI);
    pen.fill();
    if (!named) continue;
    pen.fillStyle = inks.text;
    const above = place.y < layout.hub.y;
    const half = pen.measureText(short(node.label)).width / 2;
    const x = Math.min(Math.max(place.x, half + 2), 2 * layout.hub.x - half - 2);
    pen.fillText(short(node.label), x, above ? place.y - size - 4 : place.y + size + 12);
  }
}

/** Nobody is there: rings where somebody would be. */
function drawOutlines(pen: CanvasRenderingContext2D, graph: Graph, layout: Layout, inks: Inks): void {
  pen.globalAlpha = PALE;
  pen.lineWidth = 1.5;
  for (const node of graph.nodes) {
    const place = layout.nodes.get(node.id);
    if (place === undefined) continue;
    pen.strokeStyle = node.kind === "peer" ? inks.peer : inks.muted;
    pen.beginPath();
    pen.arc(place.x, place.y, 6, 0, 2 * Math.PI);
    pen.stroke();
  }
  pen.globalAlpha = 1;
}

function drawHub(pen: CanvasRenderingContext2D, { hub }: Layout, inks: Inks): void {
  pen.fillStyle = inks.hub;
  pen.fillRect(hub.x - HUB_SIZE / 2, hub.y - HUB_SIZE / 2, HUB_SIZE, HUB_SIZE);
  pen.fillStyle = inks.onHub;
  pen.font = `600 11px ${inks.font}`;
  pen.textAlign = "center";
  pen.fillText("Hub", hub.x, hub.y + 4);
}

function short(label: string): string {
  return label.length <= LONGEST_NAME ? label : `${label.slice(0, LONGEST_NAME - 1)}…`;
}

/** As many dots as the screen has, and nothing on it. */
function fit(pen: CanvasRenderingContext2D): void {
  const { canvas } = pen;
  canvas.width = Math.round(canvas.clientWidth * devicePixelRatio);
  canvas.height = Math.round(canvas.clientHeight * devicePixelRatio);
  pen.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
}

function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("This browser draws nothing");
  return context;
}

function inksOf(element: Element): Inks {
  const own = getComputedStyle(element);
  const token = (name: string): string => own.getPropertyValue(name).trim();
  return {
    hub: token("--hub"),
    onHub: token("--on-hub"),
    peer: token("--peer"),
    text: own.color,
    muted: token("--tblr-secondary-color"),
    font: own.fontFamily,
  };
}
