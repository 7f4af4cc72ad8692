// @vitest-environment happy-dom
import type { Application } from "@hotwired/stimulus";
import { afterEach, describe, expect, it } from "vitest";
import { TextFileController } from "../../src/controllers/text-file";
import { openPage, start } from "./page";
import { eventually } from "../eventually";

let application: Application | undefined;

afterEach(() => {
  application?.stop();
});

describe("a text file", () => {
  it("is taken into the field of the form", async () => {
    openPage("import", "text-file");
    application = start("text-file", TextFileController);
    const row = document.querySelector<HTMLElement>("[data-text-file-target=row]");
    await eventually(() => {
      expect(row?.hidden).toBe(false);
    });
    const chosen = document.querySelector<HTMLInputElement>("#file");
    if (chosen === null) throw new Error("no field for a file");
    Object.defineProperty(chosen, "files", { value: [new File(["name\nmia\n"], "people.csv")] });
    chosen.dispatchEvent(new Event("change", { bubbles: true }));
    await eventually(() => {
      expect(document.querySelector<HTMLTextAreaElement>("#csv")?.value).toBe("name\nmia\n");
    });
  });
});
