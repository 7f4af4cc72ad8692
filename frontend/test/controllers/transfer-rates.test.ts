import { describe, expect, it } from "vitest";
import type { TransferItem } from "../../src/api/overview";
import { scaleOf } from "../../src/controllers/dashboard-rows";
import { TransferRates } from "../../src/controllers/transfer-rates";

const at = (second: number, fromPeers: number, state = "running"): TransferItem => ({
  transfer: "t",
  model: "peers",
  resource: "r",
  name: "film.mp4",
  member: "mia",
  size: 10_000,
  held: 0,
  fromHub: 0,
  relayed: 0,
  fromPeers,
  wasted: 0,
  state,
  startedAt: new Date(0),
  updatedAt: new Date(second * 1000),
  durationMillis: second * 1000,
  discrepancy: null,
});

describe("rate of a transfer", () => {
  it("is the average at first, then what came since the last report", () => {
    const rates = new TransferRates();
    expect(rates.update([at(2, 1000)]).get("t")).toBe(500);
    expect(rates.update([at(3, 4000)]).get("t")).toBe(3000);
    expect(rates.update([at(3, 4000)]).get("t")).toBe(3000);
  });

  it("is nothing while paused and the average when it has ended", () => {
    const rates = new TransferRates();
    expect(rates.update([at(2, 1000, "paused")]).get("t")).toBe(0);
    expect(rates.update([at(5, 10_000, "completed")]).get("t")).toBe(2000);
    expect(rates.update([]).size).toBe(0);
  });
});

describe("scale of the bars", () => {
  it("is the most that one model delivered of one resource", () => {
    const resource = {
      resource: "r",
      name: "n",
      content: "c",
      size: 5,
      savedBytes: 0,
      hubDownloads: 1,
      meshRelayed: 0,
      meshDownloads: 1,
      peersHolding: 0,
      discrepancy: null,
    };
    expect(scaleOf([{ ...resource, hubBytes: 7, meshFromHub: 4, meshFromPeers: 5 }])).toBe(9);
    expect(scaleOf([])).toBe(1);
  });
});
