import { Controller } from "@hotwired/stimulus";
import type { ControllerConstructor } from "@hotwired/stimulus";

/** The person's choice of appearance, kept in this browser. */
export interface ThemeChoice {
  get: () => string;
  set: (choice: string) => void;
}

/** The three radio buttons of the account menu. */
export function themeController(theme: ThemeChoice): ControllerConstructor {
  return class extends Controller<HTMLElement> {
    static override targets = ["choice"];
    declare readonly choiceTargets: HTMLInputElement[];

    override connect(): void {
      const chosen = theme.get();
      for (const radio of this.choiceTargets) radio.checked = radio.value === chosen;
    }

    choose(event: Event): void {
      if (event.target instanceof HTMLInputElement) theme.set(event.target.value);
    }
  };
}
