import { Controller } from "@hotwired/stimulus";
import type { ControllerConstructor } from "@hotwired/stimulus";
import type { Chart, ChartSpec } from "../ui/charts";

/** A point of the advisor's curve: expected seconds until everybody has the file. */
export interface CurvePoint {
  receivers: number;
  hubSeconds: number;
  peersSeconds: number;
  automaticSeconds: number;
}

/** The drawing ends at so many times the crossing, and not below so many receivers: further on the hub's curve leaves no room for the others. */
const AROUND_CROSSING = 4;
const LEAST_SHOWN = 20;

/** The curves of the three models; `crossing` is the number of receivers from which peers are quicker, 0 when there is none. */
export function curveSpec(points: readonly CurvePoint[], crossing: number): ChartSpec {
  const most = crossing === 0 ? Number.POSITIVE_INFINITY : Math.max(LEAST_SHOWN, AROUND_CROSSING * crossing);
  const shown = points.filter((point) => point.receivers <= most);
  const line = (of: (point: CurvePoint) => number): (readonly [number, number])[] =>
    shown.map((point) => [point.receivers, of(point)]);
  const met = points.find((point) => point.receivers === crossing);
  const series: ChartSpec["series"] = [
    { name: "From the hub", kind: "hub", shape: "line", values: line((point) => point.hubSeconds) },
    { name: "From peers", kind: "peers", shape: "line", values: line((point) => point.peersSeconds) },
    { name: "Automatic", kind: "automatic", shape: "line", values: line((point) => point.automaticSeconds) },
  ];
  const crossed = { name: "Peers become quicker", kind: "neutral", shape: "points" } as const;
  return {
    title: "Expected time until everybody has the file",
    description:
      crossing === 0 ? "All else as above." : "All else as above, around the number of receivers at which it changes.",
    x: { name: "Receivers", unit: "count" },
    y: { name: "Time", unit: "seconds" },
    series: met === undefined ? series : [...series, { ...crossed, values: [[met.receivers, met.peersSeconds]] }],
  };
}

/** Draws what the hub has reckoned. */
export function advisorChartController(
  draw: (host: HTMLElement, spec: ChartSpec) => Promise<Chart>,
): ControllerConstructor {
  return class extends Controller<HTMLElement> {
    static override values = { curve: Array, crossing: Number };
    declare readonly curveValue: CurvePoint[];
    declare readonly crossingValue: number;
    /** What was drawn since the controller came, to be taken off when it goes. */
    #drawing: Promise<Chart> | null = null;

    override connect(): void {
      this.#drawing = draw(this.element, curveSpec(this.curveValue, this.crossingValue));
    }

    override disconnect(): void {
      void this.#drawing?.then((chart) => {
        chart.dispose();
      });
      this.#drawing = null;
    }
  };
}
