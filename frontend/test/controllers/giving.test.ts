// @vitest-environment happy-dom
import type { Application } from "@hotwired/stimulus";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { KeptCopies } from "../../src/api/shapes";
import { givingController } from "../../src/controllers/giving";
import { keptCopiesController } from "../../src/controllers/kept-copies";
import { NO_LIMITS } from "../../src/mesh/core/limits";
import { openPage, shown, start } from "./page";
import { WrittenMesh } from "./written-mesh";
import { eventually } from "../eventually";

const GIB = 1024 ** 3;

let application: Application | null = null;

afterEach(() => {
  application?.stop();
});

function field(selector: string): HTMLInputElement {
  const found = document.querySelector<HTMLInputElement>(selector);
  if (found === null) throw new Error(`There is no ${selector}`);
  return found;
}

function submit(controller: string): void {
  document
    .querySelector(`[data-controller="${controller}"] form`)
    ?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
}

describe("disk given on request", () => {
  it("is shown and set in GiB, and leaves the other limits alone", async () => {
    const mesh = new WrittenMesh();
    const set = vi.spyOn(mesh, "setLimits");
    const limits = { ...NO_LIMITS, diskBytes: 7, giveBytes: 1.5 * GIB };
    mesh.show({ limits });
    openPage("mesh", "giving");
    application = start("giving", givingController(mesh));
    const size = "[data-giving-target=size]";
    await eventually(() => {
      expect(field(size).value).toBe("1.5");
    });
    expect(shown("giving", "asked")).toBe("Nothing is kept on request now.");
    field(size).value = "2.25";
    mesh.show({ limits });
    expect(field(size).value).toBe("2.25");
    submit("giving");
    expect(set).toHaveBeenCalledWith({ ...limits, giveBytes: 2.25 * GIB });
    field(size).value = "";
    submit("giving");
    expect(set).toHaveBeenLastCalledWith({ ...limits, giveBytes: 0 });
  });

  it("says what is kept on request", async () => {
    const mesh = new WrittenMesh();
    openPage("mesh", "giving");
    application = start("giving", givingController(mesh));
    const held = { resource: "r", name: "film.mp4", size: 2 * GIB, held: 1, served: 0, pinned: false, usedAt: 0 };
    mesh.show({
      held: [
        { ...held, content: "a", onRequest: true },
        { ...held, content: "b", onRequest: false },
      ],
    });
    await eventually(() => {
      expect(shown("giving", "asked")).toContain("1 file, 2.00 GiB, kept on request");
    });
  });
});

describe("copies kept on peers", () => {
  it("are shown and set, and what the hub refuses is said", async () => {
    let now: KeptCopies = { copies: 2, holding: 1 };
    const hub = {
      keptCopies: () => Promise.resolve({ ok: true as const, value: now }),
      setKeptCopies: (_: string, copies: number) => {
        if (copies > 16)
          return Promise.resolve({
            ok: false as const,
            problem: { status: 400, code: "invalid-value", detail: "Say how many copies: 0 to 16." },
          });
        now = { copies, holding: 3 };
        return Promise.resolve({ ok: true as const, value: now });
      },
    };
    openPage("resource", "kept-copies", { resource: "r" });
    application = start("kept-copies", keptCopiesController(hub));
    const copies = "[data-kept-copies-target=copies]";
    await eventually(() => {
      expect(shown("kept-copies", "holding")).toBe("1 peer holds all of it now.");
    });
    expect(field(copies).value).toBe("2");
    field(copies).value = "4";
    submit("kept-copies");
    await eventually(() => {
      expect(shown("kept-copies", "holding")).toBe("3 peers hold all of it now.");
    });
    field(copies).value = "17";
    submit("kept-copies");
    await eventually(() => {
      expect(shown("kept-copies", "problem")).toBe("Say how many copies: 0 to 16.");
    });
    expect(now.copies).toBe(4);
  });
});
