import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { ended, expectWhole, fileOf, RESOURCE, worldWith } from "./scene";
import { type HubFile } from "./virtual-hub";

const SIZE = 3_000_000;

let file: HubFile;

beforeAll(async () => {
  file = await fileOf(SIZE);
});

describe("whatever happens", () => {
  it("hub + peers = size, the bytes are right, and the same run runs the same", () => {
    const manner = fc.record({
      uplink: fc.integer({ min: 200_000, max: 5_000_000 }),
      corrupt: fc.boolean(),
      silentAfter: fc.option(fc.integer({ min: 0, max: SIZE }), { nil: Number.POSITIVE_INFINITY }),
    });
    const run = (manners: readonly { uplink: number; corrupt: boolean; silentAfter: number }[], vanishAt: number) => {
      const w = worldWith(file);
      manners.forEach((each, number) => w.peer(`seeder-${number}`, each).seed(file).join());
      const receiver = w.peer("receiver").join();
      w.run(500);
      receiver.fetch(RESOURCE);
      w.run(vanishAt);
      w.peers[0]?.vanish();
      w.run(180_000, ended(receiver));
      expectWhole(receiver, file);
      const useful = receiver.transfer.sources.reduce((sum, source) => sum + source.bytes, 0);
      expect(useful).toBe(SIZE);
      return JSON.stringify([receiver.transfer, w.hub.egress, w.now]);
    };
    fc.assert(
      fc.property(
        fc.array(manner, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 0, max: 3_000 }),
        (manners, at) => {
          expect(run(manners, at)).toBe(run(manners, at));
        },
      ),
      { numRuns: 12 },
    );
  });
});
