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
