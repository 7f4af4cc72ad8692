import { describe, expect, it } from "vitest";
import {
  LINK_EVENTS,
  LINK_STATUSES,
  type LinkAction,
  type LinkEvent,
  type LinkStatus,
  transition,
} from "../../src/mesh/core/link-life";
import { vectors } from "../protocol/vectors";

interface Vector {
  status: LinkStatus;
  event: LinkEvent;
  next: LinkStatus;
  actions: LinkAction[];
}

const all = vectors("link") as Vector[];

describe("the life of a link", () => {
  it.each(all)("$status, $event: $next", ({ status, event, next, actions }) => {
    expect(transition(status, event)).toEqual({ next, actions });
  });

  it("does nothing for every pair that no vector names", () => {
    const named = new Set(all.map(({ status, event }) => `${status} ${event}`));
    for (const status of LINK_STATUSES) {
      for (const event of LINK_EVENTS) {
        if (!named.has(`${status} ${event}`)) expect(transition(status, event)).toEqual({ next: status, actions: [] });
      }
    }
  });

  it("never leaves closed, and always closes the transport on the way there", () => {
    for (const event of LINK_EVENTS) expect(transition("closed", event)).toEqual({ next: "closed", actions: [] });
    for (const { status, next, actions } of all)
      if (next === "closed" && status !== "closed") expect(actions).toContain("close-transport");
  });
});
