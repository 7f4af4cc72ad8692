import { encodeMessage, type HubMessage, type PeerMessage } from "../src/protocol/messages";
import type { Guest } from "./hub/virtual-hub";
import type { VirtualPeer } from "./peer";
import type { World } from "./world";

/** A peer's socket to the hub: messages keep their order and take the way between the two lines. */
export class Socket implements Guest {
  readonly id: string;
  readonly member: string;
  readonly fingerprint: string;
  readonly network: string;
  readonly #world: World;
  readonly #peer: VirtualPeer;
  #open = true;

  constructor(world: World, peer: VirtualPeer, id: string) {
    this.#world = world;
    this.#peer = peer;
    this.id = id;
    this.member = peer.member;
    this.fingerprint = peer.fingerprint;
    this.network = peer.network;
  }

  send(message: PeerMessage): void {
    if (!this.#open) return;
    const bytes = encodeMessage(message).length;
    const { clock, hub } = this.#world;
    this.#peer.control.sent += bytes;
    this.#world.countControl(`to-hub ${message.type}`, bytes);
    this.#peer.uplink.owe(bytes);
    clock.after(this.#peer.delayMillis, () => {
      hub.receive(this, message);
    });
  }

  hear(message: HubMessage): void {
    const bytes = JSON.stringify(message).length;
    const { clock, hubLine } = this.#world;
    hubLine.owe(bytes);
    clock.after(this.#peer.delayMillis, () => {
      if (!this.#open) return;
      this.#peer.control.received += bytes;
      this.#world.countControl(`to-peer ${message.type}`, bytes);
      this.#peer.tell({ now: clock.now, type: "hub-message", message });
    });
  }

  /** The peer ends it, or it breaks; the hub notices when the word has come, or does not notice at all. */
  close(isNoticed = true): void {
    if (!this.#open) return;
    this.#open = false;
    const { clock, hub } = this.#world;
    if (!isNoticed) return;
    clock.after(this.#peer.delayMillis, () => {
      hub.gone(this.id);
    });
  }
}
