import { Conductor, type News, type Order } from "../../simulator/conductor";
import { type CurveNews, type CurveOrder, simulateCurve } from "../../simulator/curve";

/* The simulator beside the page: its own thread, so that thousands of peers never make the page wait. */

/** The part of a dedicated worker's global scope that is used here; the page's own type library does not know it. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<Order | CurveOrder>) => void) | null;
  postMessage(news: News | CurveNews): void;
}

const scope = globalThis as unknown as WorkerScope;

const conductor = new Conductor({
  now: () => performance.now(),
  later: (milliseconds, action) => {
    setTimeout(action, milliseconds);
  },
  tell: (news) => {
    scope.postMessage(news);
  },
});

scope.onmessage = ({ data }) => {
  if (data.do !== "curve") {
    conductor.hear(data);
    return;
  }
  simulateCurve(data.trial, (news) => {
    scope.postMessage(news);
  });
};
