import type { VirtualClock } from "./clock";
import type { Luck } from "./luck";

/** Payload of one packet of a data channel or of TCP, in bytes (a common path MTU of 1,280 less the headers). */
const PACKET_BYTES = 1_200;

/** Constant of the throughput of a sender that halves its window at each loss: rate = PACKET / RTT x 1.22 / sqrt(loss) (Mathis et al. 1997). */
const MATHIS = 1.22;

/** Most bytes of one flow on their way at once: the receive window of a data channel and of TCP in browsers, roughly. */
const WINDOW_BYTES = 1024 * 1024;

/** Something sent at once over a flow: a message of a bulk channel, or a part of an answer of the hub. */
export interface Parcel {
  bytes: number;
  /** It has left the sender's buffer. */
  left?: () => void;
  arrived?: () => void;
}

/** The receiving half of an access link: parcels queue for its rate. They come in while they are sent, so both halves work at once. */
export class Downlink {
  readonly #clock: VirtualClock;
  readonly #millisPerByte: number;
  #freeAt = 0;

  /** `rate` in bytes a second. */
  constructor(clock: VirtualClock, rate: number) {
    this.#clock = clock;
    this.#millisPerByte = 1000 / rate;
  }

  /** The first byte came at `firstAt`, the last one just now. */
  take(bytes: number, firstAt: number, done: () => void): void {
    const { now } = this.#clock;
    this.#freeAt = Math.max(now, Math.max(this.#freeAt, firstAt) + bytes * this.#millisPerByte);
    if (this.#freeAt <= now) done();
    else this.#clock.at(this.#freeAt, done);
  }
}

/** The sending half of an access link: its rate is shared evenly among the flows that have something to send, parcel by parcel. */
export class Uplink {
  readonly #clock: VirtualClock;
  readonly #millisPerByte: number;
  readonly #waiting: Flow[] = [];
  #busy = false;
  #wakeAt = Number.POSITIVE_INFINITY;
  #owed = 0;
  /** Bytes of parcels sent so far. */
  sent = 0;

  /** `rate` in bytes a second. */
  constructor(clock: VirtualClock, rate: number) {
    this.#clock = clock;
    this.#millisPerByte = 1000 / rate;
  }

  /** Small messages that overtake the parcels: they cost the link their time all the same. */
  owe(bytes: number): void {
    this.#owed += bytes;
  }

  /** A flow has something to send, or may send again. */
  offer(flow: Flow): void {
    if (!flow.offered) this.#waiting.push(flow);
    flow.offered = true;
    this.pump();
  }

  pump(): void {
    if (this.#busy) return;
    const { now } = this.#clock;
    let soonest = Number.POSITIVE_INFINITY;
    for (let position = 0; position < this.#waiting.length; position++) {
      const flow = this.#waiting[position];
      if (flow === undefined || flow.isFull()) continue;
      if (flow.nextAt > now) {
        soonest = Math.min(soonest, flow.nextAt);
        continue;
      }
      this.#waiting.splice(position, 1);
      flow.offered = false;
      this.#send(flow);
      return;
    }
    this.#wake(soonest);
  }

  #send(flow: Flow): void {
    const parcel = flow.take();
    if (parcel === undefined) {
      this.pump();
      return;
    }
    const startedAt = this.#clock.now;
    this.#busy = true;
    this.sent += parcel.bytes;
    const bytes = parcel.bytes + this.#owed;
    this.#owed = 0;
    this.#clock.after(bytes * flow.repeated * this.#millisPerByte, () => {
      this.#busy = false;
      flow.carry(parcel, startedAt);
      if (flow.hasMore()) this.offer(flow);
      else this.pump();
    });
  }

  #wake(time: number): void {
    if (time >= this.#wakeAt) return;
    this.#wakeAt = time;
    this.#clock.at(time, () => {
      if (this.#wakeAt !== time) return;
      this.#wakeAt = Number.POSITIVE_INFINITY;
      this.pump();
    });
  }
}

/** What lies between two access links. */
export interface Path {
  /** One way, in milliseconds. */
  delayMillis: number;
  /** Part of the packets that are lost, 0 to 1. What it costs a reliable channel: rate, repeated bytes, and late messages. */
  loss: number;
}

/** Bytes a second that one reliable flow can carry over a path, its ends' rates aside. */
export function flowRate({ delayMillis, loss }: Path): number {
  const roundTrip = (2 * delayMillis) / 1000;
  if (roundTrip === 0) return Number.POSITIVE_INFINITY;
  const window = loss === 0 ? WINDOW_BYTES : Math.min(WINDOW_BYTES, (MATHIS * PACKET_BYTES) / Math.sqrt(loss));
  return window / roundTrip;
}

/** Milliseconds by which a message of `bytes` is late because a packet of it was lost and sent again. */
export function lateness({ delayMillis, loss }: Path, bytes: number, luck: Luck): number {
  if (loss === 0) return 0;
  const intact = (1 - loss) ** Math.ceil(bytes / PACKET_BYTES);
  return luck.share() < intact ? 0 : 2 * delayMillis;
}

/** One direction of a connection: parcels in order from an uplink over a path to a downlink. */
export class Flow {
  readonly #clock: VirtualClock;
  readonly #luck: Luck;
  readonly #from: Uplink;
  readonly #to: Downlink;
  readonly #path: Path;
  readonly #millisPerByte: number;
  #queue: Parcel[] = [];
  #onTheWay = 0;
  #ended = false;
  /** Whether the uplink has it in its list. */
  offered = false;
  /** When its own rate allows the next parcel. */
  nextAt = 0;
  /** How often each byte is sent on average. */
  readonly repeated: number;

  constructor(clock: VirtualClock, luck: Luck, from: Uplink, to: Downlink, path: Path) {
    this.#clock = clock;
    this.#luck = luck;
    this.#from = from;
    this.#to = to;
    this.#path = path;
    this.#millisPerByte = 1000 / flowRate(path);
    this.repeated = 1 / (1 - path.loss);
  }

  send(parcel: Parcel): void {
    if (this.#ended) return;
    this.#queue.push(parcel);
    this.#from.offer(this);
  }

  /** The connection is gone, with everything that is not yet delivered. */
  end(): void {
    this.#ended = true;
    this.#queue = [];
  }

  hasMore(): boolean {
    return this.#queue.length > 0;
  }

  /** Whether the window is full: what is on the way has to arrive first. */
  isFull(): boolean {
    return this.#onTheWay >= WINDOW_BYTES;
  }

  take(): Parcel | undefined {
    const parcel = this.#queue.shift();
    if (parcel === undefined) return undefined;
    this.#onTheWay += parcel.bytes;
    this.nextAt = this.#clock.now + parcel.bytes * this.#millisPerByte;
    return parcel;
  }

  /** The parcel has left the uplink whole. */
  carry(parcel: Parcel, startedAt: number): void {
    if (this.#ended) return;
    parcel.left?.();
    const delay = this.#path.delayMillis + lateness(this.#path, parcel.bytes, this.#luck);
    this.#clock.after(delay, () => {
      this.#to.take(parcel.bytes, startedAt + delay, () => {
        this.#deliver(parcel);
      });
    });
  }

  #deliver(parcel: Parcel): void {
    const wasFull = this.isFull();
    this.#onTheWay -= parcel.bytes;
    if (this.#ended) return;
    if (wasFull && this.hasMore()) this.#from.offer(this);
    parcel.arrived?.();
  }
}
