// @vitest-environment happy-dom
import type { Application } from "@hotwired/stimulus";
import { afterEach, describe, expect, it, vi } from "vitest";
import { liveFormController } from "../../src/controllers/live-form";
import { openPage, start } from "./page";
import { eventually } from "../eventually";

let application: Application | undefined;

afterEach(() => {
  application?.stop();
});

describe("the form of the advisor", () => {
  it("asks once after the last change, and not while a number is missing", async () => {
    const form = openPage("advisor", "live-form").querySelector("form");
    if (form === null) throw new Error("the page has lost its form");
    for (const input of form.querySelectorAll("input")) input.value = "1";
    const waiting: (() => void)[] = [];
    const controller = liveFormController((_, action) => {
      waiting.push(action);
      return () => {
        waiting.splice(waiting.indexOf(action), 1);
      };
    });
    application = start("live-form", controller);
    await eventually(() => {
      expect(application?.controllers).toHaveLength(1);
    });
    const submitted = vi.spyOn(form, "requestSubmit").mockReturnValue(undefined);
    const receivers = form.querySelector<HTMLInputElement>("#receivers");
    if (receivers === null) throw new Error("the form has lost its receivers");
    receivers.value = "2";
    receivers.dispatchEvent(new Event("input", { bubbles: true }));
    receivers.dispatchEvent(new Event("input", { bubbles: true }));
    expect(waiting).toHaveLength(1);
    waiting.pop()?.();
    expect(submitted).toHaveBeenCalledOnce();
    receivers.value = "";
    receivers.dispatchEvent(new Event("input", { bubbles: true }));
    waiting.pop()?.();
    expect(submitted).toHaveBeenCalledOnce();
  });
});
