// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";
import { csvOf } from "../../../src/ui/charts/csv";
import type { ChartSpec } from "../../../src/ui/charts/spec";
import { figuresOf, tableOf } from "../../../src/ui/charts/table";
import { inWords, onAxis } from "../../../src/ui/charts/words";

const spec: ChartSpec = {
  title: "Bytes delivered",
  x: { name: "Time", unit: "time" },
  y: { name: "Bytes", unit: "bytes" },
  series: [
    {
      name: "From the hub",
      kind: "hub",
      shape: "area",
      values: [
        [60_000, 2048],
        [120_000, NaN],
      ],
    },
    {
      name: "From peers",
      kind: "peers",
      shape: "area",
      values: [
        [0, 1024],
        [60_000, 512],
      ],
    },
  ],
};

const lines = (changed: Partial<ChartSpec>): string[] => csvOf({ ...spec, ...changed }).split("\r\n");

describe("figures of a chart", () => {
  it("are one row for every x, in order, with gaps where a series has nothing", () => {
    expect(figuresOf(spec)).toEqual({
      columns: ["Time", "From the hub", "From peers"],
      rows: [
        { x: 0, figures: [null, 1024] },
        { x: 60_000, figures: [2048, 512] },
        { x: 120_000, figures: [null, null] },
      ],
    });
  });

  it("are a real table, with names and units", () => {
    const table = tableOf({ ...spec, x: { name: "Peers", unit: "count" } });
    expect(table.querySelector("caption")?.textContent).toBe("Bytes delivered: Bytes");
    expect([...table.querySelectorAll("thead th")].map((cell) => cell.getAttribute("scope"))).toEqual(
      Array(3).fill("col"),
    );
    expect([...(table.querySelectorAll("tbody tr")[1]?.children ?? [])].map((cell) => cell.textContent)).toEqual([
      "60,000",
      "2.0 KiB",
      "512 B",
    ]);
  });

  it("are CSV of exact figures and moments", () => {
    expect(csvOf(spec)).toBe(
      "Time,From the hub (bytes),From peers (bytes)\r\n" +
        "1970-01-01T00:00:00.000Z,,1024\r\n" +
        "1970-01-01T00:01:00.000Z,2048,512\r\n" +
        "1970-01-01T00:02:00.000Z,,\r\n",
    );
  });

  it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])("hold no formula, whatever a name is: %j", (name) => {
    const [head = ""] = csvOf({ ...spec, series: [{ name, kind: "hub", shape: "line", values: [] }] }).split("Time,");
    expect(head).toBe("");
    expect(csvOf({ ...spec, series: [{ name, kind: "hub", shape: "line", values: [] }] })).toMatch(/^Time,"?'/);
    expect(csvOf({ ...spec, x: { name, unit: "count" } })).toMatch(/^"?'/);
  });

  it("quote what would end a cell or a row", () => {
    const [head] = lines({ series: [{ name: 'a "b", c', kind: "hub", shape: "line", values: [] }] });
    expect(head).toBe('Time,"a ""b"", c (bytes)"');
  });

  it("leave a negative figure a figure", () => {
    const values = [[-1, -2]] as const;
    const [, row] = lines({
      x: { name: "n", unit: "count" },
      series: [{ name: "s", kind: "hub", shape: "line", values }],
    });
    expect(row).toBe("-1,-2");
  });
});

describe("a figure in words", () => {
  it("has the unit of its axis", () => {
    expect(inWords("bytes", 2048)).toBe("2.0 KiB");
    expect(inWords("bytes-per-second", 2048)).toBe("2.0 KiB/s");
    expect(inWords("seconds", 0.042)).toBe("42 ms");
    expect(inWords("seconds", 1.256)).toBe("1.26 s");
    expect(inWords("seconds", 75)).toBe("1 min 15 s");
    expect(inWords("share", 0.5)).toBe("50 %");
    expect(inWords("money", 1234.5)).toBe("1,234.50");
    expect(inWords("count", 1234)).toBe("1,234");
    expect(inWords("bytes", NaN)).toBe("–");
  });

  it("is short on an axis", () => {
    expect(onAxis("bytes", 20 * 1024 * 1024)).toBe("20 MiB");
    expect(onAxis("bytes-per-second", 1536)).toBe("1.5 KiB/s");
    expect(onAxis("bytes", 1.5 * 1024 ** 3)).toBe("1.5 GiB");
    expect(onAxis("seconds", 2)).toBe("2 s");
    expect(onAxis("bytes", 100)).toBe("100 B");
  });
});
