import { step } from "../src/mesh/core/step";
import type { Effect, MeshEvent } from "../src/mesh/core/events";
import { NO_LIMITS } from "../src/mesh/core/limits";
import { newMesh } from "../src/mesh/core/new-state";
import type { MeshState, Transfer } from "../src/mesh/core/state";
import { chunkLength } from "../src/protocol/manifest";
import { fingerprintOf } from "../src/protocol/sdp";
import { parseClaims, payloadOf, refuseClaims } from "../src/protocol/ticket";
import { CHECKING_MILLIS, Errands } from "./errands";
import { description } from "./hub/papers";
import { LinkEnd } from "./link";
import { Downlink, Uplink } from "./network";
import type { Line } from "./scenario";
import { bytesOf, VirtualStore } from "./store";
import type { World } from "./world";

/** Milliseconds between two ticks, as in the browser. */
const TICK_MILLIS = 250;

/** Milliseconds in which a browser gathers candidates on a network that answers. */
const GATHERING_MILLIS = 100;

/** Milliseconds until the other ends of a peer's links notice that it has gone without a word (ICE consent, RFC 7675: 30 s at most). */
const UNNOTICED_MILLIS = 20_000;

/** A line that holds nothing back. */
const UNBOUNDED = { upload: Number.POSITIVE_INFINITY, download: Number.POSITIVE_INFINITY };

/** How a peer behaves: as it should, sends wrong bytes, or never sends what it is asked for. */
export type Manner = "honest" | "corrupt" | "mute";

/** One peer: the real core, and effects that happen in virtual time. */
export class VirtualPeer {
  readonly name: string;
  readonly member: string;
  readonly fingerprint: string;
  readonly network: string;
  readonly line: Line;
  manner: Manner;
  readonly number: number;
  /** Whether it has the file from the beginning, and only serves. */
  readonly isHolder: boolean;
  /** One way to the middle of the network, in milliseconds. */
  readonly delayMillis: number;
  readonly state: MeshState;
  readonly uplink: Uplink;
  readonly downlink: Downlink;
  readonly store: VirtualStore;
  /** Bytes of control frames and of the socket's messages. */
  readonly control = { sent: 0, received: 0 };
  readonly #world: World;
  readonly #ends = new Map<string, LinkEnd>();
  readonly #filled = new Set<string>();
  readonly #errands: Errands;
  #gone = false;
  /** When its transfer was complete. */
  completedAt: number | null = null;

  constructor(world: World, number: number, line: Line, manner: Manner | "holder") {
    const { clock, luck, scenario } = world;
    this.#world = world;
    this.#errands = new Errands(world, this);
    this.line = line;
    this.isHolder = manner === "holder";
    this.manner = manner === "holder" ? "honest" : manner;
    this.number = number;
    this.name = number.toString(36);
    this.member = this.name.padStart(22, "M");
    this.network = this.name;
    const hex = number.toString(16).toUpperCase().padStart(64, "0");
    this.fingerprint = (hex.match(/../g) ?? []).join(":");
    this.delayMillis = luck.between(scenario.delayLeast, scenario.delayMost);
    const { upload, download } = scenario.capped ? UNBOUNDED : line;
    this.uplink = new Uplink(clock, upload);
    this.downlink = new Downlink(clock, download);
    this.store = new VirtualStore(clock, world.manifest, world.chunks, scenario.verifyRate, this.isHolder);
    this.state = newMesh(luck.seed());
  }

  get isGone(): boolean {
    return this.#gone;
  }

  get transfer(): Transfer | undefined {
    for (const transfer of this.state.transfers.values()) return transfer;
    return undefined;
  }

  join(): void {
    const { clock, luck, scenario } = this.#world;
    if (scenario.capped) {
      const { upload: uploadBytesPerSecond, download: downloadBytesPerSecond } = this.line;
      const limits = { ...NO_LIMITS, uploadBytesPerSecond, downloadBytesPerSecond };
      this.tell({ now: clock.now, type: "limits", limits });
    }
    this.tell({ now: clock.now, type: "join", fingerprint: this.fingerprint });
    clock.after(luck.between(0, TICK_MILLIS), () => {
      this.#tick();
    });
  }

  fetch(): void {
    const { model } = this.#world.scenario;
    const transfer = this.name.padStart(22, "T");
    this.tell({ now: this.#world.clock.now, type: "fetch", transfer, resource: "resource", name: "file", model });
  }

  /** The tab is closed; `isNoticed`: whether the others are told, or have to find out. */
  vanish(isNoticed: boolean): void {
    this.#gone = true;
    this.#errands.hangUp(isNoticed);
    for (const end of this.#ends.values()) end.close(isNoticed ? undefined : UNNOTICED_MILLIS);
    this.#ends.clear();
  }

  /** The hub does not answer any more. */
  loseHub(): void {
    this.#errands.hangUp(false);
    if (!this.#gone) this.tell({ now: this.#world.clock.now, type: "hub-lost" });
  }

  tell(event: MeshEvent): void {
    if (this.#gone) return;
    const { effects } = step(this.state, event);
    for (const effect of effects) this.#act(effect);
    if (this.#filled.size > 0) this.#reportBuffers();
    if (this.completedAt === null && event.type === "admitted") this.#look(event.now);
  }

  #look(now: number): void {
    if (this.transfer?.state !== "completed") return;
    this.completedAt = now;
    this.#world.completed(this);
  }

  #tick(): void {
    if (this.#gone) return;
    const { clock } = this.#world;
    this.tell({ now: clock.now, type: "tick" });
    clock.after(TICK_MILLIS, () => {
      this.#tick();
    });
  }

  /** Tells the core how full the channels really are that it has just filled. */
  #reportBuffers(): void {
    const filled = [...this.#filled];
    this.#filled.clear();
    for (const link of filled) {
      const buffered = this.#ends.get(link)?.buffered ?? 0;
      if (this.state.links.get(link)?.buffered === buffered) continue;
      this.tell({ now: this.#world.clock.now, type: "drained", link, buffered });
    }
  }

  /** Tells it something in a while. */
  later(millis: number, make: (now: number) => MeshEvent): void {
    const { clock } = this.#world;
    clock.after(millis, () => {
      this.tell(make(clock.now));
    });
  }

  #act(effect: Effect): void {
    switch (effect.do) {
      case "send-piece": {
        if (this.manner === "mute") break;
        const { link, chunk, offset, bytes } = effect;
        this.#ends.get(link)?.sendPiece(chunk, offset, this.manner === "corrupt" ? bytesOf(bytes.length, true) : bytes);
        this.#filled.add(link);
        break;
      }
      case "send-frame":
        this.#ends.get(effect.link)?.sendFrame(effect.frame);
        break;
      case "read-chunk": {
        const { link, chunk } = effect;
        this.store.read(chunk, chunkLength(this.#world.manifest, chunk), (bytes) => {
          this.tell({ now: this.#world.clock.now, type: "chunk-read", link, chunk, bytes });
        });
        break;
      }
      case "admit": {
        const { content, chunk, source, pieces } = effect;
        this.store.put(chunk, pieces, source, (outcome) => {
          this.tell({ now: this.#world.clock.now, type: "admitted", content, chunk, source, outcome });
        });
        break;
      }
      case "make-offer":
      case "make-answer":
      case "apply-answer":
      case "close-link":
      case "check-ticket":
        this.#actOnLink(effect);
        break;
      default:
        this.#errands.run(effect);
    }
  }

  #actOnLink(effect: LinkEffect): void {
    const { link } = effect;
    switch (effect.do) {
      case "make-offer":
      case "make-answer": {
        const type = effect.do === "make-offer" ? "offer-made" : "answer-made";
        this.later(GATHERING_MILLIS, (now) => ({ now, type, link, sdp: description(this.fingerprint) }));
        break;
      }
      case "apply-answer":
        this.#world.connect(link, this, effect.sdp);
        break;
      case "close-link":
        this.#ends.get(link)?.close();
        this.#ends.delete(link);
        break;
      case "check-ticket":
        this.#check(effect);
        break;
    }
  }

  /** Claims are looked at as in the browser; the signature is taken for good. */
  #check({ link, ticket, sdp, expected }: Effect & { do: "check-ticket" }): void {
    const claims = parseClaims(payloadOf(ticket));
    const found = fingerprintOf(sdp);
    const refusal =
      "refused" in found || claims === null ? "ticket-invalid" : refuseClaims(claims, { ...expected, ...found });
    this.later(CHECKING_MILLIS, (now) =>
      claims === null || refusal !== null
        ? { now, type: "link-faulted", link, code: refusal ?? "ticket-invalid" }
        : { now, type: "ticket-passed", link, ticket, sdp, claims },
    );
  }

  /** This peer's end of a link that is being connected. */
  addEnd(link: string, delayMillis: number): LinkEnd {
    const end = new LinkEnd(this.#world, link, this, { delayMillis, loss: this.#world.scenario.loss });
    this.#ends.set(link, end);
    return end;
  }
}

type LinkEffect = Effect & { do: "make-offer" | "make-answer" | "apply-answer" | "close-link" | "check-ticket" };
