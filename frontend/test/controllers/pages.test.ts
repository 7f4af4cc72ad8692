// @vitest-environment happy-dom
import type { Application } from "@hotwired/stimulus";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Hub } from "../../src/api/hub";
import { dashboardController } from "../../src/controllers/dashboard";
import { Membership } from "../../src/controllers/membership";
import { peerController } from "../../src/controllers/peer";
import { tokensController } from "../../src/controllers/account";
import { openPage, press, shown, start } from "./page";
import { transferView } from "./views";
import { WrittenMesh } from "./written-mesh";

let application: Application | undefined;

afterEach(() => {
  application?.stop();
});

function hubOf(answers: Record<string, object>): Hub {
  return new Hub({
    fetch: (path) => {
      const answer = answers[path];
      const missing = new Response(JSON.stringify({ code: "not-found", detail: "Nothing here." }), { status: 404 });
      return Promise.resolve(answer === undefined ? missing : new Response(JSON.stringify(answer)));
    },
    csrf: () => null,
    signedOut: () => undefined,
  });
}

const transfer = {
  transfer: "t",
  model: "peers",
  resource: "r",
  name: "film.mp4",
  member: "mia",
  size: 4096,
  fromHub: 1024,
  fromPeers: 3072,
  wasted: 0,
  state: "completed",
  startedAt: "2026-01-01T00:00:00Z",
  updatedAt: "2026-01-01T00:00:02Z",
  durationMillis: 2000,
};

const overview = {
  hub: { egressBytes: 5120, downloads: 1 },
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

describe("dashboard", () => {
  const events = new EventTarget();
  const open = async (answers: Record<string, object>): Promise<void> => {
    openPage("dashboard", "dashboard", { events: "/events" });
    const stream = Object.assign(events, { close: () => undefined });
    application = start(
      "dashboard",
      dashboardController(hubOf(answers), () => stream as unknown as EventSource),
    );
    await vi.waitFor(() => {
      expect(application?.controllers).toHaveLength(1);
    });
  };

  it("shows one resource under both models, and each transfer in two colours", async () => {
    await open({ "/api/v1/measurement/overview": overview });
    await vi.waitFor(() => {
      expect(shown("dashboard", "offload")).toBe("75 %");
    });
    expect(shown("dashboard", "egress")).toBe("5.0 KiB");
    const resource = document.querySelector("[data-dashboard-target='resources']")?.textContent;
    expect(resource).toContain("4.0 KiB · 1 download");
    expect(resource).toContain("1.0 KiB hub + 3.0 KiB peers · 1 download");
    expect(resource).toContain("2 peers hold it");
    expect(document.querySelector("[data-dashboard-target='transfers']")?.textContent).toContain("Complete in 2 s");
  });

  it("follows the events and says when figures do not add up", async () => {
    await open({});
    await vi.waitFor(() => {
      expect(shown("dashboard", "problem")).toBe("Nothing here.");
    });
    events.dispatchEvent(new Event("error"));
    expect(shown("dashboard", "live")).toContain("Connection lost");
    const odd = { ...overview, transfers: [{ ...transfer, fromPeers: 3000 }] };
    events.dispatchEvent(new MessageEvent("overview", { data: JSON.stringify(odd) }));
    expect(shown("dashboard", "live")).toBe("Live");
    expect(shown("dashboard", "problem")).toBeNull();
    expect(document.querySelector("[data-dashboard-target='transfers']")?.textContent).toContain("do not add up");
    events.dispatchEvent(new MessageEvent("overview", { data: "not json" }));
    expect(shown("dashboard", "offload")).toBe("75 %");
  });
});

describe("my peer", () => {
  it("joins and leaves, and lists what it holds, its links and transfers", async () => {
    const mesh = new WrittenMesh();
    openPage("mesh", "peer");
    const membership = new Membership(mesh, { get: () => null, set: () => undefined }, "mia");
    application = start("peer", peerController(mesh, membership));
    await vi.waitFor(() => {
      expect(shown("peer", "noHeld")).toContain("Nothing yet");
    });
    press("peer#join");
    await vi.waitFor(() => {
      expect(shown("peer", "leave")).toBe("Leave the mesh");
    });
    const held = { content: "c", resource: "r", name: "film.mp4", size: 4096, held: 4096, served: 1024 };
    const link = { peer: "AbCdEf", content: "c", status: "open", roundTripMillis: 3.4, received: 0, sent: 1024 };
    mesh.show({ held: [held], links: [{ ...link, path: "host" }], transfers: [transferView()], sent: 1024 });
    expect(shown("peer", "standing")).toBe("This tab is a peer. It serves 1 file.");
    expect(shown("peer", "held")).toContain("film.mp44.0 KiB1.0 KiB");
    expect(shown("peer", "links")).toContain("direct, same network3 ms");
    expect(shown("peer", "sent")).toBe("1.0 KiB");
    document.querySelector<HTMLElement>("button[aria-label='Forget film.mp4']")?.click();
    press("peer#leave");
    await vi.waitFor(() => {
      expect(mesh.commands).toEqual(["join", "forget c", "leave"]);
    });
  });
});

describe("tokens", () => {
  it("are listed, and made only with a name", async () => {
    openPage("account", "tokens");
    const token = { id: "1", name: "<b>nightly</b>", createdAt: "2026-01-01T00:00:00Z" };
    application = start("tokens", tokensController(hubOf({ "/api/v1/tokens": { items: [token] } })));
    await vi.waitFor(() => {
      expect(shown("tokens", "rows")).toContain("<b>nightly</b>");
    });
    document.querySelector("form")?.requestSubmit();
    await vi.waitFor(() => {
      expect(shown("tokens", "created")).toBeNull();
    });
  });
});
