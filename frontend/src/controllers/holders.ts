import { Controller } from "@hotwired/stimulus";
import type { ControllerConstructor } from "@hotwired/stimulus";
import type { Hub } from "../api/hub";
import { setText } from "../ui/dom";
import { count } from "../ui/format";

/** How often the counts are asked for again while the page is seen. In milliseconds. */
const REFRESH = 10_000;
/** Contents asked about in one request: an address stays well below 8 KiB. */
const MOST_AT_ONCE = 64;

/** Says on each row how many peers hold the file now. */
export function holdersController(hub: Hub): ControllerConstructor {
  return class extends Controller<HTMLElement> {
    static override targets = ["count"];
    declare readonly countTargets: HTMLElement[];
    #timer: ReturnType<typeof setInterval> | undefined;

    override connect(): void {
      void this.#ask();
      this.#timer = setInterval(() => {
        if (!document.hidden) void this.#ask();
      }, REFRESH);
    }

    override disconnect(): void {
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

function contentOf(target: HTMLElement): string {
  return target.dataset["content"] ?? "";
}
