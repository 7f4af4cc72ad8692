/** The hub's id in a graph; it always stands in the middle. */
export const HUB = "hub";

/** Somebody beside the hub. */
export interface GraphNode {
  id: string;
  /** A few words; what comes from strangers is never taken for markup. */
  label: string;
  kind: "client" | "peer";
}

/** What goes from one to the other. */
export interface GraphEdge {
  from: string;
  to: string;
  /** Who sends: the hub or a peer. */
  by: "hub" | "peer";
  /** At present; 0 is a way that nothing takes. */
  bytesPerSecond: number;
}

/** Who delivers to whom under one model, now. */
export interface Graph {
  nodes: readonly GraphNode[];
  edges: readonly GraphEdge[];
}

/** A graph with no more nodes than `most`: neighbours in the list become one, and so do the edges between the same two. */
export function folded(graph: Graph, most: number): Graph {
  const { nodes } = graph;
  if (nodes.length <= most) return graph;
  const size = Math.ceil(nodes.length / most);
  const place = new Map(nodes.map((node, index) => [node.id, `group-${Math.floor(index / size)}`]));
  const groups = Array.from({ length: Math.ceil(nodes.length / size) }, (_, index): GraphNode => {
    const count = Math.min(size, nodes.length - index * size);
    const kind = nodes[index * size]?.kind ?? "peer";
    return { id: `group-${index}`, label: `${count} ${kind === "peer" ? "peers" : "clients"}`, kind };
  });
  const edges = new Map<string, GraphEdge>();
  for (const edge of graph.edges) {
    const from = place.get(edge.from) ?? edge.from;
    const to = place.get(edge.to) ?? edge.to;
    if (from === to) continue;
    const key = `${from} ${to} ${edge.by}`;
    const before = edges.get(key)?.bytesPerSecond ?? 0;
    edges.set(key, { from, to, by: edge.by, bytesPerSecond: before + edge.bytesPerSecond });
  }
  return { nodes: groups, edges: [...edges.values()] };
}
