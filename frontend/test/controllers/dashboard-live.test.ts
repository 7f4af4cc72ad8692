// @vitest-environment happy-dom
import type { Application } from "@hotwired/stimulus";
import { afterEach, describe, expect, it } from "vitest";
import { parseSeries } from "../../src/api/series";
import { dashboardController } from "../../src/controllers/dashboard";
import type { DashboardPorts } from "../../src/controllers/dashboard";
import type { Stretch } from "../../src/controllers/dashboard-series";
import type { ChartSpec } from "../../src/ui/charts";
import type { Graph } from "../../src/ui/topology/graph";
import { openPage, shown, start } from "./page";
import { eventually } from "../eventually";

const BEGIN = Date.parse("2026-01-01T12:00:30Z");
const MIB = 1024 * 1024;

/** A page whose clock, stream, hub and drawings are written down. */
class Scene {
  now = BEGIN;
  waits: { at: number; action: () => void }[] = [];
  asked: { stretch: Stretch; resource: string | null }[] = [];
  charts: ChartSpec[] = [];
  graphs = new Map<string, Graph>();
  points: object[] = [];
  events = Object.assign(new EventTarget(), { close: () => undefined, readyState: 0, CLOSED: 2 });
  readonly application: Application;

  constructor() {
    openPage("dashboard", "dashboard", { events: "/events" });
    this.application = start("dashboard", dashboardController(this.#ports()));
  }

  #ports(): DashboardPorts {
    const later = (milliseconds: number, action: () => void): (() => void) => {
      const wait = { at: this.now + milliseconds, action };
      this.waits.push(wait);
      return () => {
        this.waits = this.waits.filter((each) => each !== wait);
      };
    };
    const now = (): number => this.now;
    return {
      stream: {
        openEvents: () => this.events as unknown as EventSource,
        ask: () => new Promise(() => undefined),
        later,
      },
      history: {
        series: (stretch, resource) => {
          this.asked.push({ stretch, resource });
          const series = parseSeries({ points: this.points });
          if (series === null) throw new Error("no series");
          return Promise.resolve({ ok: true, value: series });
        },
        drawChart: (_, spec) => {
          this.charts.push(spec);
          return Promise.resolve({ update: (next) => this.charts.push(next), dispose: () => undefined });
        },
        now,
        later,
      },
      drawGraph: (_, title) => ({ update: (graph) => this.graphs.set(title, graph), dispose: () => undefined }),
      now,
      later,
    };
  }

  /** Time passes, and what waits for it is done. */
  pass(milliseconds: number): void {
    const end = this.now + milliseconds;
    for (;;) {
      const next = this.waits.filter((wait) => wait.at <= end).toSorted((one, other) => one.at - other.at)[0];
      if (next === undefined) break;
      this.waits = this.waits.filter((wait) => wait !== next);
      this.now = Math.max(this.now, next.at);
      next.action();
    }
    this.now = end;
  }

  /** The hub says how it stands, `after` milliseconds from the beginning by its clock, which is an hour ahead. */
  tell(after: number, change: object = {}): void {
    const at = new Date(BEGIN + 3_600_000 + after).toISOString();
    const data = JSON.stringify({ ...overview(0, 0, 0), at, ...change });
    this.events.dispatchEvent(new MessageEvent("overview", { data }));
  }

  lose(): void {
    this.events.dispatchEvent(new Event("error"));
  }

  async started(): Promise<this> {
    await eventually(() => {
      expect(this.application.controllers).toHaveLength(1);
    });
    return this;
  }

  choose(select: string, value: string): void {
    const element = document.querySelector<HTMLSelectElement>(`[data-dashboard-target="${select}"]`);
    if (element === null) throw new Error("no such choice");
    element.value = value;
    element.dispatchEvent(new Event("change"));
  }
}

function overview(plain: number, leases: number, peers: number): object {
  return {
    egressBytes: plain + leases,
    hub: { egressBytes: plain, downloads: 1 },
    mesh: { fromHubBytes: leases, fromPeersBytes: peers, wastedBytes: 0, peers: 2, transfers: 1 },
    offload: 0.5,
    savedBytes: peers,
    peers: [
      { peer: "aaaaaaaa", member: "mia", joinedAt: "2026-01-01T00:00:00Z", swarms: 1 },
      { peer: "bbbbbbbb", member: "ben", joinedAt: "2026-01-01T00:00:00Z", swarms: 1 },
    ],
    links: [{ a: "aaaaaaaa", b: "bbbbbbbb", content: "c", bytesPerSecond: null }],
    transfers: [],
    resources: [resource("r", "film.mp4", plain, leases, peers), resource("s", "notes.pdf", 0, 0, 0)],
  };
}

function resource(id: string, name: string, plain: number, leases: number, peers: number): object {
  return {
    ...{ resource: id, name, content: id === "r" ? "c" : "d", size: 4096, hubBytes: plain, hubDownloads: 1 },
    ...{ meshFromHub: leases, meshFromPeers: peers, savedBytes: peers, meshDownloads: 1, peersHolding: 2 },
  };
}

let scene: Scene;

async function open(address = "/dashboard"): Promise<Scene> {
  history.replaceState(null, "", address);
  scene = new Scene();
  return scene.started();
}

afterEach(() => {
  scene.application.stop();
  document.body.replaceChildren();
});

const rate = (): string | null => shown("dashboard", "egressRate");
const flowing = (model: string): number =>
  scene.graphs.get(model)?.edges.reduce((sum, edge) => sum + edge.bytesPerSecond, 0) ?? 0;

describe("what flows now", () => {
  it("is what the last ten seconds brought, dies away, and is quiet then", async () => {
    await open();
    scene.tell(0);
    scene.pass(1000);
    scene.tell(1000, overview(10 * MIB, 10 * MIB, 40 * MIB));
    expect(rate()).toBe("2.0 MiB/s");
    expect(shown("dashboard", "egressRateNote")).toBe("1.0 MiB/s to clients + 1.0 MiB/s to the mesh");
    expect(flowing("Peer-to-peer")).toBe(5 * MIB);
    scene.pass(9_000);
    expect(rate()).toBe("2.0 MiB/s");
    scene.pass(2_000);
    expect(rate()).toBe("0 B/s");
    expect(flowing("Peer-to-peer")).toBe(0);
    const waits = scene.waits.length;
    scene.pass(5_000);
    expect(scene.waits.length).toBe(waits);
  });

  it("has no peak after sleep or a lost connection, however much was sent meanwhile", async () => {
    await open();
    scene.tell(0);
    scene.pass(8 * 3_600_000);
    scene.lose();
    scene.tell(8 * 3_600_000, overview(900 * MIB, 0, 0));
    expect(rate()).toBe("0 B/s");
    expect(shown("dashboard", "egress")).toBe("900.0 MiB");
    scene.pass(1000);
    scene.tell(8 * 3_600_000 + 1000, overview(910 * MIB, 0, 0));
    expect(rate()).toBe("1.0 MiB/s");
  });

  it("takes what waited while this machine slept for what it is: old", async () => {
    await open();
    scene.tell(0);
    scene.pass(60_000);
    scene.tell(1000, overview(50 * MIB, 0, 0));
    scene.tell(59_500, overview(60 * MIB, 0, 0));
    expect(rate()).toBe("1.0 MiB/s");
  });

  it("is drawn as a star of downloads and as a graph of peers", async () => {
    await open();
    const download = {
      ...{ transfer: "t", model: "hub", resource: "r", name: "film.mp4", member: "cleo", size: 20 * MIB, held: 0 },
      ...{ fromHub: 20 * MIB, fromPeers: 0, wasted: 0, state: "completed", startedAt: "2026-01-01T13:00:29Z" },
      updatedAt: new Date(BEGIN + 3_600_000).toISOString(),
    };
    scene.tell(0);
    scene.tell(500, { ...overview(20 * MIB, 0, 0), transfers: [download] });
    expect(scene.graphs.get("Client-server")).toEqual({
      nodes: [{ id: "t", label: "cleo", kind: "client" }],
      edges: [{ from: "hub", to: "t", by: "hub", bytesPerSecond: 2 * MIB }],
    });
    expect(scene.graphs.get("Peer-to-peer")?.nodes.map((node) => node.label)).toEqual(["mia", "ben"]);
    expect(shown("dashboard", "starWords")).toBe(
      "The hub in the middle, its latest client around it; the hub sends 2.0 MiB/s now.",
    );
    expect(shown("dashboard", "graphWords")).toContain("2 peers, 1 link; peers send each other nothing now");
  });

  it("tells the peers of one member apart", async () => {
    await open();
    const before = overview(0, 0, 0) as { peers: object[] };
    scene.tell(0, { ...before, peers: before.peers.map((peer) => ({ ...peer, member: "mia" })) });
    expect(scene.graphs.get("Peer-to-peer")?.nodes.map((node) => node.label)).toEqual(["mia aaaaaa", "mia bbbbbb"]);
  });

  it("says what the pale example shows while nobody is there", async () => {
    await open();
    const mesh = { fromHubBytes: 0, fromPeersBytes: 0, wastedBytes: 0, peers: 0, transfers: 0 };
    scene.tell(0, { ...overview(0, 0, 0), peers: [], links: [], mesh });
    expect(shown("dashboard", "starWords")).toContain("Drawn pale: 6 clients, a copy for each.");
    expect(shown("dashboard", "graphWords")).toContain("Drawn pale: 6 peers, one copy from the hub, passed on.");
  });
});

describe("the choice", () => {
  it("stands in the address, shows one resource, and survives a reload", async () => {
    await open();
    scene.tell(0, overview(MIB, 0, 3 * MIB));
    expect(shown("dashboard", "offload")).toBe("50 %");
    scene.choose("resource", "r");
    expect(location.search).toBe("?resource=r");
    expect(shown("dashboard", "offload")).toBe("75 %");
    expect(scene.asked.at(-1)?.resource).toBe("r");
    scene.application.stop();
    await open(location.pathname + location.search);
    scene.tell(0, overview(MIB, 0, 3 * MIB));
    expect(shown("dashboard", "offload")).toBe("75 %");
    expect(scene.graphs.get("Peer-to-peer")?.edges).toHaveLength(1);
    scene.choose("resource", "s");
    expect(shown("dashboard", "offload")).toBe("–");
    expect(scene.graphs.get("Peer-to-peer")?.edges).toHaveLength(0);
    scene.choose("resource", "");
    expect(location.search).toBe("");
  });

  it("may be a resource of which nothing was delivered", async () => {
    await open("/dashboard?resource=nobody-had-it");
    scene.tell(0);
    expect(shown("dashboard", "egress")).toBe("0 B");
    expect(document.querySelector<HTMLSelectElement>("#dashboard-resource")?.value).toBe("nobody-had-it");
  });
});

describe("the time series", () => {
  it("has every bucket of the stretch, with zeros where nothing happened", async () => {
    await open();
    scene.points = [{ at: "2026-01-01T11:58:00Z", hubBytes: 1, leaseBytes: 2, peerBytes: 3 }];
    scene.choose("period", "hour");
    await eventually(() => {
      const sums = scene.charts.at(-1)?.series.map((series) => series.values.reduce((sum, [, y]) => sum + y, 0));
      expect(sums).toEqual([1, 2, 3]);
    });
    expect(scene.charts.at(-1)?.series.map((series) => series.values.length)).toEqual([61, 61, 61]);
    expect(scene.asked[0]?.stretch).toEqual({
      from: new Date("2026-01-01T11:00:00Z"),
      to: new Date("2026-01-01T12:01:00Z"),
      step: "minute",
    });
  });

  it("goes by hours for a day and by days for a month, and remembers it in the address", async () => {
    await open();
    scene.choose("period", "day");
    expect(scene.asked.at(-1)?.stretch).toMatchObject({ step: "hour", to: new Date("2026-01-01T13:00:00Z") });
    scene.choose("period", "month");
    expect(scene.asked.at(-1)?.stretch).toMatchObject({ step: "day", from: new Date("2025-12-02T00:00:00Z") });
    expect(location.search).toBe("?period=month");
  });

  it("is asked for again within ten seconds of a delivery, and once a minute otherwise", async () => {
    await open();
    scene.tell(0);
    expect(scene.asked).toHaveLength(1);
    scene.pass(2_000);
    scene.tell(2_000, overview(MIB, 0, 0));
    scene.tell(2_500, overview(2 * MIB, 0, 0));
    scene.pass(7_999);
    expect(scene.asked).toHaveLength(1);
    scene.pass(1);
    expect(scene.asked).toHaveLength(2);
    scene.pass(59_000);
    expect(scene.asked).toHaveLength(2);
    scene.pass(1_000);
    expect(scene.asked).toHaveLength(3);
  });
});

describe("figures", () => {
  it("are told in money where there is a price, and in times where there are some", async () => {
    await open();
    const times = {
      hub: { median: 4000, p95: 9000, count: 3 },
      peers: { median: 2000, p95: 61_000, count: 12 },
      automatic: null,
    };
    scene.tell(0, { ...overview(0, 0, 2e9), price: { perGb: 0.09, currency: "EUR" }, times });
    expect(shown("dashboard", "savedNote")).toBe("0.18 EUR of egress");
    expect(shown("dashboard", "graphTimes")).toBe("median 2 s, 95 of 100 within 1 min 1 s (12 downloads)");
    expect(shown("dashboard", "starTimes")).toBe("median 4 s, 95 of 100 within 9 s (3 downloads)");
    expect(shown("dashboard", "automaticTimes")).toBe("none yet");
    const quick = { median: 100, p95: 900, count: 1 };
    scene.tell(500, { ...overview(0, 0, 2e9), times: { ...times, automatic: quick } });
    expect(shown("dashboard", "automaticTimes")).toBe("less than 1 s (1 download)");
    scene.tell(1000, overview(0, 0, 2e9));
    expect(shown("dashboard", "savedNote")).toBe("that the hub did not have to send");
  });

  it("give way to what to do next where nothing was delivered", async () => {
    await open();
    scene.tell(0, { resources: [] });
    expect(shown("dashboard", "nothing")).toContain("Upload a file");
    scene.tell(1000);
    expect(shown("dashboard", "nothing")).toBeNull();
  });
});
