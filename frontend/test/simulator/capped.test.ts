import { describe, expect, it } from "vitest";
import { BURST_SECONDS } from "../../src/mesh/core/constants";
import { type Scenario, USUAL } from "../../simulator/scenario";
import { World } from "../../simulator/world";

const MB = 1_000_000;

const LINE = { share: 1, upload: 1.5 * MB, download: 5 * MB };

/** Five on lines without end, who keep what they send and take below a limit. */
function capped(seed: number): Scenario {
  const rates = { hubUpload: 2 * MB, lines: [LINE], capped: true };
  return { ...USUAL, ...rates, seed, peers: 5, size: 10 * MB, delayLeast: 1, delayMost: 5, loss: 0 };
}

function ended(scenario: Scenario): World {
  const world = new World(scenario);
  world.run();
  expect(world.stayers.map((peer) => peer.transfer?.state)).toEqual(Array.from({ length: 5 }, () => "completed"));
  return world;
}

describe("peers that keep limits of their own", () => {
  it("send and take no more than those, and nearly as much as they may", () => {
    const { peers, now } = ended(capped(1));
    const most = LINE.upload * (now / 1000 + BURST_SECONDS);
    for (const { state } of peers) expect(state.sent).toBeLessThanOrEqual(most);
    const sent = peers.reduce((sum, { state }) => sum + state.sent, 0);
    expect(sent).toBeGreaterThan(0.7 * 5 * LINE.upload * (now / 1000));
    for (const { completedAt, transfer } of peers) {
      const took = ((completedAt ?? 0) - (transfer?.startedAt ?? 0)) / 1000;
      expect(transfer?.size).toBeLessThanOrEqual(LINE.download * (took + BURST_SECONDS));
    }
  });

  it("are woken by the last order alone, as in the browser: orders do not breed", () => {
    for (const seed of [1, 2, 3, 4]) {
      // Some events for each piece of 64 KiB that goes to a receiver; where every order woke them, there were millions.
      const { clock, peers } = ended(capped(seed));
      const pieces = peers.length * Math.ceil((10 * MB) / (64 * 1024));
      expect(clock.events).toBeLessThan(25 * pieces);
    }
  });

  it("go the same way with the same seed, and another way on lines of these rates", () => {
    expect(ended(capped(3)).now).toBe(ended(capped(3)).now);
    expect(ended({ ...capped(3), capped: false }).now).not.toBe(ended(capped(3)).now);
  });
});
