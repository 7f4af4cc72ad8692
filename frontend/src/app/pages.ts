import type { Application, ControllerConstructor } from "@hotwired/stimulus";
import * as Turbo from "@hotwired/turbo";
import type { ShowAgain } from "../controllers/row-actions";
import { announce } from "../ui/dom";

/** Shows the same page as the hub now has it. An open dialog is not taken from under the person's hands. */
export function refresh(): void {
  if (document.querySelector("dialog[open]") === null) show();
}

/** Shows the page again, then says what happened and puts the focus where it belongs. */
export const showAgain: ShowAgain = (words, focus) => {
  document.addEventListener(
    "turbo:load",
    () => {
      announce(words);
      if (focus !== undefined) document.querySelector<HTMLElement>(focus)?.focus();
    },
    { once: true },
  );
  show();
};

function show(): void {
  Turbo.visit(location.href, { action: "replace" });
}

/** Registers a controller when a page first needs it, so that the others need not load what it draws with. */
export function registerWhenShown(
  application: Application,
  name: string,
  load: () => Promise<ControllerConstructor>,
): void {
  let asked = false;
  const look = (): void => {
    if (asked || document.querySelector(`[data-controller~="${name}"]`) === null) return;
    asked = true;
    load().then(
      (controller) => {
        application.register(name, controller);
      },
      () => {
        // The hub has other pages by now, or is gone: the next visit tries again.
        asked = false;
      },
    );
  };
  document.addEventListener("turbo:load", look);
  look();
}
