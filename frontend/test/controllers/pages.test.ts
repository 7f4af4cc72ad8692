// @vitest-environment happy-dom
import type { Application } from "@hotwired/stimulus";
import { afterEach, describe, expect, it } from "vitest";
import { Membership } from "../../src/controllers/membership";
import { failuresInWords } from "../../src/controllers/failure-words";
import { limitsController } from "../../src/controllers/limits";
import { peerController } from "../../src/controllers/peer";
import { openPage, press, shown, start } from "./page";
import { transferView } from "./views";
import { WrittenMesh } from "./written-mesh";
import { eventually } from "../eventually";

let application: Application | undefined;

afterEach(() => {
  application?.stop();
});

describe("my peer", () => {
  it("joins and leaves, and lists what it holds, its links and transfers", async () => {
    const mesh = new WrittenMesh();
    openPage("mesh", "peer");
    const membership = new Membership(mesh, { get: () => null, set: () => undefined }, "mia");
    application = start("peer", peerController(mesh, membership));
    await eventually(() => {
      expect(shown("peer", "noHeld")).toContain("Nothing yet");
    });
    press("peer#join");
    await eventually(() => {
      expect(shown("peer", "leave")).toBe("Leave the mesh");
    });
    const held = {
      content: "c",
      resource: "r",
      name: "film.mp4",
      size: 4096,
      held: 4096,
      served: 1024,
      pinned: false,
      onRequest: false,
      usedAt: 0,
    };
    const link = { peer: "AbCdEf", content: "c", status: "open", roundTripMillis: 3.4, received: 0, sent: 1024 };
    mesh.show({ held: [held], links: [{ ...link, path: "host" }], transfers: [transferView()], sent: 1024 });
    expect(shown("peer", "standing")).toBe("This browser is a peer. It serves 1 file.");
    mesh.show({ held: [{ ...held, held: 2048 }] });
    expect(shown("peer", "standing")).toBe("This browser is a peer. It serves 1 file.");
    mesh.show({ held: [held] });
    expect(shown("peer", "held")).toContain("film.mp44.0 KiB1.0 KiB");
    expect(shown("peer", "links")).toContain("direct, same network3 ms");
    expect(shown("peer", "sent")).toBe("1.0 KiB");
    expect(shown("peer", "visit")).toBeNull();
    mesh.show({ storage: "this-visit" });
    expect(shown("peer", "visit")).toContain("until this tab closes");
    document.querySelector<HTMLElement>("input[aria-label='Keep film.mp4 available for others']")?.click();
    document.querySelector<HTMLElement>("button[aria-label='Forget film.mp4']")?.click();
    press("peer#leave");
    await eventually(() => {
      expect(mesh.commands).toEqual(["join", "pin c", "forget c", "leave"]);
    });
  });
});

describe("my peer, put out of the mesh", () => {
  it("says by whom, and may join again", async () => {
    const mesh = new WrittenMesh();
    openPage("mesh", "peer");
    const membership = new Membership(mesh, { get: () => null, set: () => undefined }, "mia");
    application = start("peer", peerController(mesh, membership));
    mesh.show({ status: "off", problem: "forbidden" });
    await eventually(() => {
      expect(shown("peer", "problem")).toContain("An administrator has put this browser out of the mesh");
    });
    expect(shown("peer", "join")).toBe("Join the mesh");
  });
});

describe("limits", () => {
  const field = (target: string): HTMLInputElement => {
    const found = document.querySelector<HTMLInputElement>(`[data-limits-target="${target}"]`);
    if (found === null) throw new Error(`limits has no ${target}`);
    return found;
  };
  const type = (target: string, value: string): void => {
    field(target).value = value;
    field(target).dispatchEvent(new Event("change", { bubbles: true }));
  };

  async function opened(): Promise<WrittenMesh> {
    const mesh = new WrittenMesh();
    openPage("mesh", "limits");
    application = start("limits", limitsController(mesh));
    await eventually(() => {
      expect(application?.controllers).toHaveLength(1);
    });
    return mesh;
  }

  it("are set as they are typed, in MiB and GiB, and an empty field is none", async () => {
    const mesh = await opened();
    type("upload", "1.5");
    type("disk", "2");
    expect(mesh.view().limits).toMatchObject({ uploadBytesPerSecond: 1_572_864, diskBytes: 2_147_483_648 });
    expect(mesh.view().limits.downloadBytesPerSecond).toBeNull();
    type("upload", "");
    expect(mesh.view().limits.uploadBytesPerSecond).toBeNull();
    mesh.show({ limits: { ...mesh.view().limits, downloadBytesPerSecond: 500_000 } });
    expect(field("download").value).toBe("0.477");
  });

  it("offer to pause only on what the browser tells", async () => {
    const mesh = await opened();
    expect(shown("limits", "pauses")).toBeNull();
    mesh.show({ supply: { onBattery: false } });
    expect(shown("limits", "batteryRow")).toContain("battery");
    expect(shown("limits", "meteredRow")).toBeNull();
    field("battery").checked = true;
    field("battery").dispatchEvent(new Event("change", { bubbles: true }));
    expect(mesh.view().limits).toMatchObject({ pauseOnBattery: true, pauseOnMetered: false });
  });
});

describe("attempts that failed", () => {
  it("are told in plain words, the same reason once", () => {
    expect(failuresInWords([])).toBe("");
    expect(failuresInWords([{ code: "unreachable", count: 3 }])).toContain(
      "3 attempts to open a link failed: no direct path.",
    );
    const many = failuresInWords([
      { code: "ticket-expired", count: 1 },
      { code: "unreachable", count: 4 },
      { code: "ticket-peer", count: 1 },
    ]);
    expect(many).toContain("6 attempts to open a link failed: no direct path (4), a ticket was not accepted (2).");
  });
});
