import { onAppearance } from "../appearance";
import { el, setAttribute } from "../dom";
import { formatRate } from "../format";
import { folded, HUB } from "./graph";
import type { Graph } from "./graph";
import { Painter } from "./painter";

/** More nodes than this become groups. */
const MOST_NODES = 200;
/** Rows of the table; what has most comes first. */
const MOST_ROWS = 200;
/** Thirty frames a second. In milliseconds, a little less so that every second frame of a screen counts. */
const LEAST_BETWEEN_FRAMES = 30;

/** A graph on a page, moving while something flows, and the same as a table. Stands still where motion is not wanted. While nobody is in it, an example stands there, pale. */
export class Topology {
  readonly #area = el("div", { class: "topology", role: "img" });
  readonly #table = el("details", { class: "chart-table" }, el("summary", { text: "Who sends to whom, as a table" }));
  readonly #tablePlace = el("div", { class: "table-responsive", tabindex: "0", role: "region" });
  readonly #painter: Painter;
  readonly #example: Graph;
  readonly #calm = matchMedia("(prefers-reduced-motion: reduce)");
  readonly #size: ResizeObserver;
  readonly #stopFollowing: () => void;
  #graph: Graph = { nodes: [], edges: [] };
  #said = "";
  #request = 0;
  #drawnAt = 0;

  /**
   * @param title what the graph is of
   * @param example what it would look like, for as long as nobody is in it
   */
  constructor(host: HTMLElement, title: string, example: Graph) {
    this.#example = example;
    const still = el("canvas");
    const moving = el("canvas");
    this.#area.append(still, moving);
    this.#table.append(this.#tablePlace);
    setAttribute(this.#tablePlace, "aria-label", `${title}: who sends to whom`);
    host.replaceChildren(this.#area, this.#table);
    this.#painter = new Painter(still, moving);
    this.#table.addEventListener("toggle", () => {
      this.#fillTable();
    });
    this.#size = new ResizeObserver(this.#draw);
    this.#size.observe(this.#area);
    this.#stopFollowing = onAppearance(this.#draw);
    this.#calm.addEventListener("change", this.#draw);
  }

  /** Shows another state; does nothing when it is the same. `words` say it to those who do not see it. */
  update(graph: Graph, words: string): void {
    const shown = folded(graph, MOST_NODES);
    const said = JSON.stringify(shown);
    setAttribute(this.#area, "aria-label", words);
    if (said === this.#said) return;
    this.#said = said;
    this.#graph = shown;
    this.#draw();
    this.#fillTable();
  }

  dispose(): void {
    cancelAnimationFrame(this.#request);
    this.#size.disconnect();
    this.#stopFollowing();
    this.#calm.removeEventListener("change", this.#draw);
  }

  readonly #draw = (): void => {
    const isEmpty = this.#graph.nodes.length === 0;
    this.#painter.draw(isEmpty ? this.#example : this.#graph, isEmpty);
    cancelAnimationFrame(this.#request);
    if (this.#painter.moves && !this.#calm.matches) this.#request = requestAnimationFrame(this.#frame);
  };

  readonly #frame = (time: number): void => {
    this.#request = requestAnimationFrame(this.#frame);
    if (time - this.#drawnAt < LEAST_BETWEEN_FRAMES) return;
    this.#drawnAt = time;
    this.#painter.frame(time / 1000);
  };

  /** Rows are made when somebody looks at them. */
  #fillTable(): void {
    if (!this.#table.open) return;
    const labels = new Map([[HUB, "Hub"], ...this.#graph.nodes.map(({ id, label }) => [id, label] as const)]);
    const rows = this.#graph.edges
      .toSorted((one, other) => other.bytesPerSecond - one.bytesPerSecond)
      .slice(0, MOST_ROWS)
      .map(({ from, to, bytesPerSecond }) =>
        el(
          "tr",
          {},
          el("td", { text: labels.get(from) ?? from }),
          el("td", { text: labels.get(to) ?? to }),
          el("td", { class: "text-end", text: bytesPerSecond > 0 ? formatRate(bytesPerSecond) : "nothing now" }),
        ),
      );
    const head = ["From", "To", "Rate"].map((text) => el("th", { scope: "col", text }));
    const table = el("table", { class: "table table-sm" }, el("thead", {}, el("tr", {}, ...head)));
    const nothing = el("tr", {}, el("td", { colspan: "3", text: "Nobody sends anything now." }));
    table.append(el("tbody", {}, ...(rows.length === 0 ? [nothing] : rows)));
    this.#tablePlace.replaceChildren(table);
  }
}
