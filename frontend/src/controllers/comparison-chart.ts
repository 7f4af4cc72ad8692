import type { BoundsItem, ExperimentItem, ModelWord } from "../api/experiment";
import type { BoundKind, ChartSeries, ChartSpec } from "../ui/charts";

/** The models as people call them. */
export const MODELS: Readonly<Record<ModelWord, string>> = {
  hub: "From the hub",
  peers: "From peers",
  automatic: "Automatic",
};

const ORDER = ["hub", "peers", "automatic"] as const;

/** A simulated time of the last receiver, in seconds. */
export interface SimulatedPoint {
  model: ModelWord;
  receivers: number;
  seconds: number;
}

/** Time against receivers: what was measured as points, what is simulated as broken lines, the least there is as dotted ones. */
export function chartOf(experiment: ExperimentItem, simulated: readonly SimulatedPoint[] = []): ChartSpec {
  const measured = experiment.figures.flatMap(({ model, receivers, last }): SimulatedPoint[] =>
    last === null ? [] : [{ model, receivers, seconds: last }],
  );
  const expected = simulated.length === 0 ? "" : "what the simulator expects as triangles, ";
  return {
    title: "Until the last receiver had the file",
    description: `Measured times as points, ${expected}the least time that theory allows as dotted lines.`,
    x: { name: "Receivers", unit: "count" },
    y: { name: "Time", unit: "seconds" },
    series: [
      ...ofModels(measured, (model) => ({ name: MODELS[model], kind: model, shape: "points" })),
      ...ofModels(simulated, (model) => ({
        name: `${MODELS[model]}, simulated`,
        kind: `simulated-${model}`,
        shape: "line",
      })),
      ...boundsOf(experiment),
    ],
  };
}

/** One series for each model that has points. */
function ofModels(
  points: readonly SimulatedPoint[],
  seriesOf: (model: ModelWord) => Omit<ChartSeries, "values">,
): ChartSeries[] {
  return ORDER.flatMap((model) => {
    const values = points.flatMap((each): [number, number][] =>
      each.model === model ? [[each.receivers, each.seconds]] : [],
    );
    return values.length === 0 ? [] : [{ ...seriesOf(model), values }];
  });
}

/** The least there is of the models that were measured. The model `peers` spares the hub, so that it has a second bound. */
function boundsOf({ figures, curve }: ExperimentItem): ChartSeries[] {
  const bound = (name: string, kind: BoundKind, of: (least: BoundsItem) => number): ChartSeries => ({
    name,
    kind,
    shape: "line",
    values: curve.map((each): [number, number] => [each.receivers, of(each)]),
  });
  const has = (...models: ModelWord[]): boolean => figures.some(({ model }) => models.includes(model));
  return [
    ...(has("hub") ? [bound("Least from the hub", "bound-hub", (least) => least.clientServer)] : []),
    ...(has("peers", "automatic") ? [bound("Least with all sending", "bound-peers", (least) => least.peerToPeer)] : []),
    ...(has("peers") ? [bound("Least with one copy from the hub", "bound-thrifty", (least) => least.thrifty)] : []),
  ];
}
