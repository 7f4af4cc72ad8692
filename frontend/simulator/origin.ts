import type { Bytes } from "../src/mesh/core/events";
import { HASH_BYTES } from "../src/protocol/manifest";
import { Flow, type Path } from "./network";
import type { VirtualPeer } from "./peer";
import { bytesOf } from "./store";
import type { World } from "./world";

/** Bytes of an answer that are sent before another answer has its turn. */
const PART_BYTES = 64 * 1024;

/** Bytes of a request and of an answer's head. */
const HEAD_BYTES = 500;

/** Answers that a browser takes from one hub at once: it opens no more connections of HTTP/1.1 (the hub's own), the rest waits for them. */
const MOST_AT_ONCE = 6;

/** A peer's connections to the hub: how many are busy, and what waits for one. */
interface Connections {
  busy: number;
  waiting: (() => void)[];
}

/** The hub over HTTP: answers share its line evenly. */
export class VirtualOrigin {
  readonly #world: World;
  /** Bytes of chunks sent under leases. */
  egress = 0;
  /** Chunks sent, by their index: how many copies of each have left the hub. */
  readonly copies: Uint16Array;
  /** Answers under way, with what to say to those who wait when the hub dies. */
  readonly #open = new Map<Flow, { to: VirtualPeer; failed: () => void }>();
  readonly #connections = new Map<VirtualPeer, Connections>();

  constructor(world: World) {
    this.#world = world;
    this.copies = new Uint16Array(world.chunks);
  }

  /** The hub stops: no answer goes on. */
  die(): void {
    for (const [flow, { failed }] of this.#open) {
      flow.end();
      failed();
    }
    this.#open.clear();
  }

  /** A peer breaks off what it is being sent. */
  drop(peer: VirtualPeer): void {
    for (const [flow, { to }] of this.#open) {
      if (to !== peer) continue;
      flow.end();
      this.#open.delete(flow);
    }
    const connections = this.#connections.get(peer);
    if (connections !== undefined) connections.waiting = [];
    this.#connections.delete(peer);
  }

  /** The manifest, as JSON with base64. */
  manifest(to: VirtualPeer, done: (isThere: boolean) => void): void {
    const bytes = HEAD_BYTES + Math.ceil((this.#world.chunks * HASH_BYTES * 4) / 3);
    const left = (): void => undefined;
    this.#answer(to, bytes, { left, done });
  }

  /** A leased chunk, or null when the hub cannot give it. */
  chunk(to: VirtualPeer, peer: string, chunk: number, length: number, done: (bytes: Bytes | null) => void): void {
    const connections = this.#connectionsOf(to);
    connections.waiting.push(() => {
      this.#ask(to, peer, chunk, length, (bytes) => {
        connections.busy--;
        done(bytes);
        ask(connections);
      });
    });
    ask(connections);
  }

  #connectionsOf(to: VirtualPeer): Connections {
    const known = this.#connections.get(to) ?? { busy: 0, waiting: [] };
    this.#connections.set(to, known);
    return known;
  }

  #ask(to: VirtualPeer, peer: string, chunk: number, length: number, done: (bytes: Bytes | null) => void): void {
    const { clock, hub } = this.#world;
    to.uplink.owe(HEAD_BYTES);
    clock.after(to.delayMillis, () => {
      if (!hub.knows(peer)) {
        clock.after(to.delayMillis, () => {
          done(null);
        });
        return;
      }
      this.egress += length;
      this.copies[chunk] = (this.copies[chunk] ?? 0) + 1;
      this.#answer(to, HEAD_BYTES + length, {
        left: () => {
          hub.leases.sent(peer, chunk, clock.now);
        },
        done: (isThere) => {
          done(isThere ? bytesOf(length) : null);
        },
      });
    });
  }

  #answer(to: VirtualPeer, bytes: number, last: { left: () => void; done: (isThere: boolean) => void }): void {
    const { clock, luck, hubLine, scenario } = this.#world;
    const path: Path = { delayMillis: to.delayMillis, loss: scenario.loss };
    const flow = new Flow(clock, luck, hubLine, to.downlink, path);
    const failed = (): void => {
      last.done(false);
    };
    this.#open.set(flow, { to, failed });
    const arrived = (): void => {
      this.#open.delete(flow);
      last.done(true);
    };
    for (let rest = bytes; rest > 0; rest -= PART_BYTES) {
      flow.send({ bytes: Math.min(rest, PART_BYTES), ...(rest <= PART_BYTES ? { left: last.left, arrived } : {}) });
    }
  }
}

/** Asks for what waits, as far as connections are free. */
function ask(connections: Connections): void {
  while (connections.busy < MOST_AT_ONCE) {
    const next = connections.waiting.shift();
    if (next === undefined) return;
    connections.busy++;
    next();
  }
}
