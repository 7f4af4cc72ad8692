import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { encodeControl } from "../../src/protocol/frames";
import { type Field, isFault, scenarioOf } from "../../simulator/asked";
import { Conductor, type News, type Order } from "../../simulator/conductor";
import type { Deed } from "../../simulator/interventions";
import { controlBytes } from "../../simulator/link";
import { simulate } from "../../simulator/result";
import { faultOf, type Scenario, USUAL } from "../../simulator/scenario";

const FORM: Record<Field, string> = {
  ...{ receivers: "30", sizeMib: "8", hubUploadMbits: "100", downloadMbits: "100", uploadMbits: "20" },
  ...{ delayMillis: "60", lossPercent: "0.01", stayingPercent: "100", seed: "5" },
};

function asked(of: Partial<Record<Field, string>> = {}): Scenario {
  const scenario = scenarioOf({ ...FORM, ...of });
  if (isFault(scenario)) throw new Error(`${scenario.field}: ${scenario.words}`);
  return scenario;
}

/** Runs a scenario as the worker does, by a clock that moves 7 ms at each look. Deeds are done once so much virtual time has passed. */
function watch(scenario: Scenario, deeds: { from: number; deed: Deed }[] = []): { news: News[]; json: string } {
  const waiting: (() => void)[] = [];
  const news: News[] = [];
  let clock = 0;
  const conductor = new Conductor({
    now: () => (clock += 7),
    later: (_, action) => {
      waiting.push(action);
    },
    tell: (told) => {
      news.push(told);
    },
  });
  const start: Order = { do: "start", scenario, speed: 20 };
  conductor.hear(start);
  const rest = [...deeds];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const last = news.at(-1);
    if (last !== undefined && "view" in last && rest[0] !== undefined && last.view.now >= rest[0].from) {
      conductor.hear({ do: "intervene", deed: rest[0].deed });
      rest.shift();
    }
    next();
  }
  const over = news.at(-1);
  if (over?.tell !== "over") throw new Error("it did not end");
  expect(rest).toEqual([]);
  return { news, json: over.json };
}

describe("what a page watches", () => {
  const folder = mkdtempSync(join(tmpdir(), "simulator-"));

  beforeAll(async () => {
    const root = join(import.meta.dirname, "../..");
    const configFile = join(root, "vite.simulator.config.ts");
    await build({ root, configFile, logLevel: "error", build: { outDir: folder, emptyOutDir: false } });
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it("ends as the command line does with the same scenario, whatever was done to it", () => {
    const { json } = watch(asked({ stayingPercent: "80" }), [
      { from: 800, deed: "lie" },
      { from: 1_500, deed: "remove-half" },
      { from: 2_500, deed: "kill-hub" },
    ]);
    expect(json.match(/"deed"/g)).toHaveLength(3);
    const file = join(folder, "exported.json");
    writeFileSync(file, json);
    const command = ["simulate.mjs", "--json", "--scenario", file];
    const printed = execFileSync(process.execPath, command, { cwd: folder, encoding: "utf8" });
    expect(printed.trimEnd()).toBe(json);
  });

  it("shows bytes that only grow, and in the end those of the result", () => {
    const { news } = watch(asked());
    const views = news.flatMap((told) => ("view" in told ? [told.view] : []));
    expect(views.length).toBeGreaterThan(10);
    let before = 0;
    for (const view of views) {
      const bytes =
        view.fromHub.reduce((all, part) => all + part, 0) + view.fromPeers.reduce((all, part) => all + part, 0);
      expect(bytes).toBeGreaterThanOrEqual(before - 1e-3);
      before = bytes;
    }
    const last = views.at(-1);
    expect(before).toBeCloseTo(30, 3);
    expect([last?.completed, last?.egress, last?.hubAlive]).toEqual([30, 1, true]);
    expect(views.some((view) => view.links.length > 30)).toBe(true);
  });

  it("stands still while it is paused, and says what cannot be run", () => {
    const news: News[] = [];
    const waiting: (() => void)[] = [];
    let clock = 0;
    const conductor = new Conductor({
      now: () => (clock += 100),
      later: (_, action) => void waiting.push(action),
      tell: (told) => void news.push(told),
    });
    conductor.hear({ do: "start", scenario: asked(), speed: 0 });
    for (let turn = 0; turn < 5; turn++) waiting.shift()?.();
    expect(news.every((told) => told.tell === "view" && told.view.now === 0)).toBe(true);
    conductor.hear({ do: "start", scenario: { ...asked(), peers: 0 }, speed: 1 });
    expect(news.at(-1)).toEqual({ tell: "fault", words: "there must be at least one peer" });
  });
});

describe("interventions", () => {
  const scenario = asked();

  it("remove half for good: the others complete, in the star as well", () => {
    const result = simulate({ ...scenario, interventions: [{ at: 1_500, deed: "remove-half" }] });
    expect([result.stayers, result.completed, result.star.completed]).toEqual([15, 15, 15]);
  });

  it("end the hub for both: nobody has the file from the star, the mesh goes on with what it has", () => {
    const late = simulate({ ...scenario, interventions: [{ at: 3_000, deed: "kill-hub" }] });
    expect([late.completed, late.star.completed]).toEqual([30, 0]);
    expect(late.hubDied).toBe(3);
  });

  it("let a tenth lie: they are dropped, and the others complete", () => {
    const result = simulate({ ...scenario, interventions: [{ at: 1_000, deed: "lie" }] });
    expect([result.stayers, result.completed]).toEqual([27, 27]);
    expect(result.endings["wrong-chunk"]).toBeGreaterThan(0);
  });

  it("that are none are refused", () => {
    const deed = "kill-hub";
    expect(
      faultOf({
        ...scenario,
        interventions: [
          { at: 5, deed },
          { at: 4, deed },
        ],
      }),
    ).toMatch(/order/);
    expect(faultOf({ ...scenario, interventions: [{ at: 0.5, deed }] })).toMatch(/whole/);
    expect(faultOf({ ...scenario, interventions: [{ at: 5, deed: "rain" as Deed }] })).toMatch(/no such/);
    expect(faultOf({ ...scenario, interventions: Array.from({ length: 101 }, () => ({ at: 1, deed })) })).toMatch(
      /100/,
    );
  });
});

describe("the numbers of the form", () => {
  it("become a scenario in bytes and milliseconds, whose figures survive an export", () => {
    const scenario = asked({ uploadMbits: "3.3333333", delayMillis: "100", stayingPercent: "66.6666666" });
    expect(scenario.lines).toEqual([{ share: 1, upload: 416_667, download: 12_500_000 }]);
    expect([scenario.delayLeast, scenario.delayMost, scenario.loss, scenario.leaving]).toEqual([
      8.33333, 41.6667, 0.0001, 0.333333,
    ]);
    expect(asked().delayLeast).toBe(USUAL.delayLeast);
  });

  it("are refused by name", () => {
    for (const [field, text] of [
      ["receivers", "9"],
      ["receivers", "5001"],
      ["receivers", "10.5"],
      ["sizeMib", ""],
      ["uploadMbits", "x"],
      ["seed", "-1"],
      ["lossPercent", "NaN"],
      ["stayingPercent", "Infinity"],
    ] as const) {
      const fault = scenarioOf({ ...FORM, [field]: text });
      expect(isFault(fault) && fault.field, `${field} ${text}`).toBe(field);
    }
  });
});

describe("the length of a control frame", () => {
  it("is that of its message", () => {
    for (const frame of [
      { type: "have", chunks: [1, 2, 3] },
      { type: "given", chunks: [4, 5] },
      { type: "request", chunks: [7] },
      { type: "cancel", chunks: [] },
      { type: "reject", reason: "busy", chunks: [1, 2] },
      { type: "have-all", bitmap: new Uint8Array(9) },
      { type: "hello", epoch: 0, ticket: "a.b.c" },
    ] as const) {
      expect(controlBytes({ ...frame, ...("chunks" in frame ? { chunks: [...frame.chunks] } : {}) } as never)).toBe(
        encodeControl(frame as never).length,
      );
    }
  });
});
