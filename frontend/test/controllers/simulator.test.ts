// @vitest-environment happy-dom
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Application } from "@hotwired/stimulus";
import { afterEach, describe, expect, it } from "vitest";
import { curveSpec } from "../../src/controllers/advisor-chart";
import { simulatorController } from "../../src/controllers/simulator";
import { FIELDS } from "../../simulator/asked";
import type { News, Order } from "../../simulator/conductor";
import { resultOf } from "../../simulator/result";
import { USUAL } from "../../simulator/scenario";
import { viewOf } from "../../simulator/view";
import { World } from "../../simulator/world";
import { openPage, press, shown, start } from "./page";
import { eventually } from "../eventually";

const JAVA = join(import.meta.dirname, "../../../src/main/java/io/hubmesh/measurement/web/SimulatorPage.java");

let application: Application | undefined;

afterEach(() => {
  application?.stop();
});

const NUMBERS = {
  ...{ receivers: "20", sizeMib: "1", hubUploadMbits: "100", downloadMbits: "100", uploadMbits: "20" },
  ...{ delayMillis: "60", lossPercent: "0", stayingPercent: "100", seed: "1" },
};

/** A worker that only notes what it is told. */
class NotingWorker {
  readonly orders: Order[] = [];
  onmessage: ((event: { data: News }) => void) | null = null;
  ended = false;

  postMessage(order: Order): void {
    this.orders.push(order);
  }

  terminate(): void {
    this.ended = true;
  }
}

function field(id: string): HTMLInputElement {
  const input = document.querySelector<HTMLInputElement>(`input#${id}`);
  if (input === null) throw new Error(`there is no ${id}`);
  return input;
}

/** The page with these numbers, and started. */
async function open(numbers: Record<string, string> = {}): Promise<{ workers: NotingWorker[]; saved: string[] }> {
  const shown = await show(numbers);
  document.querySelector("form")?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  return shown;
}

async function show(numbers: Record<string, string>): Promise<{ workers: NotingWorker[]; saved: string[] }> {
  openPage("simulator", "simulator");
  for (const [id, value] of Object.entries({ ...NUMBERS, ...numbers })) field(id).value = value;
  const workers: NotingWorker[] = [];
  const saved: string[] = [];
  const controller = simulatorController({
    startWorker: () => {
      workers.push(new NotingWorker());
      return workers.at(-1) as unknown as Worker;
    },
    now: () => 0,
    isStill: () => false,
    beforePicture: (action) => {
      action();
    },
    save: (_, text) => saved.push(text),
  });
  application = start("simulator", controller);
  await eventually(() => {
    expect(application?.controllers).toHaveLength(1);
  });
  return { workers, saved };
}

describe("the simulator's page", () => {
  it("starts a worker with the numbers, passes on what is pressed, and shows and saves the end", async () => {
    const { workers, saved } = await open();
    const [worker] = workers;
    if (worker === undefined) throw new Error("no worker was started");
    const [first] = worker.orders;
    expect(first?.do === "start" && first.scenario.peers).toBe(20);
    press("simulator#pause");
    document.querySelector<HTMLElement>("[data-simulator-deed-param='kill-hub']")?.click();
    expect(worker.orders.slice(1)).toEqual([
      { do: "speed", speed: 0 },
      { do: "intervene", deed: "kill-hub" },
    ]);
    const world = new World({ ...USUAL, peers: 20, size: 1024 * 1024 });
    world.run();
    worker.onmessage?.({ data: { tell: "over", view: viewOf(world), result: resultOf(world), json: "[1]" } });
    expect(shown("simulator", "meshCompleted")).toBe("20 of 20");
    expect(shown("simulator", "meshDone")).toContain("20 receivers of 20");
    expect(shown("simulator", "starSent")).toBe("20 copies (20.0\u00a0MiB)");
    expect(shown("simulator", "clock")).toMatch(
      /^Over\. Peer-to-peer took \d+ s of virtual time, client-server takes \d+ s\.$/,
    );
    expect(shown("simulator", "starCompleted")).toBe("20 of 20");
    expect(worker.ended).toBe(true);
    press("simulator#save");
    expect(saved).toEqual(["[1]"]);
  });

  it("names the field that cannot be run, and starts nothing", async () => {
    const { workers } = await open({ receivers: "6000" });
    expect(workers).toEqual([]);
    expect(shown("simulator", "problem")).toBe("Peers: This must be a whole number from 10 to 5,000.");
  });

  it("says at the field what it cannot run, as soon as an address has brought it, until it is mended", async () => {
    await show({ receivers: "4", uploadMbits: "0.05" });
    const receivers = field("receivers");
    const words = document.getElementById("receivers-fault");
    expect(words?.textContent).toBe("This must be a whole number from 10 to 5,000.");
    expect(words?.hidden).toBe(false);
    expect(receivers.getAttribute("aria-invalid")).toBe("true");
    expect(receivers.getAttribute("aria-describedby")).toBe("receivers-fault receivers-hint");
    expect(document.getElementById("uploadMbits-fault")?.hidden).toBe(false);
    expect(document.getElementById("sizeMib-fault")?.hidden).toBe(true);
    receivers.value = "40";
    receivers.dispatchEvent(new Event("change", { bubbles: true }));
    expect(words?.hidden).toBe(true);
    expect(receivers.hasAttribute("aria-invalid")).toBe(false);
  });

  it("runs as many peers as the hub's pages say", () => {
    const java = readFileSync(JAVA, "utf8");
    const said = (name: string): number => Number(new RegExp(`${name} = ([0-9_]+);`).exec(java)?.[1]?.replace("_", ""));
    expect([said("LEAST_PEERS"), said("MOST_PEERS")]).toEqual([FIELDS.receivers.least, FIELDS.receivers.most]);
  });
});

describe("the advisor's chart", () => {
  it("has a curve for each model around the point where peers become quicker", () => {
    const points = [1, 5, 20, 21].map((receivers) => ({
      ...{ receivers, hubSeconds: receivers * 80, peersSeconds: 400 - receivers, automaticSeconds: 300 },
    }));
    expect(curveSpec(points, 5).series.map(({ name, values }) => [name, values.length])).toEqual([
      ["From the hub", 3],
      ["From peers", 3],
      ["Automatic", 3],
      ["Peers become quicker", 1],
    ]);
    expect(curveSpec(points, 5).series[3]?.values).toEqual([[5, 395]]);
    expect(curveSpec(points, 0).series.map(({ values }) => values.length)).toEqual([4, 4, 4]);
  });
});
