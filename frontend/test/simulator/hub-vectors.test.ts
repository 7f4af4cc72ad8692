import { describe, expect, it } from "vitest";
import { newMember, NeighbourGraph } from "../../simulator/hub/graph";
import { LeaseDesk, type Policy } from "../../simulator/hub/leases";
import type { Model } from "../../src/protocol/messages";
import type { RefusalCode } from "../../src/protocol/refusals";
import { vectors } from "../protocol/vectors";

interface LeaseStep {
  at: number;
  do: "enter" | "exit" | "shun" | "have" | "sent" | "served" | "lease";
  peer: string;
  have: number[] | "all";
  chunks: number[];
  chunk: number;
  bytes: number;
  model: Model;
  wanted: number[] | "all";
  room: number;
  expect: { chunks?: number[]; retryAfterMillis?: number };
}

interface LeaseScenario {
  name: string;
  chunks: number;
  chunkSize: number;
  policy: Policy;
  draws: number[];
  steps: LeaseStep[];
}

function take(desk: LeaseDesk, step: LeaseStep, all: number): void {
  switch (step.do) {
    case "enter":
      desk.enter(step.peer, step.have === "all" ? [...Array(all).keys()] : step.have, step.at);
      break;
    case "exit":
      desk.exit(step.peer);
      break;
    case "shun":
      desk.shun(step.peer);
      break;
    case "have":
      desk.have(step.peer, step.chunks, step.at);
      break;
    case "sent":
      desk.sent(step.peer, step.chunk, step.at);
      break;
    case "served":
      desk.served(step.peer, step.bytes, step.at);
      break;
    case "lease": {
      const wanted = (chunk: number): boolean => step.wanted === "all" || step.wanted.includes(chunk);
      const { chunks, retryAfterMillis } = desk.lease(step.peer, step.model, wanted, step.room, step.at);
      expect({ chunks, retryAfterMillis }, JSON.stringify(step)).toEqual({
        chunks: [],
        retryAfterMillis: 0,
        ...step.expect,
      });
      break;
    }
  }
}

describe("the virtual hub's leases", () => {
  it.each(vectors("leases") as LeaseScenario[])("$name", ({ chunks, chunkSize, policy, draws, steps }) => {
    const left = [...draws];
    const desk = new LeaseDesk(chunks, chunkSize, policy, (below) => (left.shift() ?? Number.NaN) % below);
    for (const step of steps) take(desk, step, chunks);
    expect(left).toEqual([]);
  });
});

interface GraphStep {
  at: number;
  do: "enter" | "exit" | "filled" | "lost" | "reopen";
  peer: string;
  account?: string;
  network?: string;
  full?: boolean;
  neighbour: string;
  code: RefusalCode;
  expect: { neighbours: string[]; news: Record<string, { named: string[]; part: string[] }> };
}

interface GraphScenario {
  name: string;
  draws: number[];
  steps: GraphStep[];
}

function change(graph: NeighbourGraph, step: GraphStep): void {
  const { peer, at } = step;
  if (step.do === "enter") {
    graph.enter(newMember(peer, step.account ?? peer, step.network ?? "", step.full ?? false), at);
  } else if (step.do === "lost") graph.lost(peer, step.neighbour, step.code, at);
  else if (step.do === "reopen") graph.reopen(at);
  else graph[step.do](peer, at);
}

describe("the virtual hub's neighbour graph", () => {
  it.each(vectors("graph") as GraphScenario[])("$name", ({ draws, steps }) => {
    const left = [...draws];
    const graph = new NeighbourGraph((below) => (left.shift() ?? 0) % below);
    for (const step of steps) {
      change(graph, step);
      const news = [...graph.wiring.take()].map(([peer, { named, part }]) => [
        peer,
        { named: [...named], part: [...part] },
      ]);
      expect(graph.neighbours(step.peer), JSON.stringify(step)).toEqual(step.expect.neighbours);
      expect(Object.fromEntries(news), JSON.stringify(step)).toEqual(step.expect.news);
    }
    expect(left).toEqual([]);
  });
});
