import { describe, expect, it } from "vitest";
import { boundsOf } from "../../simulator/bounds";
import { simulate } from "../../simulator/result";
import { chunksOf, type Scenario, USUAL } from "../../simulator/scenario";
import { World } from "../../simulator/world";

const MIB = 1024 * 1024;

/** Milliseconds from a receiver to the middle of the network: the least and the most. */
const NEAR = [1, 5] as const;
const FAR = [25, 25] as const;

/** Messages a second that the hub takes of a peer, and how many at once (src/docs/protocol.md). */
const MESSAGES_PER_SECOND = 50;
const MESSAGES_AT_ONCE = 200;

/** Connections of a browser to one hub. */
const CONNECTIONS = 6;

/** Seconds to the hub of `FAR` and back. */
const ROUND_TRIP = 0.05;

function alone(size: number, hubUpload: number, [delayLeast, delayMost]: readonly [number, number]): Scenario {
  const line = { share: 1, upload: MIB, download: 100 * MIB };
  return { ...USUAL, peers: 1, size, hubUpload, lines: [line], delayLeast, delayMost, loss: 0 };
}

describe("one receiver, with nobody but the hub", () => {
  it.each(
    (["peers", "automatic"] as const).flatMap((model) => [
      { model, size: 8 * MIB, hub: MIB / 4, delays: NEAR },
      { model, size: 8 * MIB, hub: 2 * MIB, delays: NEAR },
      { model, size: 20_000_000, hub: 4_000_000, delays: NEAR },
      { model, size: 8 * MIB, hub: 12_500_000, delays: NEAR },
      { model, size: 20_000_000, hub: 12_500_000, delays: NEAR },
      { model, size: 128 * MIB, hub: 2 * MIB, delays: NEAR },
      { model, size: 128 * MIB, hub: 2 * MIB, delays: FAR },
      { model, size: 32 * MIB, hub: 50 * MIB, delays: NEAR },
      { model, size: 128 * MIB, hub: 50 * MIB, delays: NEAR },
      { model, size: 2_048 * MIB, hub: 12_500_000, delays: NEAR },
    ]),
  )("$model: $size bytes over $hub B/s: within a tenth of the bound", ({ model, size, hub, delays }) => {
    const { seconds, bound } = simulate({ ...alone(size, hub, delays), model });
    expect(bound).toBeCloseTo(size / hub, 6);
    expect(seconds.most).toBeGreaterThanOrEqual(bound);
    expect(seconds.most).toBeLessThan(1.1 * bound);
  });

  it.each([1, 16 * 1024, MIB])("has %d bytes after what the line takes and a few round trips", (size) => {
    for (const hub of [MIB / 4, 2 * MIB, 50 * MIB]) {
      const { seconds, scenario } = simulate(alone(size, hub, FAR));
      const { clientServer } = boundsOf({ ...scenario, chunks: chunksOf(scenario), receivers: scenario.lines });
      // The manifest, the swarm, the lease, the chunk: each takes a way to the hub and back. A little more for heads and checking.
      expect(seconds.most).toBeGreaterThan(clientServer + 3 * ROUND_TRIP);
      const rounds = 3 + Math.ceil(chunksOf(scenario) / CONNECTIONS);
      expect(seconds.most).toBeLessThan(1.02 * clientServer + (rounds + 1) * ROUND_TRIP);
    }
  });

  it("never says more than the hub hears, though it is granted one chunk at a time and they come quickly", () => {
    const world = new World(alone(16 * MIB, 50 * MIB, [0.5, 0.5]));
    const { hub, clock } = world;
    const lease = hub.leases.lease.bind(hub.leases);
    hub.leases.lease = (peer, model, wanted, _, now) => lease(peer, model, wanted, 1, now);
    const receive = hub.receive.bind(hub);
    let [left, least, before] = [MESSAGES_AT_ONCE, MESSAGES_AT_ONCE, clock.now];
    hub.receive = (guest, message) => {
      left = Math.min(MESSAGES_AT_ONCE, left + ((clock.now - before) * MESSAGES_PER_SECOND) / 1000) - 1;
      least = Math.min(least, left);
      before = clock.now;
      receive(guest, message);
    };
    world.run();
    expect(world.peers[0]?.transfer?.state).toBe("completed");
    // Half of it stays free for what links have to say.
    expect(least).toBeGreaterThan(MESSAGES_AT_ONCE / 2);
  });
});
