import { Controller } from "@hotwired/stimulus";
import type { ControllerConstructor } from "@hotwired/stimulus";

/** Milliseconds without a change after which the form asks by itself: shorter, and half-typed numbers are asked for. */
const PAUSE_MILLIS = 400;

/** Runs an action later; answers how to call it off. */
export type Later = (milliseconds: number, action: () => void) => () => void;

/** A form that asks again by itself when what it holds has changed; without a script its button does. */
export function liveFormController(later: Later): ControllerConstructor {
  return class extends Controller<HTMLElement> {
    #callOff: () => void = () => undefined;

    override disconnect(): void {
      this.#callOff();
    }

    change(): void {
      this.#callOff();
      this.#callOff = later(PAUSE_MILLIS, () => {
        const form = this.element.querySelector("form");
        if (form?.checkValidity() === true) form.requestSubmit();
      });
    }
  };
}
