import { encodeMessage, parseHubMessage, type PeerMessage } from "../../protocol/messages";
import type { Clock, HubConnection, HubListener, HubSocket, Random } from "../ports";

/** First pause before connecting again, in milliseconds; it doubles, with jitter, so that a hub that restarts is not stormed. */
const FIRST_PAUSE_MILLIS = 500;

/** Longest pause, in milliseconds. */
const LONGEST_PAUSE_MILLIS = 30_000;

/** Milliseconds without a word of the hub, which pings every 10 s, before the connection counts as dead. */
const SILENCE_MILLIS = 35_000;

/** Milliseconds between two looks at the silence and at what waits to be sent. */
const WATCH_MILLIS = 1_000;

/** A look that comes this many milliseconds after the last was held up, and messages with it: those are handled first. */
const LATE_MILLIS = 3_000;

/** Messages a second sent on average: below the hub's 50, so that a burst of chunks never ends the socket. */
const MESSAGES_A_SECOND = 40;

/** Messages sent at once at most: below the hub's burst of 200. */
const BURST = 150;

/** Messages that wait for their turn at most; what is older than that has lost its meaning. */
const LONGEST_QUEUE = 500;

const SOCKET_PATH = "/api/v1/mesh/socket";

/** The hub's socket over WebSocket, with the session's cookie. `origin`: `http://…` or `https://…`. */
export function webSocketHub(origin: string, clock: Clock, random: Random): HubSocket {
  const address = origin.replace(/^http/, "ws") + SOCKET_PATH;
  return { connect: (listener) => new Connection(address, clock, random, listener) };
}

class Connection implements HubConnection {
  readonly #address: string;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #listener: HubListener;
  #socket: WebSocket | null = null;
  #closed = false;
  #failures = 0;
  #heardAt = 0;
  #tokens = BURST;
  #tokensAt = 0;
  #waiting: PeerMessage[] = [];
  #stopWaiting: (() => void) | null = null;
  #watchedAt: number;
  #stopJudging: (() => void) | null = null;
  readonly #stopWatch: () => void;

  constructor(address: string, clock: Clock, random: Random, listener: HubListener) {
    this.#address = address;
    this.#clock = clock;
    this.#random = random;
    this.#listener = listener;
    this.#watchedAt = clock.now();
    this.#stopWatch = clock.every(WATCH_MILLIS, () => {
      this.#watch();
    });
    this.#open();
  }

  send(message: PeerMessage): void {
    if (this.#socket?.readyState !== WebSocket.OPEN) return;
    // The answer to a ping does not wait behind a burst of chunks.
    if (message.type === "ping") this.#waiting.unshift(message);
    else if (this.#waiting.length < LONGEST_QUEUE) this.#waiting.push(message);
    this.#flush();
  }

  close(): void {
    this.#closed = true;
    this.#stopWatch();
    this.#stopWaiting?.();
    this.#stopJudging?.();
    this.#waiting = [];
    this.#socket?.close(1000);
    this.#socket = null;
  }

  #watch(): void {
    const now = this.#clock.now();
    const late = now - this.#watchedAt > LATE_MILLIS;
    this.#watchedAt = now;
    if (late) {
      this.#stopJudging ??= this.#clock.after(WATCH_MILLIS, () => {
        this.#stopJudging = null;
        this.#judge();
      });
    } else {
      this.#judge();
    }
    this.#flush();
  }

  #judge(): void {
    if (this.#socket !== null && this.#clock.now() - this.#heardAt > SILENCE_MILLIS) this.#drop(this.#socket);
  }

  #open(): void {
    const socket = new WebSocket(this.#address);
    this.#socket = socket;
    this.#heardAt = this.#clock.now();
    socket.onopen = () => {
      if (this.#socket !== socket) return;
      this.#tokens = BURST;
      this.#tokensAt = this.#clock.now();
      this.#listener.opened();
    };
    socket.onmessage = (event: MessageEvent<unknown>) => {
      if (this.#socket !== socket) return;
      this.#heardAt = this.#clock.now();
      const message = typeof event.data === "string" ? parseHubMessage(event.data) : null;
      if (message === null) return;
      if (message.type === "welcome") this.#failures = 0;
      this.#listener.message(message);
    };
    socket.onclose = () => {
      if (this.#socket === socket) this.#drop(socket);
    };
  }

  #drop(socket: WebSocket): void {
    this.#socket = null;
    this.#waiting = [];
    socket.close();
    this.#listener.lost();
    if (this.#closed) return;
    const pause = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS * 2 ** Math.min(this.#failures++, 10));
    const jitter = 0.5 + (this.#random.bytes(1)[0] ?? 0) / 256;
    this.#stopWaiting = this.#clock.after(pause * jitter, () => {
      this.#open();
    });
  }

  #flush(): void {
    const now = this.#clock.now();
    this.#tokens = Math.min(BURST, this.#tokens + ((now - this.#tokensAt) * MESSAGES_A_SECOND) / 1000);
    this.#tokensAt = now;
    while (this.#tokens >= 1 && this.#socket?.readyState === WebSocket.OPEN) {
      const message = this.#waiting.shift();
      if (message === undefined) return;
      this.#tokens--;
      this.#socket.send(encodeMessage(message));
    }
  }
}
