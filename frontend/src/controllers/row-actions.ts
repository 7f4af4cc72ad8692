import { Controller } from "@hotwired/stimulus";
import type { ControllerConstructor } from "@hotwired/stimulus";
import type { Answer } from "../api/answers";
import type { Hub } from "../api/hub";
import { showProblem } from "../ui/dom";

/** Shows the page as the hub now has it, then says `words` and puts the focus on what `focus` selects. */
export type ShowAgain = (words: string, focus?: string) => void;

/** New folder, rename and delete, each asked in a dialog that keeps the hub's refusal beside the question. */
export function rowActionsController(hub: Hub, showAgain: ShowAgain): ControllerConstructor {
  return class extends Controller<HTMLElement> {
    static override targets = [
      ...["folderDialog", "folderName", "folderProblem"],
      ...["renameDialog", "renameName", "renameProblem"],
      ...["deleteDialog", "deleteWords", "deleteProblem"],
    ];
    declare readonly folderDialogTarget: HTMLDialogElement;
    declare readonly folderNameTarget: HTMLInputElement;
    declare readonly folderProblemTarget: HTMLElement;
    declare readonly renameDialogTarget: HTMLDialogElement;
    declare readonly renameNameTarget: HTMLInputElement;
    declare readonly renameProblemTarget: HTMLElement;
    declare readonly deleteDialogTarget: HTMLDialogElement;
    declare readonly deleteWordsTarget: HTMLElement;
    declare readonly deleteProblemTarget: HTMLElement;
    #row: Row = { id: "", name: "", kind: "", revision: "" };

    openFolder(): void {
      showProblem(this.folderProblemTarget, null);
      this.folderNameTarget.value = "";
      this.folderDialogTarget.showModal();
    }

    openRename(event: Event): void {
      this.#choose(event);
      showProblem(this.renameProblemTarget, null);
      this.renameNameTarget.value = this.#row.name;
      this.renameDialogTarget.showModal();
      const dot = this.#row.kind === "file" ? this.#row.name.lastIndexOf(".") : -1;
      this.renameNameTarget.setSelectionRange(0, dot > 0 ? dot : this.#row.name.length);
    }

    openDelete(event: Event): void {
      this.#choose(event);
      showProblem(this.deleteProblemTarget, null);
      const below = this.#row.kind === "folder" ? " and everything in it" : "";
      this.deleteWordsTarget.textContent = `“${this.#row.name}”${below} will be gone from the library for everybody, and stay in the trash for a while. What others have already downloaded stays with them.`;
      this.deleteDialogTarget.showModal();
    }

    close(event: Event): void {
      if (event.currentTarget instanceof Element) event.currentTarget.closest("dialog")?.close();
    }

    async createFolder(event: Event): Promise<void> {
      event.preventDefault();
      const name = this.folderNameTarget.value.trim();
      const parent = this.folderDialogTarget.dataset["parent"] ?? "";
      const answer = name === "" ? noName<{ id: string }>() : await hub.createFolder(parent, name);
      if (!this.#settle(answer, this.folderDialogTarget, this.folderProblemTarget)) return;
      showAgain(`Folder ${name} created`, answer.ok ? linkOf(answer.value.id) : undefined);
    }

    async saveName(event: Event): Promise<void> {
      event.preventDefault();
      const name = this.renameNameTarget.value.trim();
      const { id } = this.#row;
      const answer = name === "" ? noName<true>() : await hub.rename(this.#row, name);
      if (this.#settle(answer, this.renameDialogTarget, this.renameProblemTarget)) {
        showAgain(`Renamed to ${name}`, linkOf(id));
      }
    }

    async remove(event: Event): Promise<void> {
      event.preventDefault();
      const { name } = this.#row;
      const answer = await hub.remove(this.#row);
      if (this.#settle(answer, this.deleteDialogTarget, this.deleteProblemTarget)) {
        showAgain(`${name} moved to the trash`, "#main");
      }
    }

    #choose(event: Event): void {
      this.#row = rowOf(event);
    }

    #settle(answer: Answer<unknown>, dialog: HTMLDialogElement, problem: HTMLElement): boolean {
      showProblem(problem, answer.ok ? null : answer.problem.detail);
      if (answer.ok) dialog.close();
      return answer.ok;
    }
  };
}

/** A line of the list as the person sees it. */
export interface Row {
  id: string;
  name: string;
  kind: string;
  revision: string;
}

/** The line on which something was pressed; its menu closes. */
export function rowOf(event: Event): Row {
  const pressed = event.currentTarget instanceof Element ? event.currentTarget : null;
  pressed?.closest("details")?.removeAttribute("open");
  const { id = "", name = "", kind = "", revision = "" } = pressed?.closest<HTMLElement>("[data-id]")?.dataset ?? {};
  return { id, name, kind, revision };
}

function linkOf(id: string): string {
  return `[data-id="${CSS.escape(id)}"] a`;
}

function noName<T>(): Answer<T> {
  return { ok: false, problem: { code: "invalid-name", detail: "Give it a name.", status: 0 } };
}
