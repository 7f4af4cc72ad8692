import { Controller } from "@hotwired/stimulus";
import type { ControllerConstructor } from "@hotwired/stimulus";
import type { ExperimentItem, LiveItem, ReceiverItem } from "../api/experiment";
import type { Hub } from "../api/hub";
import type { Chart, drawChart } from "../ui/charts";
import { el, partsOf, setText, showProblem } from "../ui/dom";
import { formatBytes } from "../ui/format";
import { keyed } from "../ui/keyed";
import { drawTwoBar, twoBar } from "../ui/two-bar";
import { chartOf, MODELS } from "./comparison-chart";
import { simulated } from "./simulated-curve";

/** Milliseconds between two looks at an experiment that runs. */
const LOOK_MILLIS = 1_000;

/** Of a peer's id, told apart by people. */
const SHORT_LETTERS = 6;

export interface ComparisonPorts {
  hub: Pick<Hub, "experiment">;
  later: (milliseconds: number, action: () => void) => () => void;
  /** Shows the page again as the hub now has it. */
  refresh: () => void;
  draw: typeof drawChart;
  startSimulator: () => Worker;
}

/** The page of one experiment: how it goes on, and its chart. */
export function comparisonController(ports: ComparisonPorts): ControllerConstructor {
  const { hub, later, refresh, draw } = ports;
  return class extends Controller<HTMLElement> {
    static override values = { id: String, running: Boolean };
    declare readonly idValue: string;
    declare readonly runningValue: boolean;
    readonly #part = partsOf(this.element, "data-comparison-target");
    #stop: () => void = () => undefined;
    #endSimulation: () => void = () => undefined;
    #chart: Chart | null = null;
    #connected = false;
    #done: number | null = null;

    override connect(): void {
      this.#connected = true;
      void this.#look();
    }

    override disconnect(): void {
      this.#connected = false;
      this.#stop();
      this.#endSimulation();
      this.#chart?.dispose();
      this.#chart = null;
    }

    async #look(): Promise<void> {
      const answer = await hub.experiment(this.idValue);
      if (this.#isGone()) return;
      showProblem(this.#part("problem"), answer.ok ? null : answer.problem.detail);
      if (answer.ok) {
        await this.#draw(answer.value);
        if (this.#isGone() || this.#isOutOfDate(answer.value)) return;
      }
      if (this.runningValue) {
        this.#stop = later(LOOK_MILLIS, () => {
          void this.#look();
        });
      }
    }

    /** Whether the person has gone to another page meanwhile. */
    #isGone(): boolean {
      return !this.#connected;
    }

    /** Another run is done, or all are: the tables are the hub's to write. */
    #isOutOfDate({ live }: ExperimentItem): boolean {
      const before = this.#done;
      this.#done = live?.runsDone ?? null;
      const changed = this.runningValue && (live === null || (before !== null && live.runsDone !== before));
      if (changed) refresh();
      return changed;
    }

    async #draw(experiment: ExperimentItem): Promise<void> {
      if (this.runningValue && experiment.live !== null) this.#drawLive(experiment.live, experiment);
      if (this.#chart !== null || experiment.figures.length === 0) return;
      const place = this.element.querySelector<HTMLElement>('[data-comparison-target="chart"]');
      if (place === null) return;
      const chart = await draw(place, chartOf(experiment));
      if (this.#isGone()) {
        chart.dispose();
        return;
      }
      this.#chart = chart;
      this.#simulate(experiment, chart);
    }

    /** Only once the experiment is over: its receivers may need this machine's processor. */
    #simulate(experiment: ExperimentItem, chart: Chart): void {
      const words = this.#part("simulated");
      if (experiment.live !== null) {
        setText(words, "What the simulator expects is drawn when the experiment is over.");
        return;
      }
      setText(words, "Simulating the same settings in this browser…");
      const trial = { ...experiment.settings, size: experiment.size };
      this.#endSimulation = simulated(trial, ports, (result) => {
        if (result.points.length > 0) chart.update(chartOf(experiment, result.points));
        setText(words, result.words);
      });
    }

    #drawLive(live: LiveItem, { size, runs }: ExperimentItem): void {
      setText(this.#part("standing"), standingOf(live, runs));
      const rows = this.#part("receivers");
      keyed(
        rows,
        live.receivers,
        ({ peer }) => peer,
        receiverRow,
        (row, { fromHub, fromPeers }) => {
          const bar = row.querySelector<HTMLElement>(".two-bar");
          if (bar !== null) drawTwoBar(bar, { fromHub, fromPeers, size });
          const words = row.querySelector(".model-words");
          const parts = `${formatBytes(fromHub)} hub + ${formatBytes(fromPeers)} peers`;
          if (words !== null) setText(words, `${parts} of ${formatBytes(size)}`);
        },
      );
    }
  };
}

/** Named as where receivers are chosen: `Ben · peer AbC123`. */
function receiverRow({ peer, who }: ReceiverItem): HTMLLIElement {
  const short = peer.slice(0, SHORT_LETTERS);
  const name = el("span", { class: "text-break", text: who ?? `Receiver ${short}` });
  const which = el("span", { class: "text-secondary", text: `· peer ${short}` });
  const head = el("div", {}, name, ...(who === null ? [] : [" ", which]));
  return el("li", { class: "mb-2" }, head, twoBar(head.textContent), el("div", { class: "model-words" }));
}

/** For example: `2 of 8 runs done. Now: from peers (warm-up).` */
function standingOf({ model, warmUp, phase, runsDone }: LiveItem, runs: number): string {
  const done = `${runsDone} of ${runs} runs done.`;
  if (model === null) return `${done} A moment of rest.`;
  const what = `${MODELS[model].toLowerCase()}${warmUp ? " (warm-up)" : ""}`;
  return phase === "asking" ? `${done} Receivers get ready: ${what}.` : `${done} Now: ${what}.`;
}
