// @vitest-environment happy-dom
import type { Application } from "@hotwired/stimulus";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { downloadController } from "../../src/controllers/download";
import { Membership } from "../../src/controllers/membership";
import { Saver } from "../../src/controllers/saver";
import type { SavedFile } from "../../src/mesh/ports";
import { MeshProblem } from "../../src/protocol/problems";
import { openPage, press, shown, start } from "./page";
import { transferView } from "./views";
import { WrittenMesh } from "./written-mesh";
import { eventually } from "../eventually";

let application: Application;
/** Has the hub show the file's page. */
let show: () => Promise<void>;
let mesh: WrittenMesh;
let handed: string[];
let remembered: string | null;
/** Plain downloads that the browser was told to begin. */
let plain: number;

beforeEach(async () => {
  mesh = new WrittenMesh();
  handed = [];
  remembered = null;
  plain = 0;
  const hand = (file: SavedFile) => {
    handed.push(file.name);
    return () => undefined;
  };
  const saver = new Saver({ mesh, choose: null, hand, later: () => undefined });
  const membership = new Membership(mesh, { get: () => remembered, set: (_, value) => (remembered = value) }, "mia");
  show = async () => {
    openPage("resource", "download", { resource: "r", name: "film.mp4", content: "c" });
    application = start("download", downloadController(mesh, membership, saver));
    await eventually(() => {
      expect(application.controllers).toHaveLength(1);
    });
  };
  await show();
});

afterEach(() => {
  application.stop();
});

/** Counts the downloads that the links of the card begin; the page itself stays. */
function countPlain(): void {
  for (const link of document.querySelectorAll("a")) {
    link.addEventListener("click", (event) => {
      if (!event.defaultPrevented) plain++;
      event.preventDefault();
    });
  }
}

/** Which of the ways to download are switched off. */
function off(): (string | null)[] {
  return ["automatic", "hub", "fetch"].map((target) => {
    const place = document.querySelector(`[data-download-target="${target}"]`);
    return place instanceof HTMLButtonElement ? String(place.disabled) : (place?.getAttribute("aria-disabled") ?? null);
  });
}

describe("automatically", () => {
  beforeEach(countPlain);

  it("starts at once where this browser is a peer", () => {
    mesh.show({ status: "joined" });
    press("download#automatic");
    expect([mesh.commands, plain]).toEqual([["fetch r automatic"], 0]);
  });

  it("asks once, and joins and fetches when the person agrees", async () => {
    press("download#automatic");
    expect(shown("download", "consent")).toContain("network address");
    expect(shown("download", "justFromHub")).toBe("Just from the hub");
    press("download#joinAndFetch");
    await eventually(() => {
      expect(mesh.commands).toEqual(["join", "fetch r automatic"]);
    });
    expect([remembered, plain]).toEqual(["joined", 0]);
  });

  it("is the plain download where the person would rather not join, without asking again", () => {
    press("download#automatic");
    press("download#justFromHub");
    expect([shown("download", "consent"), plain, remembered]).toEqual([null, 1, "hub"]);
    press("download#automatic");
    expect([shown("download", "consent"), plain]).toEqual([null, 2]);
    press("download#fetch");
    expect(shown("download", "consent")).toContain("network address");
    expect(shown("download", "justFromHub")).toBeNull();
    expect(mesh.commands).toEqual([]);
  });

  it("and every other way is switched off while it runs, or once the file is gone", () => {
    mesh.show({ status: "joined" });
    expect(off()).toEqual([null, null, "false"]);
    mesh.show({ transfers: [transferView()] });
    expect(off()).toEqual(["true", null, "true"]);
    mesh.show({ transfers: [transferView({ state: "failed", problem: "hub-unreachable" })] });
    expect(off()).toEqual([null, null, "false"]);
    mesh.show({ transfers: [transferView({ state: "failed", problem: "not-found" })] });
    expect(off()).toEqual(["true", "true", "true"]);
    expect(shown("download", "problem")).toContain("deleted");
    press("download#automatic");
    press("download#follow");
    expect([mesh.commands, plain]).toEqual([[], 0]);
  });

  it("is offered again once the hub shows the page again", async () => {
    mesh.show({ status: "joined", transfers: [transferView({ state: "failed", problem: "access-revoked" })] });
    expect(off()).toEqual(["true", "true", "true"]);
    application.stop();
    await show();
    expect(off()).toEqual([null, null, "false"]);
    mesh.show({ transfers: [transferView({ transfer: "next", state: "failed", problem: "access-revoked" })] });
    expect(off()).toEqual(["true", "true", "true"]);
  });
});

describe("a file that is merely held and was withdrawn", () => {
  const held = {
    content: "c",
    resource: "r",
    name: "film.mp4",
    size: 10,
    held: 10,
    served: 0,
    pinned: true,
    onRequest: false,
    usedAt: 0,
  };
  const pin = (): boolean | undefined =>
    document.querySelector<HTMLInputElement>('[data-download-target="pin"]')?.disabled;

  it("has its ways switched off, and says that nobody is given it", () => {
    mesh.show({ status: "joined", held: [held] });
    expect([off(), pin()]).toEqual([[null, null, "false"], false]);
    mesh.show({ held: [{ ...held, refused: "access-revoked" }] });
    expect([off(), pin()]).toEqual([["true", "true", "true"], true]);
    expect(shown("download", "keptWords")).toBe(
      "This browser still has the file, and gives it to nobody. Your access to this file was taken away.",
    );
    mesh.show({ held: [held] });
    expect([off(), pin()]).toEqual([[null, null, "false"], false]);
  });

  it("is offered again once the hub shows the page again, until the hub refuses it anew", async () => {
    mesh.show({ status: "joined", held: [{ ...held, refused: "access-revoked" }] });
    application.stop();
    await show();
    expect(off()).toEqual([null, null, "false"]);
    mesh.show({ held: [held] });
    mesh.show({ held: [{ ...held, refused: "access-revoked" }] });
    expect(off()).toEqual(["true", "true", "true"]);
  });

  it("keeps its other ways where only peer delivery was switched off", () => {
    mesh.show({ status: "joined", held: [{ ...held, refused: "peer-delivery-off" }] });
    expect(off()).toEqual([null, null, "false"]);
    expect(shown("download", "keptWords")).toContain("Peer delivery is switched off");
  });
});

describe("from peers", () => {
  it("asks for consent first, and joins and fetches in one step", async () => {
    press("download#fetch");
    expect(shown("download", "consent")).toContain("network address");
    expect(mesh.commands).toEqual([]);
    press("download#joinAndFetch");
    await eventually(() => {
      expect(mesh.commands).toEqual(["join", "fetch r peers"]);
    });
    expect(shown("download", "consent")).toBeNull();
  });

  it("fetches nothing when the person declines or the mesh refuses", async () => {
    press("download#fetch");
    press("download#decline");
    expect(shown("download", "consent")).toBeNull();
    mesh.joinRefusal = new MeshProblem("insecure-context");
    press("download#fetch");
    press("download#joinAndFetch");
    await eventually(() => {
      expect(shown("download", "problem")).toContain("https");
    });
    expect(mesh.commands).toEqual(["join"]);
  });

  it("shows the bytes of both models, every source, and lets the person pause and cancel", () => {
    mesh.show({ status: "joined" });
    const sources = [
      { kind: "peer" as const, id: "AbCdEfGhIjKlMnOpQrStUv", bytes: 3072, bytesPerSecond: 1024 },
      { kind: "hub" as const, id: "hub", bytes: 1024, bytesPerSecond: 0 },
    ];
    const running = { size: 8192, fromHub: 1024, fromPeers: 3072, bytesPerSecond: 1024, secondsLeft: 4, sources };
    mesh.show({ transfers: [transferView({ size: 0 })] });
    expect([shown("download", "state"), shown("download", "figures")]).toEqual(["Starting…", ""]);
    mesh.show({ transfers: [transferView(running)] });
    expect(shown("download", "figures")).toBe("4.0 KiB of 8.0 KiB · 50 % · 1.0 KiB/s · 4 s left");
    expect([shown("download", "fromHub"), shown("download", "fromPeers")]).toEqual(["1.0 KiB", "3.0 KiB"]);
    const rows = [...document.querySelectorAll("[data-download-target='sourceRows'] tr")];
    expect(rows.map((row) => row.textContent)).toEqual(["Peer AbCdEf3.0 KiB1.0 KiB/s", "Hub1.0 KiB–"]);
    press("download#pause");
    mesh.show({ transfers: [transferView({ ...running, state: "paused" })] });
    expect([shown("download", "pause"), shown("download", "resume")]).toEqual([null, "Resume"]);
    press("download#resume");
    press("download#cancel");
    expect(mesh.commands).toEqual(["pause transfer-1", "resume transfer-1", "cancel transfer-1"]);
  });

  it("saves by itself when complete, offers it again, and says that the file is kept for others", async () => {
    mesh.show({ status: "joined" });
    press("download#fetch");
    const held = [
      {
        content: "c",
        resource: "r",
        name: "film.mp4",
        size: 10,
        held: 10,
        served: 2048,
        pinned: false,
        onRequest: false,
        usedAt: 0,
      },
    ];
    mesh.show({ transfers: [transferView({ state: "completed" })], held });
    await eventually(() => {
      expect(handed).toEqual(["film.mp4"]);
    });
    expect(shown("download", "state")).toBe("Complete, every chunk verified");
    expect(shown("download", "keptWords")).toContain("2.0 KiB given so far");
    press("download#save");
    await eventually(() => {
      expect(handed).toHaveLength(2);
    });
    mesh.show({ storage: "this-visit" });
    expect(shown("download", "keptWords")).toContain("only until this tab closes");
    document.querySelector<HTMLElement>("[data-download-target='pin']")?.click();
    await eventually(() => {
      expect(mesh.commands).toContain("pin c");
    });
    press("download#forget");
    expect(mesh.commands).toContain("forget c");
    mesh.show({ held: [] });
    expect([shown("download", "kept"), shown("download", "save")]).toEqual([null, null]);
  });

  it("transfers nothing when the whole file is here, and offers to save it", async () => {
    const held = [
      {
        content: "c",
        resource: "r",
        name: "film.mp4",
        size: 10,
        held: 10,
        served: 0,
        pinned: false,
        onRequest: false,
        usedAt: 0,
      },
    ];
    mesh.show({ status: "joined", held });
    expect([shown("download", "here"), shown("download", "save")]).toEqual([null, "Save to disk"]);
    press("download#fetch");
    expect(shown("download", "here")).toContain("already here");
    expect(mesh.commands).toEqual([]);
    expect(document.activeElement?.textContent).toBe("Save to disk");
    press("download#save");
    await eventually(() => {
      expect(handed).toEqual(["film.mp4"]);
    });
    mesh.show({ held: [] });
    expect(shown("download", "here")).toBeNull();
  });

  it("counts what was there before the transfer, and names it only then", () => {
    mesh.show({ status: "joined", transfers: [transferView({ size: 4096, fromHub: 1024, fromPeers: 0 })] });
    expect(shown("download", "heldKey")).toBeNull();
    mesh.show({ transfers: [transferView({ size: 4096, held: 1024, fromHub: 1024, fromPeers: 0 })] });
    expect(shown("download", "heldKey")).toBe("There before 1.0 KiB");
    expect(shown("download", "figures")).toContain("2.0 KiB of 4.0 KiB · 50 %");
  });

  it("says why a transfer stopped", () => {
    mesh.show({ transfers: [transferView({ state: "failed", problem: "access-revoked" })] });
    expect(shown("download", "problem")).toContain("taken away");
  });

  it("is not offered where a manager switched it off", () => {
    const button = document.querySelector<HTMLButtonElement>("[data-download-target='fetch']");
    button?.setAttribute("data-off", "true");
    if (button) button.disabled = true;
    mesh.show({ status: "joined" });
    expect(button?.disabled).toBe(true);
  });
});
