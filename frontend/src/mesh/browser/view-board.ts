import type { Clock, MeshView } from "../ports";

/** Milliseconds between two calls of a listener at least: at most 4 a second. */
const NOTICE_MILLIS = 250;

/** Keeps pages up to date without drowning them: one view for many changes. */
export class ViewBoard {
  readonly #clock: Clock;
  readonly #make: () => MeshView;
  readonly #listeners = new Set<(view: MeshView) => void>();
  #view: MeshView | null = null;
  #shownAt = Number.NEGATIVE_INFINITY;
  #planned: (() => void) | null = null;

  constructor(clock: Clock, make: () => MeshView) {
    this.#clock = clock;
    this.#make = make;
  }

  /** The present view; the same object until something changes. */
  view(): MeshView {
    this.#view ??= this.#make();
    return this.#view;
  }

  subscribe(listener: (view: MeshView) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Something may have changed. */
  changed(): void {
    this.#view = null;
    if (this.#planned !== null || this.#listeners.size === 0) return;
    const wait = Math.max(0, this.#shownAt + NOTICE_MILLIS - this.#clock.now());
    this.#planned = this.#clock.after(wait, () => {
      this.#planned = null;
      this.#shownAt = this.#clock.now();
      for (const listener of [...this.#listeners]) listener(this.view());
    });
  }

  /** The first view that satisfies, or the one at hand when `millis` are over. */
  until(satisfies: (view: MeshView) => boolean, millis: number): Promise<MeshView> {
    return new Promise((resolve) => {
      const done = (): void => {
        stopListening();
        stopWaiting();
        resolve(this.view());
      };
      const stopListening = this.subscribe((view) => {
        if (satisfies(view)) done();
      });
      const stopWaiting = this.#clock.after(millis, done);
      this.changed();
    });
  }
}
