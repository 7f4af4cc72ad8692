// @vitest-environment happy-dom
import type { Application } from "@hotwired/stimulus";
import { afterEach, describe, expect, it } from "vitest";
import { dashboardController } from "../../src/controllers/dashboard";
import { hubOf } from "./hub-of";
import { openPage, shown, start } from "./page";
import { eventually } from "../eventually";

let application: Application | undefined;
let events: EventTarget & { readyState: number };
let opened: number;
let waits: { milliseconds: number; action: () => void }[];

afterEach(() => {
  application?.stop();
});

const transfer = {
  transfer: "t",
  model: "peers",
  resource: "r",
  name: "film.mp4",
  member: "mia",
  size: 4096,
  held: 0,
  fromHub: 1024,
  fromPeers: 3072,
  wasted: 0,
  state: "completed",
  startedAt: "2026-01-01T00:00:00Z",
  updatedAt: "2026-01-01T00:00:02Z",
  durationMillis: 2000,
};

const overview = {
  at: "2026-01-01T00:00:02Z",
  egressBytes: 5120,
  hub: { egressBytes: 4096, downloads: 1 },
  mesh: { fromHubBytes: 1024, fromPeersBytes: 3072, wastedBytes: 0, peers: 1, transfers: 1 },
  offload: 0.75,
  peers: [{ peer: "AbCdEfGhIjKlMnOpQrStUv", member: "mia", joinedAt: "2026-01-01T00:00:00Z", swarms: 1 }],
  transfers: [transfer],
  resources: [
    {
      ...{ resource: "r", name: "film.mp4", size: 4096, hubBytes: 4096, hubDownloads: 1 },
      ...{ meshFromHub: 1024, meshFromPeers: 3072, meshDownloads: 1, peersHolding: 2 },
    },
  ],
};

async function open(answers: Record<string, object>, status = 200): Promise<void> {
  openPage("dashboard", "dashboard", { events: "/events" });
  opened = 0;
  waits = [];
  const hub = hubOf(answers, status);
  const stream = {
    openEvents: () => {
      opened += 1;
      events = Object.assign(new EventTarget(), { close: () => undefined, readyState: 0, CLOSED: 2 });
      return events as unknown as EventSource;
    },
    ask: () => hub.overview(),
    later: (milliseconds: number, action: () => void) => {
      waits.push({ milliseconds, action });
      return () => undefined;
    },
  };
  const later = (): (() => void) => () => undefined;
  const nothing = { update: () => undefined, dispose: () => undefined };
  const history = {
    ...{ series: () => new Promise<never>(() => undefined), drawChart: () => Promise.resolve(nothing) },
    ...{ now: () => 0, later },
  };
  const ports = { stream, history, drawGraph: () => nothing, now: () => 0, later };
  application = start("dashboard", dashboardController(ports));
  await eventually(() => {
    expect(application?.controllers).toHaveLength(1);
  });
}

function refuse(): void {
  events.readyState = 2;
  events.dispatchEvent(new Event("error"));
}

function tell(change: object): void {
  events.dispatchEvent(new MessageEvent("overview", { data: JSON.stringify({ ...overview, ...change }) }));
}

async function openLive(change: object = {}): Promise<void> {
  await open({ "/api/v1/measurement/overview": overview });
  await eventually(() => {
    expect(shown("dashboard", "offload")).toBe("75 %");
  });
  tell(change);
}

const transfers = (): Element | null => document.querySelector("[data-dashboard-target='transfers']");
/** Rate and state of the only transfer. */
const ending = (): string[] =>
  [...(transfers()?.querySelectorAll("td") ?? [])].slice(-2).map((cell) => cell.textContent);

describe("dashboard", () => {
  it("shows one resource under both models, and each transfer in two colours", async () => {
    await openLive();
    const resource = document.querySelector("[data-dashboard-target='resources']")?.textContent;
    expect(resource).toContain("4.0 KiB · 1 download");
    expect(resource).toContain("1.0 KiB hub + 3.0 KiB peers · 1 download");
    expect(resource).toContain("4.0 KiB, on the hub and on 2 peers");
    expect(transfers()?.textContent).toContain("Complete in 2 s");
  });

  it("tells what the hub sent in all, and what of that was plain", async () => {
    await openLive();
    expect(shown("dashboard", "egress")).toBe("5.0 KiB");
    expect(shown("dashboard", "egressNote")).toBe("4.0 KiB to clients (1 download) + 1.0 KiB to the mesh");
  });

  it("takes the counts of peers and transfers from the hub, which tells a member only their own", async () => {
    await openLive({ mesh: { ...overview.mesh, peers: 3, transfers: 60 }, peers: [] });
    expect([shown("dashboard", "peerCount"), shown("dashboard", "activeCount")]).toEqual(["3", "60"]);
    expect(shown("dashboard", "noPeers")).toBeNull();
    expect(shown("dashboard", "otherPeers")).toContain("3 peers are in the mesh now; none of them is yours");
    tell({ mesh: { ...overview.mesh, peers: 3 } });
    expect(shown("dashboard", "otherPeers")).toContain("1 is yours");
    tell({ mesh: { ...overview.mesh, peers: 0 }, peers: [] });
    expect(shown("dashboard", "otherPeers")).toBeNull();
    expect(shown("dashboard", "noPeers")).toContain("Nobody has joined");
  });

  it("tells administrators why links were lost, in plain words", async () => {
    await openLive();
    expect(shown("dashboard", "lostLinks")).toBeNull();
    tell({ mesh: { ...overview.mesh, lostLinks: { silent: 1, unreachable: 3, "no-such-code": 7 } } });
    expect(shown("dashboard", "lostLinks")).toBe(
      "4 links were lost since the hub started: no direct path (3), the other end fell silent (1).",
    );
    tell({ mesh: { ...overview.mesh, lostLinks: {} } });
    expect(shown("dashboard", "lostLinks")).toBeNull();
  });

  it("says nothing of a length that nobody knows, and has words for a lost transfer", async () => {
    const item = { ...transfer, durationMillis: null };
    await openLive({ transfers: [{ ...item, model: "hub" }] });
    expect(ending()).toEqual(["–", "Complete"]);
    tell({ transfers: [{ ...item, state: "lost" }] });
    expect(ending()).toEqual(["–", "Lost: not heard of for a minute"]);
    tell({ transfers: [{ ...transfer, durationMillis: 0 }] });
    expect(ending()).toEqual(["–", "Complete in less than 1 s"]);
  });

  it("shows what the receiver had before the transfer, and names it only then", async () => {
    await openLive();
    expect(shown("dashboard", "heldKey")).toBeNull();
    tell({ transfers: [{ ...transfer, held: 2048, fromPeers: 1024 }] });
    expect(shown("dashboard", "heldKey")).toBe("There before");
    expect(transfers()?.textContent).toContain("2.0 KiB there before + 1.0 KiB hub + 1.0 KiB peers of 4.0 KiB");
    expect(transfers()?.querySelector("[role='progressbar']")?.getAttribute("aria-valuenow")).toBe("100");
  });

  it("says in the hub's words what does not add up, and reckons nothing of the kind itself", async () => {
    await openLive({ transfers: [{ ...transfer, fromPeers: 3000 }] });
    const place = transfers()?.querySelector<HTMLElement>(".discrepancy");
    expect(place?.hidden).toBe(true);
    tell({ transfers: [{ ...transfer, discrepancy: "72 bytes are missing." }] });
    expect(place?.hidden).toBe(false);
    expect(place?.textContent).toBe("Does not add up 72 bytes are missing.");
  });

  it("says above everything how much does not add up", async () => {
    await openLive();
    expect(shown("dashboard", "doubts")).toBeNull();
    const [resource] = overview.resources;
    const discrepancy = "72 bytes are missing.";
    tell({ transfers: [{ ...transfer, discrepancy }] });
    expect(shown("dashboard", "doubts")).toContain("1 transfer does not add up, as marked below.");
    tell({ transfers: [{ ...transfer, discrepancy }], resources: [{ ...resource, discrepancy }] });
    expect(shown("dashboard", "doubts")).toContain("1 resource and 1 transfer do not add up, as marked below.");
    tell({});
    expect(shown("dashboard", "doubts")).toBeNull();
  });

  it("says when peers disagree about what they gave and took of a resource", async () => {
    await openLive();
    const sentence = "Self-reported: peers say they gave 10,000 bytes of it and took 1,000.";
    const place = document.querySelector<HTMLElement>("[data-dashboard-target='resources'] .discrepancy");
    expect(place?.hidden).toBe(true);
    const [resource] = overview.resources;
    tell({ resources: [{ ...resource, discrepancy: sentence }] });
    expect(place?.hidden).toBe(false);
    expect(place?.textContent).toBe(`Does not add up ${sentence}`);
  });

  it("goes on after a lost connection and a spoilt message", async () => {
    await open({});
    await eventually(() => {
      expect(shown("dashboard", "problem")).toBe("Nothing here.");
    });
    events.dispatchEvent(new Event("error"));
    expect(shown("dashboard", "live")).toContain("Connection lost");
    tell({});
    expect(shown("dashboard", "live")).toBe("Live");
    expect(shown("dashboard", "problem")).toBeNull();
    events.dispatchEvent(new MessageEvent("overview", { data: "not json" }));
    expect(shown("dashboard", "offload")).toBe("75 %");
  });

  it("asks why a stream was refused, shows the figures meanwhile, and opens it again, later each time", async () => {
    await openLive();
    for (const [number, wait] of [2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000].entries()) {
      refuse();
      expect(shown("dashboard", "live")).toMatch(/^Not live; trying again in /);
      await eventually(() => {
        expect(waits.map((each) => each.milliseconds)[number]).toBe(wait);
      });
      expect(shown("dashboard", "problem")).toBeNull();
      waits[number]?.action();
      expect(opened).toBe(number + 2);
    }
    tell({});
    expect(shown("dashboard", "live")).toBe("Live");
    refuse();
    expect(shown("dashboard", "live")).toBe("Not live; trying again in 2 s");
  });

  it("says that the session has ended, and does not come back", async () => {
    await open({ "/api/v1/measurement/overview": overview }, 401);
    await eventually(() => {
      expect(shown("dashboard", "problem")).not.toBeNull();
    });
    refuse();
    await eventually(() => {
      expect(shown("dashboard", "live")).toBe("Your session has ended");
    });
    expect(waits).toEqual([]);
  });
});
