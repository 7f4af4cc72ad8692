/** Where virtual time begins, in milliseconds since 1970: late enough for tickets to have times of the right shape. */
const BEGINNING = 1_700_000_000_000;

interface Appointment {
  at: number;
  order: number;
  task: () => void;
}

/** Virtual time in milliseconds. What is planned happens in the order of its time, and at one time in the order of planning. */
export class VirtualClock {
  readonly start = BEGINNING;
  now = BEGINNING;
  /** How much has happened. */
  events = 0;
  /** A binary heap, the next appointment first. */
  readonly #heap: Appointment[] = [];
  #order = 0;

  after(millis: number, task: () => void): void {
    this.#push({ at: this.now + Math.max(0, millis), order: this.#order++, task });
  }

  at(time: number, task: () => void): void {
    this.after(time - this.now, task);
  }

  /** Lets time pass until `time`, or until `done` says so after something that happened. */
  runUntil(time: number, done: () => boolean = () => false): void {
    for (let next = this.#heap[0]; next !== undefined && next.at <= time; next = this.#heap[0]) {
      this.#pop();
      this.now = next.at;
      this.events++;
      next.task();
      if (done()) return;
    }
    this.now = time;
  }

  #push(appointment: Appointment): void {
    const heap = this.#heap;
    let hole = heap.length;
    heap.push(appointment);
    while (hole > 0) {
      const above = (hole - 1) >> 1;
      const other = heap[above];
      if (other === undefined || !isSooner(appointment, other)) break;
      heap[hole] = other;
      hole = above;
    }
    heap[hole] = appointment;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let hole = 0;
    for (;;) {
      const left = 2 * hole + 1;
      const first = heap[left];
      if (first === undefined) break;
      const second = heap[left + 1];
      const below = second !== undefined && isSooner(second, first) ? left + 1 : left;
      const other = below === left ? first : second;
      if (other === undefined || !isSooner(other, last)) break;
      heap[hole] = other;
      hole = below;
    }
    heap[hole] = last;
  }
}

function isSooner(left: Appointment, right: Appointment): boolean {
  return left.at < right.at || (left.at === right.at && left.order < right.order);
}
