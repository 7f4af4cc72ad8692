import { describe, expect, it } from "vitest";
import { Membership } from "../../src/controllers/membership";
import { type ChosenFile, Saver, type SaverPorts } from "../../src/controllers/saver";
import type { SavedFile } from "../../src/mesh/ports";
import { MeshProblem } from "../../src/protocol/problems";
import { transferView } from "./views";
import { WrittenMesh } from "./written-mesh";
import { eventually } from "../eventually";

function saverOf(mesh: WrittenMesh, choose: SaverPorts["choose"] = null) {
  const handed: string[] = [];
  const released: string[] = [];
  const later: (() => void)[] = [];
  const hand = (file: SavedFile) => {
    handed.push(file.name);
    return () => void released.push(file.name);
  };
  const saver = new Saver({ mesh, choose, hand, later: (_, action) => later.push(action) });
  return { saver, handed, released, later };
}

describe("saver", () => {
  it("hands a wanted file over once it is complete, once, and releases it later", async () => {
    const mesh = new WrittenMesh();
    const { saver, handed, released, later } = saverOf(mesh);
    saver.whenComplete("transfer-1");
    mesh.show({ transfers: [transferView()] });
    expect(mesh.commands).toEqual([]);
    mesh.show({ transfers: [transferView({ state: "completed" })] });
    mesh.show({ transfers: [transferView({ state: "completed" })] });
    await eventually(() => {
      expect(handed).toEqual(["film.mp4"]);
    });
    expect(mesh.commands).toEqual(["save c"]);
    expect(released).toEqual([]);
    later.forEach((action) => {
      action();
    });
    expect(released).toEqual(["film.mp4"]);
  });

  it("saves nothing that was not asked for or was cancelled", () => {
    const mesh = new WrittenMesh();
    const { saver } = saverOf(mesh);
    mesh.show({ transfers: [transferView({ state: "completed" })] });
    mesh.show({ transfers: [transferView({ state: "cancelled" })] });
    saver.whenComplete("transfer-1");
    mesh.show({ transfers: [transferView({ state: "completed" })] });
    expect(mesh.commands).toEqual([]);
  });
});

describe("saving to a place of the person's choice", () => {
  /** A chosen file that takes one piece each time it is let. */
  function place() {
    const written: number[] = [];
    const endings: string[] = [];
    let more: () => void = () => undefined;
    const file: ChosenFile = {
      createWritable: () =>
        Promise.resolve(
          new WritableStream<Uint8Array>({
            write: async (piece) => {
              await new Promise<void>((resolve) => (more = resolve));
              written.push(piece.length);
            },
            close: () => void endings.push("closed"),
            abort: () => void endings.push("aborted"),
          }),
        ),
    };
    const letOne = (): void => {
      more();
    };
    return { file, written, endings, letOne };
  }

  it("asks within the click, before anything else, and streams the file there", async () => {
    const mesh = new WrittenMesh();
    const { file, written, endings, letOne } = place();
    const { saver, handed } = saverOf(mesh, (name) => {
      expect(name).toBe("film.mp4");
      expect(mesh.commands).toEqual([]);
      return Promise.resolve(file);
    });
    const seen: (number | null | undefined)[] = [];
    saver.subscribe(() => seen.push(saver.saving("c")?.written));
    const saving = saver.save("c", "film.mp4");
    await eventually(() => {
      letOne();
      expect(endings).toEqual(["closed"]);
    });
    await saving;
    expect([written, handed]).toEqual([[1], []]);
    expect(seen).toEqual([null, 1, undefined]);
    expect(saver.saving("c")).toBeNull();
  });

  it("stops when the person says so, and leaves no half file", async () => {
    const { file, endings, letOne } = place();
    const mesh = new WrittenMesh();
    mesh.save = () =>
      Promise.resolve({ name: "film.mp4", bytes: new Blob([new Uint8Array(9), new Uint8Array(9), new Uint8Array(9)]) });
    const { saver } = saverOf(mesh, () => Promise.resolve(file));
    const saving = saver.save("c", "film.mp4");
    await eventually(() => {
      expect(saver.saving("c")?.written).toBeGreaterThan(0);
    });
    saver.stop("c");
    letOne();
    await saving;
    expect([endings, saver.saving("c")]).toEqual([["aborted"], null]);
  });

  it("saves nothing when the person thinks better of it", async () => {
    const mesh = new WrittenMesh();
    const no = () => Promise.reject(new DOMException("no", "AbortError"));
    const { saver, handed } = saverOf(mesh, no);
    await saver.save("c", "film.mp4");
    expect([mesh.commands, handed]).toEqual([[], []]);
  });

  it("hands the file to the browser when it may not be asked", async () => {
    const refusal = () => Promise.reject(new DOMException("no click", "SecurityError"));
    const { saver, handed } = saverOf(new WrittenMesh(), refusal);
    await saver.save("c", "film.mp4");
    expect(handed).toEqual(["film.mp4"]);
  });

  it("says why it failed", async () => {
    const mesh = new WrittenMesh();
    mesh.save = () => Promise.reject(new MeshProblem("content-damaged"));
    const { saver } = saverOf(mesh, () => Promise.resolve(place().file));
    await expect(saver.save("c", "film.mp4")).rejects.toMatchObject({ code: "content-damaged" });
    expect(saver.saving("c")).toBeNull();
  });
});

describe("membership", () => {
  it("remembers joining for one account, until it leaves", async () => {
    const kept = new Map<string, string>();
    const memory = {
      get: (key: string) => kept.get(key) ?? null,
      set: (key: string, value: string | null) => {
        if (value === null) kept.delete(key);
        else kept.set(key, value);
      },
    };
    const mesh = new WrittenMesh();
    const membership = new Membership(mesh, memory, "mia");
    expect(membership.remembered()).toBe(false);
    await membership.join();
    expect(membership.remembered()).toBe(true);
    expect(new Membership(mesh, memory, "bo").remembered()).toBe(false);
    await membership.leave();
    expect(membership.remembered()).toBe(false);
  });

  it("does not remember a join that was refused", async () => {
    const mesh = new WrittenMesh();
    mesh.joinRefusal = new MeshProblem("insecure-context");
    const kept: string[] = [];
    const membership = new Membership(mesh, { get: () => null, set: (key) => void kept.push(key) }, "mia");
    await expect(membership.join()).rejects.toThrow();
    expect(kept).toEqual([]);
  });
});
