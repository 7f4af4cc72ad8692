import { Controller } from "@hotwired/stimulus";
import type { ControllerConstructor } from "@hotwired/stimulus";
import type { Clash, Hub } from "../api/hub";
import { el, setText, showProblem } from "../ui/dom";
import { rowOf } from "./row-actions";
import type { Row, ShowAgain } from "./row-actions";

interface Step {
  /** Null for where the person may start, which is no folder for those who do not read the top one. */
  id: string | null;
  name: string;
}

/** Moves or copies a line of the list into a folder that is chosen by walking there. */
export function placeController(hub: Hub, showAgain: ShowAgain): ControllerConstructor {
  return class extends Controller<HTMLElement> {
    static override targets = ["dialog", "title", "here", "up", "list", "empty", "problem", "both", "go"];
    static override values = { top: String };
    declare readonly dialogTarget: HTMLDialogElement;
    declare readonly titleTarget: HTMLElement;
    declare readonly hereTarget: HTMLElement;
    declare readonly upTarget: HTMLButtonElement;
    declare readonly listTarget: HTMLElement;
    declare readonly emptyTarget: HTMLElement;
    declare readonly problemTarget: HTMLElement;
    declare readonly bothTarget: HTMLButtonElement;
    declare readonly goTarget: HTMLButtonElement;
    declare readonly topValue: string;
    #row: Row = { id: "", name: "", kind: "", revision: "" };
    #moves = true;
    #path: Step[] = [];

    openMove(event: Event): void {
      this.#open(event, true);
    }

    openCopy(event: Event): void {
      this.#open(event, false);
    }

    close(): void {
      this.dialogTarget.close();
    }

    up(): void {
      if (this.#path.length > 1) this.#path.pop();
      void this.#show();
    }

    go(): Promise<void> {
      return this.#send("refuse");
    }

    keepBoth(): Promise<void> {
      return this.#send("rename");
    }

    #open(event: Event, moves: boolean): void {
      this.#row = rowOf(event);
      this.#moves = moves;
      this.#path = [{ id: this.topValue === "" ? null : this.topValue, name: "Library" }];
      setText(this.titleTarget, `${moves ? "Move" : "Copy"} “${this.#row.name}”`);
      setText(this.goTarget, moves ? "Move here" : "Copy here");
      this.dialogTarget.showModal();
      void this.#show();
    }

    #here(): Step {
      return this.#path[this.#path.length - 1] ?? { id: null, name: "Library" };
    }

    async #show(): Promise<void> {
      const here = this.#here();
      showProblem(this.problemTarget, null);
      this.bothTarget.hidden = true;
      setText(this.hereTarget, here.name);
      this.upTarget.disabled = this.#path.length < 2;
      this.goTarget.disabled = here.id === null;
      const answer = await hub.folders(here.id);
      if (this.#here() !== here) return;
      if (!answer.ok) showProblem(this.problemTarget, answer.problem.detail);
      const folders = answer.ok ? answer.value.filter((folder) => folder.id !== this.#row.id) : [];
      this.emptyTarget.hidden = !answer.ok || folders.length > 0;
      this.listTarget.replaceChildren(...folders.map((folder) => this.#item(folder)));
      if (this.dialogTarget.contains(document.activeElement)) return;
      (this.listTarget.querySelector("button") ?? this.goTarget).focus();
    }

    #item(folder: Step): HTMLElement {
      const button = el("button", { type: "button", text: folder.name });
      button.addEventListener("click", () => {
        this.#path.push({ id: folder.id, name: folder.name });
        void this.#show();
      });
      return el("li", {}, button);
    }

    async #send(clash: Clash): Promise<void> {
      const here = this.#here();
      if (here.id === null) return;
      this.goTarget.disabled = true;
      const answer = this.#moves
        ? await hub.move(this.#row, here.id, clash)
        : await hub.copy(this.#row.id, here.id, clash);
      this.goTarget.disabled = false;
      showProblem(this.problemTarget, answer.ok ? null : answer.problem.detail);
      this.bothTarget.hidden = answer.ok || answer.problem.code !== "name-taken";
      if (!answer.ok) return;
      this.dialogTarget.close();
      showAgain(`${this.#row.name} ${this.#moves ? "moved" : "copied"} to ${here.name}`, "#main");
    }
  };
}
