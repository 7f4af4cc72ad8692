import { describe, expect, it } from "vitest";
import { folded, HUB } from "../../../src/ui/topology/graph";
import type { Graph } from "../../../src/ui/topology/graph";
import { along, dotsOf, layoutOf } from "../../../src/ui/topology/layout";

function ring(peers: number, bytesPerSecond: number): Graph {
  const id = (number: number): string => `p${number % peers}`;
  return {
    nodes: Array.from({ length: peers }, (_, number) => ({ id: id(number), label: id(number), kind: "peer" as const })),
    edges: Array.from({ length: peers }, (_, number) => ({
      from: id(number),
      to: id(number + 1),
      by: "peer" as const,
      bytesPerSecond,
    })),
  };
}

describe("a graph", () => {
  it("is folded when it is too large: nobody is lost, and flows are added up", () => {
    const whole = ring(1000, 1);
    const spoke = { from: HUB, to: "p1", by: "hub" as const, bytesPerSecond: 7 };
    const graph = folded({ ...whole, edges: [...whole.edges, spoke] }, 200);
    expect(graph.nodes).toHaveLength(200);
    expect(graph.nodes[0]?.label).toBe("5 peers");
    expect(graph.edges).toHaveLength(201);
    expect(graph.edges.find((edge) => edge.by === "hub")).toMatchObject({
      from: HUB,
      to: "group-0",
      bytesPerSecond: 7,
    });
    expect(folded(ring(200, 1), 200)).toEqual(ring(200, 1));
  });

  it("has the hub in the middle and everybody inside the window", () => {
    const { hub, nodes } = layoutOf(ring(50, 0), 300, 200, 20);
    expect(hub).toEqual({ x: 150, y: 100 });
    for (const { x, y } of nodes.values()) {
      expect(x).toBeGreaterThanOrEqual(20);
      expect(x).toBeLessThanOrEqual(280);
      expect(y).toBeGreaterThanOrEqual(20);
      expect(y).toBeLessThanOrEqual(180);
    }
  });

  it("has edges the thicker the more flows, and none to where nobody is", () => {
    const edges = [
      { from: "p0", to: "p1", by: "peer" as const, bytesPerSecond: 0 },
      { from: "p1", to: "p2", by: "peer" as const, bytesPerSecond: 9 },
      { from: HUB, to: "p3", by: "hub" as const, bytesPerSecond: 16 },
      { from: "p1", to: "gone", by: "peer" as const, bytesPerSecond: 0 },
    ];
    const { curves } = layoutOf({ ...ring(4, 0), edges }, 300, 200, 20);
    expect(curves.map((curve) => curve.width.toFixed(2))).toEqual(["0.75", "4.35", "5.55"]);
    const spoke = curves[2];
    if (spoke === undefined) throw new Error("no spoke");
    expect(along(spoke, 0)).toEqual(spoke.start);
    expect(along(spoke, 1)).toEqual(spoke.end);
  });

  it("moves where something flows, with a bounded number of dots", () => {
    expect(dotsOf(layoutOf(ring(4, 0), 300, 200, 20).curves, 240)).toEqual([]);
    const many = dotsOf(layoutOf(ring(600, 5), 300, 200, 20).curves, 240);
    expect(many).toHaveLength(240);
    expect(many.every(({ offset }) => offset >= 0 && offset < 1)).toBe(true);
  });
});
