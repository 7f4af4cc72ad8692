import { HUB } from "./graph";
import type { Graph, GraphEdge } from "./graph";

/** A place in pixels. */
export interface Place {
  x: number;
  y: number;
}

/** An edge as it is drawn: a curve through one bend. */
export interface Curve extends GraphEdge {
  start: Place;
  bend: Place;
  end: Place;
  /** In pixels. */
  width: number;
}

/** Where everything is. */
export interface Layout {
  hub: Place;
  nodes: Map<string, Place>;
  curves: Curve[];
}

/** In pixels. */
const LEAST_WIDTH = 0.75;
const MOST_MORE_WIDTH = 6;
/** How far a curve between two peers bends towards the middle: 0 is a straight line, 1 goes through the middle. */
const BEND = 0.45;

/** The hub in the middle, everybody else in a circle around it; edges as thick as the root of their part of all that flows, so that small ones are seen too. */
export function layoutOf(graph: Graph, width: number, height: number, margin: number): Layout {
  const hub = { x: width / 2, y: height / 2 };
  const radius = { x: Math.max(10, width / 2 - margin), y: Math.max(10, height / 2 - margin) };
  const nodes = new Map<string, Place>([[HUB, hub]]);
  graph.nodes.forEach((node, index) => {
    const angle = (2 * Math.PI * index) / graph.nodes.length - Math.PI / 2;
    nodes.set(node.id, { x: hub.x + radius.x * Math.cos(angle), y: hub.y + radius.y * Math.sin(angle) });
  });
  const all = graph.edges.reduce((sum, edge) => sum + Math.max(0, edge.bytesPerSecond), 0);
  const curves = graph.edges.flatMap((edge): Curve[] => {
    const start = nodes.get(edge.from);
    const end = nodes.get(edge.to);
    if (start === undefined || end === undefined) return [];
    const pull = edge.from === HUB || edge.to === HUB ? 0 : BEND;
    const bend = {
      x: ((start.x + end.x) / 2) * (1 - pull) + hub.x * pull,
      y: ((start.y + end.y) / 2) * (1 - pull) + hub.y * pull,
    };
    const more = all === 0 ? 0 : Math.sqrt(Math.max(0, edge.bytesPerSecond) / all);
    return [{ ...edge, start, bend, end, width: LEAST_WIDTH + MOST_MORE_WIDTH * more }];
  });
  return { hub, nodes, curves };
}

/** A place on a curve; `part` 0 is its start, 1 its end. */
export function along({ start, bend, end }: Curve, part: number): Place {
  const rest = 1 - part;
  const mix = (from: number, middle: number, to: number): number =>
    rest * rest * from + 2 * rest * part * middle + part * part * to;
  return { x: mix(start.x, bend.x, end.x), y: mix(start.y, bend.y, end.y) };
}

/** A piece of what is on its way. */
export interface Dot {
  curve: Curve;
  /** Where it starts on its curve, 0 to 1. */
  offset: number;
}

/** What moves: more on the thicker edges, evenly spread on each, and no more than `most` in all. */
export function dotsOf(curves: readonly Curve[], most: number): Dot[] {
  const moving = curves
    .filter((curve) => curve.bytesPerSecond > 0)
    .toSorted((one, other) => other.bytesPerSecond - one.bytesPerSecond)
    .slice(0, most);
  if (moving.length === 0) return [];
  const each = Math.max(1, Math.floor(most / moving.length));
  return moving.flatMap((curve, place) => {
    const wanted = Math.min(each, Math.ceil(curve.width));
    return Array.from({ length: wanted }, (_, index) => ({ curve, offset: (index / wanted + place * 0.381966) % 1 }));
  });
}
