import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Application } from "@hotwired/stimulus";
import type { ControllerConstructor } from "@hotwired/stimulus";

const TEMPLATES = join(import.meta.dirname, "../../../src/main/resources/templates");

/**
 * Puts the static part of a real template into the document, so that a target that the template lost fails a test.
 * `values` are the attributes that the hub would have filled in on the controller's element.
 */
export function openPage(template: string, controller: string, values: Record<string, string> = {}): HTMLElement {
  const html = readFileSync(join(TEMPLATES, `${template}.html`), "utf8");
  document.body.innerHTML = html.slice(html.indexOf("<body>") + "<body>".length, html.indexOf("</body>"));
  const element = document.querySelector<HTMLElement>(`[data-controller="${controller}"]`);
  if (element === null) throw new Error(`${template} has no ${controller}`);
  for (const [name, value] of Object.entries(values)) element.setAttribute(`data-${controller}-${name}-value`, value);
  return element;
}

/** Starts Stimulus with one controller on the open page. */
export function start(name: string, controller: ControllerConstructor): Application {
  const application = Application.start(document.documentElement);
  application.register(name, controller);
  return application;
}

/** What a target of a controller shows, or null when it is hidden. */
export function shown(controller: string, target: string): string | null {
  const element = document.querySelector<HTMLElement>(`[data-${controller}-target="${target}"]`);
  if (element === null) throw new Error(`${controller} has no ${target}`);
  return element.hidden ? null : element.textContent.trim();
}

/** Presses the button or the link that calls an action. */
export function press(action: string): void {
  const button = document.querySelector<HTMLElement>(`:is(button, a)[data-action="${action}"]`);
  if (button === null) throw new Error(`There is no button for ${action}`);
  button.click();
}
