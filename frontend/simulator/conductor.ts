import type { Deed } from "./interventions";
import { jsonOf, ONE_SCENARIO } from "./report";
import { type Result, resultOf } from "./result";
import type { Scenario } from "./scenario";
import { type View, viewOf } from "./view";
import { World } from "./world";

/** What the page says. `speed`: virtual seconds a second, 0 to pause. */
export type Order =
  { do: "start"; scenario: Scenario; speed: number } | { do: "speed"; speed: number } | { do: "intervene"; deed: Deed };

/** What the page is told. */
export type News =
  | { tell: "view"; view: View }
  | { tell: "over"; view: View; result: Result; json: string }
  | { tell: "fault"; words: string };

/** The real world: a clock in milliseconds, a way to go on in a while, and the page. */
export interface Ports {
  now: () => number;
  later: (milliseconds: number, action: () => void) => void;
  tell: (news: News) => void;
}

/** Milliseconds of work until orders are looked at: a button is heeded before anybody wonders. */
const TURN_MILLIS = 80;

/** Milliseconds between two turns when nothing is due: as a screen shows pictures, roughly. */
const PAUSE_MILLIS = 10;

/** Milliseconds between two views: the processor is for the race, not for its picture. */
const VIEW_MILLIS = 100;

/** Virtual milliseconds run through at once: with 5,000 peers a few milliseconds of work. */
const SLICE_MILLIS = 10;

/** Real milliseconds that one turn makes up for at most: a tab that was asleep does not leap. */
const LARGEST_GAP_MILLIS = 250;

/** Runs a simulation before somebody's eyes: as fast as they want and the processor can. */
export class Conductor {
  readonly #ports: Ports;
  #world: World | null = null;
  #speed = 0;
  #turnedAt = 0;
  #viewedAt = 0;
  /** Virtual time that should have been reached. */
  #due = 0;

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  hear(order: Order): void {
    if (order.do === "start") this.#start(order.scenario, order.speed);
    else if (order.do === "speed") this.#speed = order.speed;
    else this.#world?.intervene(order.deed);
  }

  #start(scenario: Scenario, speed: number): void {
    try {
      this.#world = new World(scenario);
    } catch (fault) {
      this.#ports.tell({ tell: "fault", words: fault instanceof Error ? fault.message : "that cannot be run" });
      return;
    }
    this.#world.begin();
    this.#speed = speed;
    this.#due = 0;
    this.#turnedAt = this.#ports.now();
    this.#turn(this.#world);
  }

  #turn(world: World): void {
    const { now, later, tell } = this.#ports;
    const startedAt = now();
    if (this.#speed > 0) this.#work(world, startedAt);
    this.#turnedAt = startedAt;
    if (world.isOver) {
      const result = resultOf(world);
      tell({ tell: "over", view: viewOf(world), result, json: jsonOf([{ ...ONE_SCENARIO, results: [result] }]) });
      return;
    }
    if (startedAt - this.#viewedAt >= VIEW_MILLIS) {
      this.#viewedAt = startedAt;
      tell({ tell: "view", view: viewOf(world) });
    }
    const isBehind = this.#speed > 0 && world.now < this.#due;
    later(isBehind ? 0 : PAUSE_MILLIS, () => {
      if (this.#world === world) this.#turn(world);
    });
  }

  /** Catches up with what is due; what cannot be caught up in one turn is let go. */
  #work(world: World, startedAt: number): void {
    this.#due = world.now + Math.min(LARGEST_GAP_MILLIS, startedAt - this.#turnedAt) * this.#speed;
    let spent = 0;
    while (!world.isOver && world.now < this.#due && spent < TURN_MILLIS) {
      world.advance(Math.min(this.#due, world.now + SLICE_MILLIS));
      spent = this.#ports.now() - startedAt;
    }
  }
}
