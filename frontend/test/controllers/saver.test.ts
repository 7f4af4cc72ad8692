import { describe, expect, it, vi } from "vitest";
import { Membership } from "../../src/controllers/membership";
import { Saver } from "../../src/controllers/saver";
import type { SavedFile } from "../../src/mesh/ports";
import { MeshProblem } from "../../src/protocol/problems";
import { transferView } from "./views";
import { WrittenMesh } from "./written-mesh";

function saverOf(mesh: WrittenMesh) {
  const handed: string[] = [];
  const released: string[] = [];
  const later: (() => void)[] = [];
  const hand = (file: SavedFile) => {
    handed.push(file.name);
    return () => void released.push(file.name);
  };
  const saver = new Saver({ mesh, hand, later: (_, action) => later.push(action) });
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
    await vi.waitFor(() => {
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
