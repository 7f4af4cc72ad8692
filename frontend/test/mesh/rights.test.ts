import { beforeAll, describe, expect, it } from "vitest";
import { ASK_AGAIN_MILLIS } from "../../src/mesh/core/constants";
import { bytesOf, manifestOf } from "./files";
import type { HubFile } from "./virtual-hub";
import { type VirtualPeer, World } from "./world";

const RESOURCE = "0b5f1d0e-7a52-4e57-9a43-3a9f2d9c1b77";

let file: HubFile;

beforeAll(async () => {
  const bytes = bytesOf(300_000);
  file = { resource: RESOURCE, bytes, manifest: await manifestOf(bytes) };
});

/** A peer that holds the file, and whose right to it has just been taken away. */
function refused(): { w: World; seeder: VirtualPeer; content: string; entered: () => boolean; asked: () => number } {
  const w = new World();
  w.hub.add(file);
  const seeder = w.peer("seeder").seed(file).join();
  w.run(1_000);
  const content = file.manifest.contentId;
  const swarm = () => seeder.state.swarms.get(content);
  const asked = () => seeder.effects.filter((each) => each.do === "send-hub" && each.message.type === "enter").length;
  expect(swarm()?.entered).toBe(true);
  w.hub.denied.add(seeder.member);
  w.hub.revoke([{ member: seeder.member, content }]);
  w.run(500);
  expect(swarm()?.refused).toBe("not-found");
  return { w, seeder, content, entered: () => swarm()?.entered === true, asked };
}

describe("a right that comes back", () => {
  it("is used at once when the hub says so, and whoever fetches is served again", () => {
    const { w, seeder, content, entered } = refused();
    expect(seeder.view.held).toMatchObject([{ content, refused: "not-found" }]);
    w.hub.denied.clear();
    w.hub.permit(content);
    w.run(100);
    expect(entered()).toBe(true);
    expect(seeder.view.held[0]).not.toHaveProperty("refused");
    const receiver = w.peer("receiver").join();
    w.run(500);
    receiver.fetch(RESOURCE);
    w.run(20_000, () => receiver.transfer.state === "completed");
    expect(receiver.transfer).toMatchObject({ state: "completed", fromHub: 0 });
    expect(seeder.view.sent).toBeGreaterThan(0);
  });

  it("is found out after a minute when the hub could not say so", () => {
    const { w, entered } = refused();
    w.hub.denied.clear();
    w.run(ASK_AGAIN_MILLIS - 2_000);
    expect(entered()).toBe(false);
    w.run(3_000);
    expect(entered()).toBe(true);
  });

  it("is asked for less and less often while it does not", () => {
    const { w, entered, asked } = refused();
    const before = asked();
    w.run(8 * ASK_AGAIN_MILLIS);
    expect(asked() - before).toBe(3);
    expect(entered()).toBe(false);
  });

  it("of a content that was never refused changes nothing", () => {
    const w = new World();
    w.hub.add(file);
    const seeder = w.peer("seeder").seed(file).join();
    w.run(1_000);
    const before = seeder.effects.length;
    w.hub.permit(file.manifest.contentId);
    w.hub.permit("cd".repeat(32));
    w.run(100);
    expect(seeder.effects.slice(before).filter((each) => each.do === "send-hub")).toEqual([]);
  });
});

describe("a peer that an administrator drops", () => {
  it("stays away until somebody joins again", () => {
    const w = new World();
    w.hub.add(file);
    const seeder = w.peer("seeder").seed(file).join();
    w.run(1_000);
    w.hub.drop(seeder.view.peer ?? "");
    w.run(5_000);
    expect(seeder.view).toMatchObject({ status: "off", problem: "forbidden", links: [] });
    seeder.join();
    w.run(1_000);
    expect(seeder.view.status).toBe("joined");
  });
});
