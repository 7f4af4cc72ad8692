import { STANDING, type View } from "../../simulator/view";

/** Which of the two pictures. */
export type Side = "star" | "mesh";

/** Part of a picture's shorter side that is left free around it. */
const MARGIN = 0.04;

/** Part of the disc's area in the middle that is the hub's own. */
const HUB_AREA = 0.05;

/** The angle from one peer to the next that fills a disc evenly, in radians (Vogel 1979). */
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));

/** Radius of a peer in pixels, least and most. */
const LEAST_DOT = 1.1;
const MOST_DOT = 10;

/** Radius in pixels below which there is nothing to see. */
const LEAST_DRAWN = 0.25;

/** Receivers up to which the star's rays are drawn: more are a blot. */
const MOST_RAYS = 400;

interface Place {
  x: number;
  y: number;
}

interface Colours {
  hub: string;
  peer: string;
  empty: string;
  danger: string;
}

/** Draws one model on a canvas: each peer is a disc that fills, by area, with what it has, indigo from the hub and emerald from peers. */
export class RacePicture {
  readonly #canvas: HTMLCanvasElement;
  readonly #side: Side;

  constructor(canvas: HTMLCanvasElement, side: Side) {
    this.#canvas = canvas;
    this.#side = side;
  }

  draw(view: View): void {
    const canvas = this.#canvas;
    const ratio = devicePixelRatio;
    const size = Math.max(1, Math.round(canvas.clientWidth * ratio));
    if (canvas.width !== size) canvas.width = canvas.height = size;
    const brush = canvas.getContext("2d");
    if (brush === null) return;
    brush.clearRect(0, 0, size, size);
    const colours = coloursOf(canvas);
    const count = view.standing.length;
    const places = placesOf(count, size);
    const radius = Math.min(
      MOST_DOT * ratio,
      Math.max(LEAST_DOT * ratio, (0.7 * size * (0.5 - MARGIN)) / Math.sqrt(count)),
    );
    if (this.#side === "mesh") drawLinks(brush, view, places, colours.peer, ratio);
    else drawRays(brush, view, places, colours.hub, size);
    this.#drawPeers(brush, view, places, radius, colours);
    drawHub(brush, view, size, colours);
  }

  #drawPeers(
    brush: CanvasRenderingContext2D,
    view: View,
    places: readonly Place[],
    radius: number,
    colours: Colours,
  ): void {
    const full = (): number => 1;
    const isThere = (number: number): boolean => view.standing[number] !== STANDING.gone;
    const isLying = (number: number): boolean => view.standing[number] === STANDING.lying;
    discs(brush, places, colours.empty, radius, (number) => (isThere(number) ? full() : 0));
    const both = (number: number): number => (view.fromHub[number] ?? 0) + (view.fromPeers[number] ?? 0);
    const inner = this.#side === "star" ? view.star : view.fromHub;
    if (this.#side === "mesh")
      discs(brush, places, colours.peer, radius, (number) => (isThere(number) ? both(number) : 0));
    discs(brush, places, colours.hub, radius, (number) => (isThere(number) ? (inner[number] ?? 0) : 0));
    if (this.#side === "mesh") rings(brush, places, colours.danger, radius, isLying);
    rings(brush, places, colours.empty, radius / 2, (number) => !isThere(number));
  }
}

/** Discs of a colour, each filled by itself: one path of thousands takes a software renderer many times as long. `part`: of the disc's area. */
function discs(
  brush: CanvasRenderingContext2D,
  places: readonly Place[],
  colour: string,
  radius: number,
  part: (number: number) => number,
): void {
  brush.fillStyle = colour;
  places.forEach(({ x, y }, number) => {
    const size = radius * Math.sqrt(Math.min(1, part(number)));
    if (size < LEAST_DRAWN) return;
    brush.beginPath();
    brush.arc(x, y, size, 0, 2 * Math.PI);
    brush.fill();
  });
}

function rings(
  brush: CanvasRenderingContext2D,
  places: readonly Place[],
  colour: string,
  radius: number,
  isIn: (number: number) => boolean,
): void {
  brush.strokeStyle = colour;
  brush.lineWidth = Math.max(1, radius / 3);
  brush.beginPath();
  places.forEach(({ x, y }, number) => {
    if (!isIn(number)) return;
    brush.moveTo(x + radius, y);
    brush.arc(x, y, radius, 0, 2 * Math.PI);
  });
  brush.stroke();
}

function drawLinks(
  brush: CanvasRenderingContext2D,
  { links }: View,
  places: readonly Place[],
  colour: string,
  ratio: number,
): void {
  brush.strokeStyle = colour;
  brush.globalAlpha = 0.35;
  brush.lineWidth = 0.75 * ratio;
  brush.beginPath();
  for (let at = 0; at + 1 < links.length; at += 2) {
    const [one, other] = [places[links[at] ?? 0], places[links[at + 1] ?? 0]];
    if (one === undefined || other === undefined) continue;
    brush.moveTo(one.x, one.y);
    brush.lineTo(other.x, other.y);
  }
  brush.stroke();
  brush.globalAlpha = 1;
}

function drawRays(
  brush: CanvasRenderingContext2D,
  view: View,
  places: readonly Place[],
  colour: string,
  size: number,
): void {
  if (!view.hubAlive || places.length > MOST_RAYS) return;
  brush.strokeStyle = colour;
  brush.globalAlpha = 0.25;
  brush.lineWidth = 1;
  brush.beginPath();
  places.forEach(({ x, y }, number) => {
    if (view.standing[number] === STANDING.gone || view.star[number] === 1) return;
    brush.moveTo(size / 2, size / 2);
    brush.lineTo(x, y);
  });
  brush.stroke();
  brush.globalAlpha = 1;
}

/** The hub in the middle: a full square, or a hollow one when it is dead. */
function drawHub(brush: CanvasRenderingContext2D, { hubAlive }: View, size: number, colours: Colours): void {
  const side = size * 0.06;
  const at = (size - side) / 2;
  brush.fillStyle = brush.strokeStyle = hubAlive ? colours.hub : colours.danger;
  brush.lineWidth = side / 8;
  if (hubAlive) brush.fillRect(at, at, side, side);
  else brush.strokeRect(at, at, side, side);
}

/** Places that fill a disc evenly, the middle left free. */
function placesOf(count: number, size: number): Place[] {
  const reach = size * (0.5 - MARGIN);
  return Array.from({ length: count }, (_, number) => {
    const distance = reach * Math.sqrt(HUB_AREA + (1 - HUB_AREA) * ((number + 0.5) / count));
    const angle = number * GOLDEN_ANGLE;
    return { x: size / 2 + distance * Math.cos(angle), y: size / 2 + distance * Math.sin(angle) };
  });
}

function coloursOf(element: Element): Colours {
  const style = getComputedStyle(element);
  const read = (name: string): string => style.getPropertyValue(name).trim();
  return {
    hub: read("--hub"),
    peer: read("--peer"),
    empty: read("--tblr-border-color"),
    danger: read("--tblr-danger"),
  };
}
