import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { webSocketHub } from "../../src/mesh/browser/hub-socket";
import type { HubConnection } from "../../src/mesh/ports";

const CONTENT = "ab".repeat(32);

/** A socket whose other end is the test. */
class WrittenSocket {
  static readonly OPEN = 1;
  static all: WrittenSocket[] = [];
  readyState = WrittenSocket.OPEN;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  readonly sent: string[] = [];

  constructor() {
    WrittenSocket.all.push(this);
  }

  send(text: string): void {
    this.sent.push(text);
  }

  close(): void {
    this.readyState = 3;
  }
}

let now: number;
let tasks: Set<{ at: number; every: number | null; task: () => void }>;
let lost: number;
let connection: HubConnection;

/** Time passes; timers run only at its end when it passes at once, as in a tab that is held up. */
function pass(millis: number, before: () => void = () => undefined): void {
  now += millis;
  before();
  for (const planned of [...tasks]) {
    if (planned.at > now || !tasks.has(planned)) continue;
    if (planned.every === null) tasks.delete(planned);
    else planned.at = now + planned.every;
    planned.task();
  }
}

const plan = (millis: number, every: number | null, task: () => void): (() => void) => {
  const planned = { at: now + millis, every, task };
  tasks.add(planned);
  return () => tasks.delete(planned);
};

const ping = (): void => WrittenSocket.all.at(-1)?.onmessage?.({ data: '{"type":"ping"}' });

beforeEach(() => {
  now = 1_000_000;
  tasks = new Set();
  lost = 0;
  WrittenSocket.all = [];
  vi.stubGlobal("WebSocket", WrittenSocket);
  const clock = {
    now: () => now,
    after: (millis: number, task: () => void) => plan(millis, null, task),
    every: (millis: number, task: () => void) => plan(millis, millis, task),
  };
  const random = { bytes: (length: number) => new Uint8Array(length) };
  connection = webSocketHub("http://hub", clock, random).connect({
    opened: () => undefined,
    message: () => {
      connection.send({ type: "ping" });
    },
    lost: () => lost++,
  });
  WrittenSocket.all[0]?.onopen?.();
});

afterEach(() => {
  connection.close();
  vi.unstubAllGlobals();
  expect(tasks.size).toBe(0);
});

describe("the hub's socket", () => {
  it("lives as long as the hub is heard, and connects again after 35 s of silence", () => {
    for (let second = 0; second < 120; second++) {
      if (second % 10 === 0) ping();
      pass(1_000);
    }
    expect([lost, WrittenSocket.all.length]).toEqual([0, 1]);
    for (let second = 0; second < 40; second++) pass(1_000);
    expect([lost, WrittenSocket.all.length]).toEqual([1, 2]);
  });

  it("handles what waited before it judges, when a timer was held up", () => {
    for (let minute = 0; minute < 5; minute++) {
      pass(60_000);
      ping();
      pass(1_000);
    }
    expect(lost).toBe(0);
  });

  it("is judged too when every timer is held up", () => {
    pass(60_000);
    pass(60_000);
    expect(lost).toBe(1);
  });

  it("answers a ping ahead of what waits in a burst", () => {
    for (let each = 0; each < 300; each++) connection.send({ type: "leave", content: CONTENT });
    const [socket] = WrittenSocket.all;
    const before = socket?.sent.length ?? 0;
    expect(before).toBeLessThan(300);
    ping();
    pass(1_000);
    expect(socket?.sent[before]).toBe('{"type":"ping"}');
  });
});
