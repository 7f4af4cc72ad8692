import { Controller } from "@hotwired/stimulus";
import type { ControllerConstructor } from "@hotwired/stimulus";
import { isFault, scenarioOf } from "../../simulator/asked";
import type { News, Order } from "../../simulator/conductor";
import { DEEDS, type Deed } from "../../simulator/interventions";
import type { Scenario } from "../../simulator/scenario";
import type { View } from "../../simulator/view";
import { onAppearance } from "../ui/appearance";
import { announce, partsOf, setText, showProblem } from "../ui/dom";
import { formatDuration } from "../ui/format";
import { RacePicture } from "./race-picture";
import { SimulatorForm } from "./simulator-form";
import { deedWords, drawFigures, drawResult, overWords } from "./simulator-words";

/** What the controller needs of the browser. */
export interface SimulatorPorts {
  startWorker: () => Worker;
  now: () => number;
  /** Whether the person wants little motion. */
  isStill: () => boolean;
  /** Calls once before the next picture. */
  beforePicture: (action: () => void) => void;
  /** Hands a text to the person as a file. */
  save: (name: string, text: string) => void;
}

/** Milliseconds between two pictures for those who want little motion. */
const STILL_MILLIS = 1_000;

/** Star and mesh race on a virtual clock; the simulator runs in a worker. */
export function simulatorController(ports: SimulatorPorts): ControllerConstructor {
  return class extends Controller<HTMLElement> {
    readonly #part = partsOf(this.element, "data-simulator-target");
    readonly #form = new SimulatorForm(this.element);
    #worker: Worker | null = null;
    #pictures: RacePicture[] = [];
    #view: View | null = null;
    #stopFollowing: () => void = () => undefined;
    #scenario: Scenario | null = null;
    #drawnAt = 0;
    #awaitsPicture = false;
    #isPaused = false;
    #json = "";
    /** What is said of the time when the race is over. */
    #over = "";
    /** Real and virtual moments between which the speed is measured. */
    #paced = { real: 0, virtual: 0 };

    override connect(): void {
      this.#pictures = (["star", "mesh"] as const).map(
        (side) => new RacePicture(this.#part(side) as HTMLCanvasElement, side),
      );
      this.#stopFollowing = onAppearance(() => {
        this.#draw(true);
      });
      this.#showRunning(false);
      this.check();
    }

    override disconnect(): void {
      this.#stopFollowing();
      this.#stop();
    }

    check(): void {
      this.#form.mark();
    }

    start(event: Event): void {
      event.preventDefault();
      const scenario = scenarioOf(this.#form.texts());
      showProblem(
        this.#part("problem"),
        isFault(scenario) ? `${this.#form.labelOf(scenario.field)}: ${scenario.words}` : null,
      );
      if (isFault(scenario)) {
        this.#form.focus(scenario.field);
        return;
      }
      this.#stop();
      this.#scenario = scenario;
      this.#isPaused = false;
      this.#paced = { real: ports.now(), virtual: 0 };
      const worker = ports.startWorker();
      this.#worker = worker;
      worker.onmessage = ({ data }: MessageEvent<News>) => {
        if (this.#worker === worker) this.#hear(data);
      };
      this.#part("result").hidden = true;
      this.#part("race").hidden = false;
      this.#part("deeds").textContent = "";
      this.#showRunning(true);
      this.#tell({ do: "start", scenario, speed: this.#speed() });
    }

    pause(): void {
      this.#isPaused = !this.#isPaused;
      setText(this.#part("pause"), this.#isPaused ? "Go on" : "Pause");
      this.#pace();
    }

    pace(): void {
      this.#pace();
    }

    intervene({ params }: { params: { deed?: string } }): void {
      const deed = DEEDS.find((each) => each === params.deed);
      if (deed === undefined) return;
      this.#tell({ do: "intervene", deed });
      this.#note(deed);
    }

    save(): void {
      if (this.#json !== "") ports.save(`simulation-${this.#scenario?.peers ?? 0}-peers.json`, this.#json);
    }

    #hear(news: News): void {
      if (news.tell === "fault") {
        showProblem(this.#part("problem"), news.words);
        this.#stop();
        return;
      }
      this.#view = news.view;
      if (news.tell === "over") {
        this.#json = news.json;
        drawResult(this.#part, news.result);
        this.#part("result").hidden = false;
        this.#stop();
        this.#over = overWords(news.view, news.result);
        announce(this.#over);
      }
      this.#draw(news.tell === "over");
    }

    #draw(atOnce: boolean): void {
      const isDue = atOnce || !ports.isStill() || ports.now() - this.#drawnAt >= STILL_MILLIS;
      if (this.#awaitsPicture || !isDue) return;
      this.#awaitsPicture = true;
      ports.beforePicture(() => {
        this.#awaitsPicture = false;
        const [view, scenario] = [this.#view, this.#scenario];
        if (view === null || scenario === null) return;
        this.#drawnAt = ports.now();
        for (const picture of this.#pictures) picture.draw(view);
        drawFigures(this.#part, view, scenario);
        const seconds = Math.max(1, ports.now() - this.#paced.real);
        this.#showPace(view, (view.now - this.#paced.virtual) / seconds);
      });
    }

    #showPace(view: View, pace: number): void {
      const words = this.#isPaused ? "paused" : `${pace.toFixed(1)} times real time`;
      const running = `${formatDuration(view.now / 1000)} of virtual time, ${words}`;
      setText(this.#part("clock"), this.#worker === null ? this.#over : running);
    }

    #note(deed: Deed): void {
      const line = document.createElement("li");
      line.textContent = `After ${formatDuration((this.#view?.now ?? 0) / 1000)}: ${deedWords(deed)}`;
      this.#part("deeds").append(line);
      announce(deedWords(deed));
    }

    #pace(): void {
      this.#paced = { real: ports.now(), virtual: this.#view?.now ?? 0 };
      this.#tell({ do: "speed", speed: this.#isPaused ? 0 : this.#speed() });
      this.#draw(true);
    }

    #speed(): number {
      return Number((this.#part("speed") as HTMLSelectElement).value);
    }

    #tell(order: Order): void {
      this.#worker?.postMessage(order);
    }

    #showRunning(isRunning: boolean): void {
      for (const button of this.element.querySelectorAll<HTMLButtonElement>("[data-while-running]")) {
        button.disabled = !isRunning;
      }
      setText(this.#part("pause"), "Pause");
      this.element.dataset["running"] = String(isRunning);
    }

    #stop(): void {
      this.#worker?.terminate();
      this.#worker = null;
      this.#showRunning(false);
    }
  };
}
