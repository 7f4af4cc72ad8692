import { Controller } from "@hotwired/stimulus";
import type { ControllerConstructor } from "@hotwired/stimulus";
import type { Hub } from "../api/hub";
import type { Mesh, MeshView } from "../mesh/ports";
import { setText } from "../ui/dom";
import { count } from "../ui/format";

/** How often the counts are asked for again while the page is seen. In milliseconds. */
const REFRESH = 10_000;
/** What this browser holds has changed: the hub has heard of it by then. In milliseconds. */
const ANNOUNCED = 500;
/** Contents asked about in one request: an address stays well below 8 KiB. */
const MOST_AT_ONCE = 64;

/** Says on each row how many peers hold the file now. */
export function holdersController(
  hub: Hub,
  mesh: Pick<Mesh, "view" | "subscribe">,
  later: (milliseconds: number, action: () => void) => void,
): ControllerConstructor {
  return class extends Controller<HTMLElement> {
    static override targets = ["count"];
    declare readonly countTargets: HTMLElement[];
    #timer: ReturnType<typeof setInterval> | undefined;
    #stop: () => void = () => undefined;

    override connect(): void {
      void this.#ask();
      let known = wholesOf(mesh.view());
      this.#stop = mesh.subscribe((view) => {
        const wholes = wholesOf(view);
        if (wholes === known) return;
        known = wholes;
        later(ANNOUNCED, () => void this.#ask());
      });
      this.#timer = setInterval(() => {
        if (!document.hidden) void this.#ask();
      }, REFRESH);
    }

    override disconnect(): void {
      this.#stop();
      clearInterval(this.#timer);
    }

    async #ask(): Promise<void> {
      const targets = this.countTargets;
      for (let from = 0; from < targets.length; from += MOST_AT_ONCE) {
        const some = targets.slice(from, from + MOST_AT_ONCE);
        const answer = await hub.holders([...new Set(some.map(contentOf))]);
        if (!answer.ok) return;
        for (const target of some) {
          const holders = answer.value.get(contentOf(target)) ?? 0;
          setText(target, holders === 0 ? "none" : count(holders, "peer", "peers"));
          target.classList.toggle("has-holders", holders > 0);
        }
      }
    }
  };
}

/** Which contents this browser holds whole, as one word. */
function wholesOf({ held }: MeshView): string {
  return held
    .filter((item) => item.held >= item.size)
    .map((item) => item.content)
    .join();
}

function contentOf(target: HTMLElement): string {
  return target.dataset["content"] ?? "";
}
