import { beforeAll, describe, expect, it } from "vitest";
import { ended, expectWhole, fileOf, receiver, seeder, worldWith } from "./scene";
import type { HubFile } from "./virtual-hub";

const SIZE = 3_000_000;

let file: HubFile;

beforeAll(async () => {
  file = await fileOf(SIZE);
});

describe("a link that cannot be made", () => {
  it.each(["peers", "automatic"] as const)("costs the person nothing: the hub fills in (%s)", (model) => {
    const w = worldWith(file);
    seeder(w, file, "walled", { walled: true });
    const taker = receiver(w, "receiver", {}, model);
    w.run(model === "peers" ? 12_000 : 4_000, ended(taker));
    expectWhole(taker, file);
    expect(taker.transfer).toMatchObject({ fromHub: SIZE, wasted: 0 });
  });

  it("is counted with its reason, and one that was not needed is not", () => {
    const w = worldWith(file);
    seeder(w, file, "walled", { walled: true });
    seeder(w, file, "open", { uplink: 50_000 });
    const taker = receiver(w);
    w.run(25_000);
    expect(taker.view.failures).toEqual([{ code: "unreachable", count: 1 }]);
    expect(w.hub.lost).toContainEqual(expect.objectContaining({ code: "unreachable" }));
    taker.tell({ type: "cancel", transfer: taker.transfer.transfer });
    w.run(1_000);
    expect(taker.view.failures).toEqual([{ code: "unreachable", count: 1 }]);
  });
});
