import { faultIn, type Field, NAMES } from "../../simulator/asked";
import { el, setAttribute, showProblem } from "../ui/dom";

/** The fields of the simulator's form: what they hold, and beside each what is wrong with it. */
export class SimulatorForm {
  readonly #root: HTMLElement;

  constructor(root: HTMLElement) {
    this.#root = root;
  }

  texts(): Record<Field, string> {
    return Object.fromEntries(NAMES.map((name) => [name, this.#input(name).value])) as Record<Field, string>;
  }

  /** Says at each field what cannot be run, so that nobody learns of it by starting: an address brings any number. */
  mark(): void {
    for (const name of NAMES) {
      const input = this.#input(name);
      const words = faultIn(name, input.value);
      const place = this.#placeOf(input);
      showProblem(place, words);
      input.classList.toggle("is-invalid", words !== null);
      setAttribute(input, "aria-invalid", words === null ? null : "true");
    }
  }

  labelOf(field: Field): string {
    return this.#root.querySelector(`label[for="${field}"]`)?.textContent ?? field;
  }

  focus(field: Field): void {
    this.#input(field).focus();
  }

  #input(name: Field): HTMLInputElement {
    const input = this.#root.querySelector<HTMLInputElement>(`#${name}`);
    if (input === null) throw new Error(`There is no field ${name}`);
    return input;
  }

  /** Where the words of a field stand: right behind it, and part of what describes it. */
  #placeOf(input: HTMLInputElement): HTMLElement {
    const id = `${input.id}-fault`;
    const known = this.#root.querySelector<HTMLElement>(`#${id}`);
    if (known !== null) return known;
    const place = el("p", { id, class: "invalid-feedback" });
    input.after(place);
    const described = input.getAttribute("aria-describedby");
    input.setAttribute("aria-describedby", described === null ? id : `${id} ${described}`);
    return place;
  }
}
