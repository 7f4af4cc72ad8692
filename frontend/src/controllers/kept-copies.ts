import { Controller } from "@hotwired/stimulus";
import type { ControllerConstructor } from "@hotwired/stimulus";
import type { Answer } from "../api/answers";
import type { Hub } from "../api/hub";
import type { KeptCopies } from "../api/shapes";
import { announce, partsOf, setText, showProblem } from "../ui/dom";
import { count } from "../ui/format";

/** How often the count is asked for again while the page is seen. In milliseconds. */
const REFRESH = 10_000;

/** On how many peers a file is to stay available, for those who manage it. */
export function keptCopiesController(hub: Pick<Hub, "keptCopies" | "setKeptCopies">): ControllerConstructor {
  return class extends Controller<HTMLElement> {
    static override values = { resource: String };
    declare readonly resourceValue: string;
    readonly #part = partsOf(this.element, "data-kept-copies-target");
    #timer: ReturnType<typeof setInterval> | undefined;

    override connect(): void {
      void this.#ask(true);
      this.#timer = setInterval(() => {
        if (!document.hidden) void this.#ask(false);
      }, REFRESH);
    }

    override disconnect(): void {
      clearInterval(this.#timer);
    }

    async save(event: Event): Promise<void> {
      event.preventDefault();
      const wanted = this.#copies().valueAsNumber;
      const answer = await hub.setKeptCopies(this.resourceValue, Number.isNaN(wanted) ? 0 : wanted);
      this.#draw(answer, true);
      showProblem(this.#part("problem"), answer.ok ? null : answer.problem.detail);
      if (answer.ok) announce(answer.value.copies === 0 ? "No longer kept on request" : "Saved");
    }

    /** `typed`: whether what stands in the field may be written over. */
    async #ask(typed: boolean): Promise<void> {
      this.#draw(await hub.keptCopies(this.resourceValue), typed);
    }

    #draw(answer: Answer<KeptCopies>, typed: boolean): void {
      if (!answer.ok) return;
      const { copies, holding } = answer.value;
      if (typed) this.#copies().value = String(copies);
      const holders = holding === 0 ? "No peer holds" : count(holding, "peer holds", "peers hold");
      setText(this.#part("holding"), `${holders} all of it now.`);
    }

    #copies(): HTMLInputElement {
      return this.#part("copies") as HTMLInputElement;
    }
  };
}
