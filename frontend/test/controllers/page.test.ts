// @vitest-environment happy-dom
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Controller } from "@hotwired/stimulus";
import { expect, it } from "vitest";
import { eventually } from "../eventually";
import { start } from "./page";

/** Frees what nothing holds, now. */
function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
}

/** A document that loses its observer with the first garbage (happy-dom before 20.14) keeps tests of pages waiting in vain. */
it("still tells a controller that its element is gone after garbage was collected", async () => {
  const told: string[] = [];
  document.body.innerHTML = '<p data-controller="teller"></p>';
  const application = start(
    "teller",
    class extends Controller {
      override connect(): void {
        told.push("connected");
      }

      override disconnect(): void {
        told.push("gone");
      }
    },
  );
  await eventually(() => {
    expect(told).toEqual(["connected"]);
  });
  collectGarbage();
  document.body.replaceChildren();
  await eventually(() => {
    expect(told).toEqual(["connected", "gone"]);
  });
  application.stop();
});
