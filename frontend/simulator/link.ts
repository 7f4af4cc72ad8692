import { type ControlFrame, encodeControl, PIECE_HEADER_BYTES } from "../src/protocol/frames";
import type { Bytes } from "../src/mesh/core/events";
import type { World } from "./world";
import { Flow, lateness, type Path } from "./network";
import type { VirtualPeer } from "./peer";

/** Bytes in the bulk channel below which it asks for more (protocol: 256 KiB). */
const LOW_WATER_BYTES = 256 * 1024;

/** Round trips from the answer to open channels: ICE 1, DTLS 1.2 2, SCTP 2. */
const OPENING_ROUND_TRIPS = 5;

/** Bytes of a chunk's index in a frame. */
const INDEX_BYTES = 4;

/** Largest message of a channel, as browsers report it. */
const LARGEST_MESSAGE = 256 * 1024;

/** Length of a control frame's message; those with indexes, which are nearly all, are not written for it. */
export function controlBytes(frame: ControlFrame): number {
  if (!("chunks" in frame)) return encodeControl(frame).length;
  return (frame.type === "reject" ? 2 : 1) + INDEX_BYTES * frame.chunks.length;
}

/** One end of a link: its bulk channel is a flow, its control channel overtakes it and keeps its order. */
export class LinkEnd {
  readonly id: string;
  readonly peer: VirtualPeer;
  readonly #world: World;
  readonly #path: Path;
  #flow: Flow | null = null;
  #other: LinkEnd | null = null;
  #controlAt = 0;
  #closed = false;
  /** Bytes in the bulk channel. */
  buffered = 0;

  constructor(world: World, id: string, peer: VirtualPeer, path: Path) {
    this.#world = world;
    this.id = id;
    this.peer = peer;
    this.#path = path;
  }

  /** Joins two ends: their channels open a few round trips later. */
  static join(one: LinkEnd, two: LinkEnd): void {
    one.#meet(two);
    two.#meet(one);
  }

  #meet(other: LinkEnd): void {
    const { clock, luck } = this.#world;
    this.#other = other;
    this.#flow = new Flow(clock, luck, this.peer.uplink, other.peer.downlink, this.#path);
    clock.after(OPENING_ROUND_TRIPS * 2 * this.#path.delayMillis, () => {
      if (this.#closed) return;
      this.peer.tell({ now: clock.now, type: "channels-opened", link: this.id, largestMessage: LARGEST_MESSAGE });
    });
  }

  sendFrame(frame: ControlFrame): void {
    const bytes = controlBytes(frame);
    const { clock, luck } = this.#world;
    const { peer } = this;
    const other = this.#other;
    peer.control.sent += bytes;
    peer.uplink.owe(bytes);
    if (other === null) return;
    this.#controlAt = Math.max(this.#controlAt, clock.now + this.#path.delayMillis + lateness(this.#path, bytes, luck));
    clock.at(this.#controlAt, () => {
      if (other.#closed) return;
      other.peer.control.received += bytes;
      this.#world.countControl(`link ${frame.type}`, 2 * bytes);
      other.peer.tell({ now: clock.now, type: "frame", link: this.id, frame });
    });
  }

  sendPiece(chunk: number, offset: number, bytes: Bytes): void {
    const length = bytes.length + PIECE_HEADER_BYTES;
    const { clock } = this.#world;
    const other = this.#other;
    this.buffered += length;
    this.#flow?.send({
      bytes: length,
      left: () => {
        this.#left(length);
      },
      arrived: () => {
        if (other === null || other.#closed) return;
        const frame = { type: "piece", chunk, offset, bytes } as const;
        other.peer.tell({ now: clock.now, type: "frame", link: this.id, frame });
      },
    });
  }

  #left(length: number): void {
    const before = this.buffered;
    this.buffered -= length;
    if (this.#closed || before <= LOW_WATER_BYTES || this.buffered > LOW_WATER_BYTES) return;
    this.peer.tell({ now: this.#world.clock.now, type: "drained", link: this.id, buffered: this.buffered });
  }

  #stop(): void {
    this.#flow?.end();
  }

  /** This end closes; the other notices `after` milliseconds later, and until then its channel only fills. */
  close(after = this.#path.delayMillis): void {
    if (this.#closed) return;
    this.#closed = true;
    const { clock } = this.#world;
    const other = this.#other;
    this.#stop();
    if (other !== null) other.#stop();
    clock.after(after, () => {
      if (other === null || other.#closed) return;
      other.#closed = true;
      other.peer.tell({ now: clock.now, type: "link-lost", link: this.id });
    });
  }
}
