import { Controller } from "@hotwired/stimulus";
import type { ControllerConstructor } from "@hotwired/stimulus";
import type { Hub } from "../api/hub";
import type { TokenItem } from "../api/shapes";
import { announce, el, showProblem } from "../ui/dom";
import { formatExact, formatRelative } from "../ui/format";

/** One's own access tokens: made (shown once), listed, revoked. */
export function tokensController(hub: Hub): ControllerConstructor {
  return class extends Controller<HTMLElement> {
    static override targets = ["name", "problem", "created", "secret", "empty", "table", "rows"];
    declare readonly nameTarget: HTMLInputElement;
    declare readonly problemTarget: HTMLElement;
    declare readonly createdTarget: HTMLElement;
    declare readonly secretTarget: HTMLElement;
    declare readonly emptyTarget: HTMLElement;
    declare readonly tableTarget: HTMLElement;
    declare readonly rowsTarget: HTMLElement;

    override connect(): void {
      void this.#load();
    }

    async create(event: Event): Promise<void> {
      event.preventDefault();
      const name = this.nameTarget.value.trim();
      if (name === "") {
        showProblem(this.problemTarget, "Say what the token is for, so that you know later which one to revoke.");
        return;
      }
      const answer = await hub.createToken(name);
      showProblem(this.problemTarget, answer.ok ? null : answer.problem.detail);
      if (!answer.ok) return;
      this.nameTarget.value = "";
      this.secretTarget.textContent = answer.value.secret;
      this.createdTarget.hidden = false;
      await this.#load();
    }

    async #revoke(token: TokenItem): Promise<void> {
      const answer = await hub.revokeToken(token.id);
      showProblem(this.problemTarget, answer.ok ? null : answer.problem.detail);
      if (!answer.ok) return;
      announce(`Token ${token.name} revoked`);
      await this.#load();
      this.nameTarget.focus();
    }

    async #load(): Promise<void> {
      const answer = await hub.tokens();
      if (!answer.ok) {
        showProblem(this.problemTarget, answer.problem.detail);
        return;
      }
      this.emptyTarget.hidden = answer.value.length > 0;
      this.tableTarget.hidden = answer.value.length === 0;
      this.rowsTarget.replaceChildren(...answer.value.map((token) => this.#row(token)));
    }

    #row(token: TokenItem): HTMLElement {
      const revoke = el("button", { class: "btn btn-sm btn-ghost-danger", type: "button", text: "Revoke" });
      revoke.setAttribute("aria-label", `Revoke ${token.name}`);
      revoke.addEventListener("click", () => void this.#revoke(token));
      const created = el("time", {
        title: formatExact(token.createdAt),
        text: formatRelative(token.createdAt, new Date()),
      });
      created.dateTime = token.createdAt.toISOString();
      return el(
        "tr",
        {},
        el("th", { scope: "row", class: "text-break", "data-label": "Name", text: token.name }),
        el("td", { "data-label": "Created" }, created),
        el("td", { class: "text-end" }, revoke),
      );
    }
  };
}

/** Changes one's own password. */
export function passwordController(hub: Hub): ControllerConstructor {
  return class extends Controller<HTMLFormElement> {
    static override targets = ["current", "next", "problem", "done"];
    declare readonly currentTarget: HTMLInputElement;
    declare readonly nextTarget: HTMLInputElement;
    declare readonly problemTarget: HTMLElement;
    declare readonly doneTarget: HTMLElement;

    async change(event: Event): Promise<void> {
      event.preventDefault();
      this.doneTarget.hidden = true;
      const answer = await hub.changePassword(this.currentTarget.value, this.nextTarget.value);
      showProblem(this.problemTarget, answer.ok ? null : answer.problem.detail);
      if (!answer.ok) return;
      this.currentTarget.value = "";
      this.nextTarget.value = "";
      this.doneTarget.hidden = false;
    }
  };
}
