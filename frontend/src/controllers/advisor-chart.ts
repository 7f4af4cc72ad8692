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

/** The curves of the three models; `crossing` is the number of receivers from which peers are quicker, 0 when there is none. */
export function curveSpec(points: readonly CurvePoint[], crossing: number): ChartSpec {
  const line = (of: (point: CurvePoint) => number): (readonly [number, number])[] =>
    points.map((point) => [point.receivers, of(point)]);
  const met = points.find((point) => point.receivers === crossing);
  const series: ChartSpec["series"] = [
    { name: "From the hub", kind: "hub", shape: "line", values: line((point) => point.hubSeconds) },
    { name: "From peers", kind: "peers", shape: "line", values: line((point) => point.peersSeconds) },
    { name: "Automatic", kind: "automatic", shape: "line", values: line((point) => point.automaticSeconds) },
  ];
  const crossed = { name: "Peers become quicker", kind: "neutral", shape: "points" } as const;
  return {
    title: "Expected time until everybody has the file",
    description: "All else as above; the number of receivers by powers of ten.",
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
