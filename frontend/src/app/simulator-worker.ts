import { Conductor, type News, type Order } from "../../simulator/conductor";

/* The simulator beside the page: its own thread, so that thousands of peers never make the page wait. */

/** The part of a dedicated worker's global scope that is used here; the page's own type library does not know it. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<Order>) => void) | null;
  postMessage(news: News): void;
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
  conductor.hear(data);
};
