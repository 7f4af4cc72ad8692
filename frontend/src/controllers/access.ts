import { Controller } from "@hotwired/stimulus";
import type { ControllerConstructor } from "@hotwired/stimulus";
import type { Hub } from "../api/hub";
import type { GranteeItem, GrantItem, Level } from "../api/shapes";
import { announce, el, showProblem } from "../ui/dom";

const LEVEL_WORDS: Record<Level, string> = { READ: "Read", WRITE: "Write", MANAGE: "Manage" };
/** The hub finds nobody for fewer. */
const FEWEST_LETTERS = 2;
/** The top folder, which pages call the library. */
const TOP = "00000000-0000-0000-0000-000000000001";

/** Who reaches a resource, and where that comes from; given and taken by those who manage it. */
export function grantsController(hub: Hub): ControllerConstructor {
  return class extends Controller<HTMLElement> {
    static override targets = ["account", "found", "level", "problem", "empty", "table", "rows", "loading"];
    static override values = { resource: String };
    declare readonly accountTarget: HTMLInputElement;
    declare readonly foundTarget: HTMLDataListElement;
    declare readonly levelTarget: HTMLSelectElement;
    declare readonly problemTarget: HTMLElement;
    declare readonly emptyTarget: HTMLElement;
    declare readonly tableTarget: HTMLElement;
    declare readonly rowsTarget: HTMLElement;
    declare readonly loadingTarget: HTMLElement;
    declare readonly resourceValue: string;

    override connect(): void {
      void this.#load();
    }

    /** Offers the accounts and groups whose name begins as what was typed. */
    async search(): Promise<void> {
      const typed = this.accountTarget.value.trim();
      if (typed.length < FEWEST_LETTERS) return;
      const answer = await hub.grantees(this.resourceValue, typed);
      if (!answer.ok || typed !== this.accountTarget.value.trim()) return;
      this.foundTarget.replaceChildren(
        ...answer.value.map((each) => el("option", { value: each.name, label: wordsOf(each) })),
      );
    }

    async add(event: Event): Promise<void> {
      event.preventDefault();
      const name = this.accountTarget.value.trim();
      if (name === "") {
        showProblem(this.problemTarget, "Enter the name of the account or group that you grant it to.");
        return;
      }
      const group = await this.#groupNamed(name);
      const level = this.levelTarget.value as Level;
      const answer = group
        ? await hub.grant(this.resourceValue, "group", group.id, level)
        : await hub.grant(this.resourceValue, "account", name, level);
      showProblem(this.problemTarget, answer.ok ? null : answer.problem.detail);
      if (!answer.ok) return;
      this.accountTarget.value = "";
      announce(`Granted to ${name}`);
      await this.#load();
    }

    /** The group of this name, unless an account has it: a group's name may be anybody's as well, and then the account is meant. */
    async #groupNamed(name: string): Promise<GranteeItem | undefined> {
      const answer = await hub.grantees(this.resourceValue, name);
      const named = answer.ok ? answer.value.filter((each) => each.name.toLowerCase() === name.toLowerCase()) : [];
      return named.some(({ kind }) => kind === "account") ? undefined : named[0];
    }

    async #withdraw(grant: GrantItem): Promise<void> {
      const grantee = grant.kind === "group" ? grant.grantee : grant.name;
      const answer = await hub.withdraw(this.resourceValue, grant.kind, grantee);
      showProblem(this.problemTarget, answer.ok ? null : answer.problem.detail);
      if (!answer.ok) return;
      announce(`Grant of ${grant.name} removed`);
      await this.#load();
      this.accountTarget.focus();
    }

    async #load(): Promise<void> {
      const answer = await hub.grants(this.resourceValue);
      this.loadingTarget.hidden = true;
      if (!answer.ok) {
        showProblem(this.problemTarget, answer.problem.detail);
        return;
      }
      this.emptyTarget.hidden = answer.value.length > 0;
      this.tableTarget.hidden = answer.value.length === 0;
      this.rowsTarget.replaceChildren(...answer.value.map((grant) => this.#row(grant)));
    }

    #row(grant: GrantItem): HTMLElement {
      const actions = el("td", { class: "text-end" });
      if (!grant.inherited) {
        const remove = el("button", { class: "btn btn-sm btn-ghost-danger", type: "button", text: "Remove" });
        remove.setAttribute("aria-label", `Remove the grant of ${grant.name}`);
        remove.addEventListener("click", () => void this.#withdraw(grant));
        actions.append(remove);
      }
      const more = grant.kind === "group" ? "group" : grant.displayName === grant.name ? "" : grant.displayName;
      const shown = more === "" ? "" : ` (${more})`;
      return el(
        "tr",
        {},
        el(
          "th",
          { scope: "row", "data-label": "Who", text: grant.name },
          el("span", { class: "text-secondary fw-normal", text: shown }),
        ),
        el("td", { "data-label": "Level", text: LEVEL_WORDS[grant.level] }),
        el("td", { "data-label": "Granted on" }, ...origin(grant)),
        actions,
      );
    }
  };
}

/** Switches peer delivery of a resource on or off. */
export function peerDeliveryController(
  hub: Hub,
  showAgain: (words: string, focus?: string) => void,
): ControllerConstructor {
  return class extends Controller<HTMLElement> {
    static override targets = ["switch", "problem"];
    static override values = { resource: String };
    declare readonly switchTarget: HTMLInputElement;
    declare readonly problemTarget: HTMLElement;
    declare readonly resourceValue: string;

    async change(): Promise<void> {
      const wanted = this.switchTarget.checked;
      this.switchTarget.disabled = true;
      const answer = await hub.setPeerDelivery(this.resourceValue, wanted);
      this.switchTarget.disabled = false;
      showProblem(this.problemTarget, answer.ok ? null : answer.problem.detail);
      if (answer.ok) showAgain(`Peer delivery is ${wanted ? "on" : "off"}`, '[data-peer-delivery-target="switch"]');
      else this.switchTarget.checked = !wanted;
    }
  };
}

function wordsOf(grantee: GranteeItem): string {
  return grantee.kind === "group" ? "Group" : grantee.displayName;
}

function origin(grant: GrantItem): (Node | string)[] {
  if (!grant.inherited) return ["Here"];
  const top = grant.resource === TOP;
  const name = top ? "Library" : grant.resourceName;
  return [
    "Inherited from ",
    el("a", { class: "link-inline", href: top ? "/library" : `/library/${grant.resource}`, text: name }),
  ];
}
