import { Controller } from "@hotwired/stimulus";
import type { ControllerConstructor } from "@hotwired/stimulus";
import type { Mesh, MeshStatus } from "../mesh/ports";
import { setAttribute, setText } from "../ui/dom";
import { count, formatExact, formatRelative } from "../ui/format";
import { standingWords } from "../ui/problem-words";

/** How often relative times are written anew. In milliseconds. */
const MINUTE = 60_000;
/** How long a "Copied" stays. In milliseconds. */
const COPIED_SHOWN = 2000;

const STATUS_WORDS: Record<MeshStatus, string> = {
  off: "Mesh: off",
  connecting: "Mesh: connecting",
  joined: "Mesh: joined",
  lost: "Mesh: hub lost",
};

/** The mesh's standing, on every page. */
export function meshStatusController(mesh: Mesh): ControllerConstructor {
  return class extends Controller<HTMLElement> {
    static override targets = ["label"];
    declare readonly labelTarget: HTMLElement;
    #stop: () => void = () => undefined;

    override connect(): void {
      this.#stop = mesh.subscribe(() => {
        this.#draw();
      });
      this.#draw();
    }

    override disconnect(): void {
      this.#stop();
    }

    #draw(): void {
      const view = mesh.view();
      setAttribute(this.element, "data-state", view.status);
      setText(this.labelTarget, STATUS_WORDS[view.status]);
      const links = count(new Set(view.links.map((link) => link.peer)).size, "link", "links");
      const problem = view.problem === undefined ? "" : standingWords(view.problem);
      setAttribute(this.element, "title", problem !== "" ? problem : view.status === "joined" ? links : null);
    }
  };
}

/** Closes the account menu when the person turns to something else. */
export class MenuController extends Controller<HTMLDetailsElement> {
  readonly #outside = (event: Event): void => {
    if (event.target instanceof Node && !this.element.contains(event.target)) this.element.open = false;
  };
  readonly #escape = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || !this.element.open) return;
    this.element.open = false;
    this.element.querySelector("summary")?.focus();
  };

  override connect(): void {
    document.addEventListener("click", this.#outside);
    document.addEventListener("focusin", this.#outside);
    this.element.addEventListener("keydown", this.#escape);
  }

  override disconnect(): void {
    document.removeEventListener("click", this.#outside);
    document.removeEventListener("focusin", this.#outside);
    this.element.removeEventListener("keydown", this.#escape);
  }
}

/** Turns a written-out time into `5 min ago`, the exact one on hover. */
export class RelativeTimeController extends Controller<HTMLTimeElement> {
  #timer: ReturnType<typeof setInterval> | undefined;

  override connect(): void {
    const moment = new Date(this.element.dateTime);
    if (Number.isNaN(moment.getTime())) return;
    this.element.title = formatExact(moment);
    const draw = (): void => {
      setText(this.element, formatRelative(moment, new Date()));
    };
    draw();
    this.#timer = setInterval(draw, MINUTE);
  }

  override disconnect(): void {
    clearInterval(this.#timer);
  }
}

/** Copies a secret that is shown once. */
export class CopyController extends Controller<HTMLElement> {
  static override targets = ["text", "button"];
  declare readonly textTarget: HTMLElement;
  declare readonly buttonTarget: HTMLElement;

  async copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.textTarget.textContent);
      this.buttonTarget.textContent = "Copied";
    } catch {
      getSelection()?.selectAllChildren(this.textTarget);
      this.buttonTarget.textContent = "Selected: press Ctrl+C";
    }
    setTimeout(() => {
      this.buttonTarget.textContent = "Copy";
    }, COPIED_SHOWN);
  }
}
