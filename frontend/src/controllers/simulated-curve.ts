import type { CurveNews, CurveOrder, Trial } from "../../simulator/curve";
import type { SimulatedPoint } from "./comparison-chart";

/** Milliseconds after which a curve is left as it is: a person waits no longer, and a small machine has other work. */
const PATIENCE_MILLIS = 20_000;

/** What the curve needs of the browser. */
export interface CurvePorts {
  startSimulator: () => Worker;
  later: (milliseconds: number, action: () => void) => () => void;
}

/** How a curve came out; the words are empty when there is nothing to say. */
export interface CurveResult {
  points: readonly SimulatedPoint[];
  words: string;
}

const WORDS = {
  drawn:
    "Simulated: the same engine with the same limits, in this browser, over lines and processors that are quicker than those limits. Where they are not, browsers take longer.",
  leftOut: "Peers are not simulated here: this file at these rates would keep the browser busy for too long.",
  slow: "The simulation took too long for this browser and was ended; what it had reached is drawn.",
  slowNothing: "The simulation took too long for this browser and was ended.",
  failed: "There is no simulated curve: the simulator could not do its work in this browser.",
} as const;

/** Has the curve of an experiment simulated, in a worker, and tells once how it came out. Answers how to end it before. */
export function simulated(
  trial: Trial,
  { startSimulator, later }: CurvePorts,
  tell: (result: CurveResult) => void,
): () => void {
  const points: SimulatedPoint[] = [];
  let worker: Worker | null = null;
  let forget: () => void = () => undefined;
  const end = (): void => {
    forget();
    worker?.terminate();
    worker = null;
  };
  const over = (words: string): void => {
    if (worker === null) return;
    end();
    tell({ points, words });
  };
  try {
    worker = startSimulator();
  } catch {
    tell({ points, words: WORDS.failed });
    return end;
  }
  worker.onerror = () => {
    over(WORDS.failed);
  };
  worker.onmessage = ({ data }: MessageEvent<CurveNews>) => {
    if (data.tell === "point") points.push(data);
    else over(data.tell === "drawn" ? WORDS.drawn : data.tell === "left-out" ? WORDS.leftOut : WORDS.failed);
  };
  forget = later(PATIENCE_MILLIS, () => {
    over(points.length > 0 ? WORDS.slow : WORDS.slowNothing);
  });
  const order: CurveOrder = { do: "curve", trial };
  worker.postMessage(order);
  return end;
}
