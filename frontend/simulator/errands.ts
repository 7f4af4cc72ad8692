import type { Effect } from "../src/mesh/core/events";
import { parseRevocations, payloadOf } from "../src/protocol/ticket";
import type { VirtualPeer } from "./peer";
import { Socket } from "./socket";
import type { World } from "./world";

/** Milliseconds that checking a ticket takes. */
export const CHECKING_MILLIS = 1;

/** Milliseconds that the store takes to look whether it still has what it has. */
const INSPECTING_MILLIS = 10;

/** Effects that are neither about a link nor about the bytes of a chunk from one. */
type Errand = Exclude<
  Effect,
  {
    do:
      | "make-offer"
      | "make-answer"
      | "apply-answer"
      | "close-link"
      | "check-ticket"
      | "send-piece"
      | "send-frame"
      | "read-chunk"
      | "admit";
  }
>;

/** What a peer has to do with its hub and with its store. */
export class Errands {
  readonly #world: World;
  readonly #peer: VirtualPeer;
  #socket: Socket | null = null;
  #sockets = 0;
  /** Wake-ups that were ordered; only the latest one comes. */
  #wakes = 0;

  constructor(world: World, peer: VirtualPeer) {
    this.#world = world;
    this.#peer = peer;
  }

  /** Ends the socket; `isNoticed`: whether the hub hears of it. */
  hangUp(isNoticed: boolean): void {
    this.#socket?.close(isNoticed);
    this.#socket = null;
  }

  run(effect: Errand): void {
    const world = this.#world;
    const peer = this.#peer;
    switch (effect.do) {
      case "connect-hub":
        this.#socket = new Socket(world, peer, `${peer.name}-${this.#sockets++}`.padStart(22, "P"));
        peer.later(2 * peer.delayMillis, (now) => ({ now, type: "hub-opened" }));
        break;
      case "disconnect-hub":
        this.hangUp(true);
        break;
      case "send-hub":
        this.#socket?.send(effect.message);
        break;
      case "open-store":
        peer.later(1, (now) => ({
          now,
          type: "recalled",
          contents: peer.isHolder ? [peer.store.recall()] : [],
          storage: "kept",
        }));
        break;
      case "load":
        world.origin.manifest(peer, (isThere) => {
          const { transfer } = effect;
          const { now } = world.clock;
          if (isThere) peer.tell({ now, type: "loaded", transfer, kept: peer.store.recall() });
          else peer.tell({ now, type: "load-failed", transfer, problem: "hub-unreachable" });
        });
        break;
      case "fetch-leased": {
        const { content, chunk, length } = effect;
        world.origin.chunk(peer, this.#socket?.id ?? "", chunk, length, (bytes) => {
          const { now } = world.clock;
          if (bytes !== null) peer.tell({ now, type: "lease-bytes", content, chunk, bytes });
          else peer.tell({ now, type: "lease-failed", content, chunk, problem: "hub-unreachable" });
        });
        break;
      }
      case "check-revocations": {
        const list = parseRevocations(payloadOf(effect.list));
        if (list !== null) peer.later(CHECKING_MILLIS, (now) => ({ now, type: "revocations-checked", list }));
        break;
      }
      case "wake-at":
        this.#wakeAt(effect.at);
        break;
      case "note":
        peer.store.note(effect.note);
        break;
      case "inspect": {
        const { content } = effect;
        peer.later(INSPECTING_MILLIS, (now) => ({
          now,
          type: "inspected",
          content,
          origins: peer.store.recall().origins,
        }));
        break;
      }
      case "drop-leased":
        world.origin.drop(peer);
        break;
      case "make-restart":
      case "use":
      case "drop":
      case "close-store":
      case "trial-prepare":
      case "trial-begin":
      case "trial-end":
        break;
    }
  }

  /** As in the browser, an order takes the place of the one before. */
  #wakeAt(at: number): void {
    const { clock } = this.#world;
    const order = ++this.#wakes;
    clock.at(at, () => {
      if (order === this.#wakes) this.#peer.tell({ now: clock.now, type: "wake" });
    });
  }
}
