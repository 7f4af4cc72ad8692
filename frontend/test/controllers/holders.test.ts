// @vitest-environment happy-dom
import { expect, it } from "vitest";
import { holdersController } from "../../src/controllers/holders";
import { hubOf } from "./hub-of";
import { start } from "./page";
import { WrittenMesh } from "./written-mesh";
import { eventually } from "../eventually";

it("asks again, a moment later, when this browser holds another file whole", async () => {
  const content = "ab".repeat(32);
  const mesh = new WrittenMesh();
  const planned: (() => void)[] = [];
  const answer = { [content]: 0 };
  document.body.innerHTML = `<div data-controller="holders"><span data-holders-target="count" data-content="${content}"></span></div>`;
  const hub = hubOf({ [`/api/v1/mesh/holders?content=${content}`]: answer });
  const application = start(
    "holders",
    holdersController(hub, mesh, (_, action) => planned.push(action)),
  );
  const words = (): string | undefined => document.querySelector("[data-holders-target]")?.textContent;
  await eventually(() => {
    expect(words()).toBe("none");
  });
  answer[content] = 1;
  const held = {
    content,
    resource: "r",
    name: "film.mp4",
    size: 10,
    held: 5,
    served: 0,
    pinned: false,
    onRequest: false,
    usedAt: 0,
  };
  mesh.show({ held: [held] });
  expect(planned).toHaveLength(0);
  mesh.show({ held: [{ ...held, held: 10 }] });
  mesh.show({ held: [{ ...held, held: 10, served: 7, pinned: false, onRequest: false, usedAt: 0 }] });
  expect(planned).toHaveLength(1);
  planned[0]?.();
  await eventually(() => {
    expect(words()).toBe("1 peer");
  });
  application.stop();
});
