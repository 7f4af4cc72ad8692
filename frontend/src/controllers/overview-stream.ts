import type { Answer, Problem } from "../api/answers";
import { parseOverview } from "../api/overview";
import type { Overview } from "../api/overview";
import { readJsonObject } from "../protocol/shapes";

/** The first wait before a stream that was refused is opened again; each next one is twice as long. In milliseconds. */
const FIRST_WAIT = 2_000;
/** The longest wait: a hub that is back is seen within a minute. In milliseconds. */
const LONGEST_WAIT = 60_000;

/** Makes the stream of overviews; the browser's own reconnects by itself, after sleep too, unless it was refused. */
export type OpenEvents = (address: string) => EventSource;

/** What the stream is handed. */
export interface StreamPorts {
  openEvents: OpenEvents;
  /** Asks once for what the stream would tell; leads to the sign-in page when the session has ended. */
  ask: () => Promise<Answer<Overview>>;
  /** Calls once after so many milliseconds; answers how to stop. */
  later: (milliseconds: number, action: () => void) => () => void;
}

/** How it stands: on its way, live, lost and tried again by the browser, refused and tried again later, or over. */
export type Liveness = "connecting" | "live" | "lost" | "refused" | "over";

/** Whom the stream tells. */
export interface StreamListener {
  overview: (overview: Overview) => void;
  /** What is wrong with the figures that are shown, or null. */
  problem: (problem: Problem | null) => void;
  /** `wait` in milliseconds, where it is refused. */
  liveness: (state: Liveness, wait?: number) => void;
}

/** Overviews as they come. Where the hub refuses the stream (a browser then closes it for good), it asks why and comes back. */
export class OverviewStream {
  readonly #address: string;
  readonly #ports: StreamPorts;
  readonly #listener: StreamListener;
  #events: EventSource | null = null;
  #wait = FIRST_WAIT;
  #stopWaiting: () => void = () => undefined;
  #stopped = false;

  constructor(address: string, ports: StreamPorts, listener: StreamListener) {
    this.#address = address;
    this.#ports = ports;
    this.#listener = listener;
  }

  start(): void {
    this.#listener.liveness("connecting");
    this.#open();
    void this.#ask();
  }

  stop(): void {
    this.#stopped = true;
    this.#stopWaiting();
    this.#events?.close();
  }

  #open(): void {
    const events = this.#ports.openEvents(this.#address);
    this.#events = events;
    events.addEventListener("open", () => {
      this.#listener.liveness("live");
    });
    events.addEventListener("error", () => {
      if (events.readyState === events.CLOSED) void this.#refused();
      else this.#listener.liveness("lost");
    });
    events.addEventListener("overview", (event: MessageEvent<unknown>) => {
      const overview = typeof event.data === "string" ? parseOverview(readJsonObject(event.data)) : null;
      if (overview === null) return;
      this.#wait = FIRST_WAIT;
      this.#listener.liveness("live");
      this.#tell({ ok: true, value: overview });
    });
  }

  async #refused(): Promise<void> {
    const wait = this.#wait;
    this.#wait = Math.min(LONGEST_WAIT, wait * 2);
    this.#listener.liveness("refused", wait);
    const answer = await this.#ask();
    if (this.#stopped) return;
    if (!answer.ok && answer.problem.status === 401) {
      this.#listener.liveness("over");
      return;
    }
    this.#stopWaiting = this.#ports.later(wait, () => {
      this.#open();
    });
  }

  async #ask(): Promise<Answer<Overview>> {
    const answer = await this.#ports.ask();
    if (!this.#stopped) this.#tell(answer);
    return answer;
  }

  #tell(answer: Answer<Overview>): void {
    this.#listener.problem(answer.ok ? null : answer.problem);
    if (answer.ok) this.#listener.overview(answer.value);
  }
}
