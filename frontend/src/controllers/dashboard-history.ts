import type { Answer } from "../api/answers";
import type { Series } from "../api/series";
import type { Chart, ChartSpec } from "../ui/charts";
import { showProblem } from "../ui/dom";
import { seriesChart, stretchOf } from "./dashboard-series";
import type { Period, Stretch } from "./dashboard-series";

/** While something happens, the hub is asked this often; while nothing does, this often too, because time goes on. In milliseconds. */
const REFRESH_AFTER = 10_000;
const REFRESH_AT_REST_AFTER = 60_000;

/** What the time series is handed. */
export interface HistoryPorts {
  series: (stretch: Stretch, resource: string | null) => Promise<Answer<Series>>;
  drawChart: (host: HTMLElement, spec: ChartSpec) => Promise<Chart>;
  /** This machine's clock, in milliseconds since 1970. */
  now: () => number;
  /** Calls once after so many milliseconds; answers how to stop. */
  later: (milliseconds: number, action: () => void) => () => void;
}

/** The bytes of the last hour, day or month, drawn anew when there may be others. One request at a time; late answers to old questions are dropped. */
export class DashboardHistory {
  readonly #host: HTMLElement;
  readonly #problem: HTMLElement;
  readonly #ports: HistoryPorts;
  #chart: Promise<Chart> | null = null;
  #wanted: { period: Period; resource: string | null };
  #asked = 0;
  #askedAt = -Infinity;
  #stopWaiting: () => void = () => undefined;
  #stirred = false;
  #over = false;

  constructor(host: HTMLElement, problem: HTMLElement, period: Period, ports: HistoryPorts) {
    this.#host = host;
    this.#problem = problem;
    this.#ports = ports;
    this.#wanted = { period, resource: null };
  }

  /** Shows another stretch or another resource. */
  show(period: Period, resource: string | null): void {
    this.#wanted = { period, resource };
    void this.#ask();
  }

  /** Something was delivered. */
  stirred(): void {
    if (this.#stirred) return;
    this.#stirred = true;
    this.#wait(Math.max(0, this.#askedAt + REFRESH_AFTER - this.#ports.now()));
  }

  dispose(): void {
    this.#over = true;
    this.#stopWaiting();
    void this.#chart?.then((chart) => {
      chart.dispose();
    });
  }

  async #ask(): Promise<void> {
    const question = ++this.#asked;
    const { period, resource } = this.#wanted;
    this.#askedAt = this.#ports.now();
    const stretch = stretchOf(period, new Date(this.#askedAt));
    this.#stirred = false;
    this.#wait(REFRESH_AT_REST_AFTER);
    const answer = await this.#ports.series(stretch, resource);
    if (this.#over || question !== this.#asked) return;
    showProblem(this.#problem, answer.ok ? null : answer.problem.detail);
    if (answer.ok) await this.#draw(seriesChart(period, stretch, answer.value));
  }

  #wait(milliseconds: number): void {
    this.#stopWaiting();
    this.#stopWaiting = this.#ports.later(milliseconds, () => {
      void this.#ask();
    });
  }

  async #draw(spec: ChartSpec): Promise<void> {
    if (this.#chart === null) {
      this.#chart = this.#ports.drawChart(this.#host, spec);
      return;
    }
    (await this.#chart).update(spec);
  }
}
