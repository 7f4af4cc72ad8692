import { encodeControl, encodePiece, PIECE_HEADER_BYTES, readFrame } from "../../src/protocol/frames";
import { chunkCount, chunkLength, type Manifest } from "../../src/protocol/manifest";
import type { Model } from "../../src/protocol/messages";
import { parseClaims, parseRevocations, payloadOf, refuseClaims } from "../../src/protocol/ticket";
import { type Effect, type KeptContent, lostOrigin, type MeshEvent } from "../../src/mesh/core/events";
import { newMesh } from "../../src/mesh/core/new-state";
import type { MeshState } from "../../src/mesh/core/state";
import { step } from "../../src/mesh/core/step";
import { viewOf } from "../../src/mesh/core/view";
import type { LinkPath, MeshView, TransferView } from "../../src/mesh/ports";
import { sha256 } from "./files";
import { type HubFile, shortId, VirtualHub } from "./virtual-hub";

type Untimed = MeshEvent extends infer Each ? (Each extends MeshEvent ? Omit<Each, "now"> : never) : never;

/** How a virtual peer behaves. Rates in bytes a second. */
export interface Manner {
  uplink?: number;
  /** Spoils every piece it sends. */
  corrupt?: boolean;
  /** Says that it holds what it cannot give. */
  lacks?: boolean;
  /** Answers requests with silence after that many bytes. */
  silentAfter?: number;
  /** How its links turn out to be connected; host unless said otherwise. */
  path?: LinkPath;
  /** Milliseconds by which its clock is wrong. */
  skew?: number;
  /** Milliseconds by which its timers are late, as in a hidden tab. */
  drowsy?: number;
  /** Milliseconds one way to others, beside the usual. */
  far?: number;
  /** Nobody can reach it and it reaches nobody, save the hub. */
  walled?: boolean;
}

interface Kept extends KeptContent {
  bytes: Uint8Array;
}

const LATENCY_MILLIS = 5;
const START = 1_700_000_000_000;

/** Virtual peers, a virtual hub and one virtual clock: everything happens in the order of its time, and always the same. */
export class World {
  now = START;
  readonly hub = new VirtualHub(() => this.now);
  readonly peers: VirtualPeer[] = [];
  readonly cuts = new Map<string, { waiting: (() => void)[]; mendable: boolean }>();
  readonly #plan: { at: number; order: number; task: () => void }[] = [];
  #order = 0;

  peer(name: string, manner: Manner = {}): VirtualPeer {
    const peer = new VirtualPeer(this, name, manner);
    this.peers.push(peer);
    return peer;
  }

  /**
   * Breaks the path of every link between two peers; frames wait, as reliable channels let them, and both ends notice
   * after 3 s. `mendable`: an ICE restart finds another path.
   */
  cut(one: VirtualPeer, other: VirtualPeer, mendable: boolean): void {
    for (const link of one.state.links.keys()) {
      if (!other.state.links.has(link)) continue;
      this.cuts.set(link, { waiting: [], mendable });
      this.after(3_000, () => {
        if (this.cuts.has(link)) this.#both(link, { type: "path-lost", link });
      });
    }
  }

  /** The path of a link is there again, if it can be. */
  reconnect(link: string): void {
    const cut = this.cuts.get(link);
    if (cut?.mendable !== true) return;
    this.cuts.delete(link);
    this.after(LATENCY_MILLIS, () => {
      this.#both(link, { type: "path-back", link });
      for (const task of cut.waiting) task();
    });
  }

  #both(link: string, event: Untimed): void {
    for (const peer of this.peers) if (peer.state.links.has(link)) peer.tell(event);
  }

  after(millis: number, task: () => void): void {
    this.#plan.push({ at: this.now + millis, order: this.#order++, task });
  }

  /** Lets `millis` pass, or less when `done` says so; ticks come every 250 ms. */
  run(millis: number, done: () => boolean = () => false): void {
    const end = this.now + millis;
    while (this.now < end && !done()) {
      const until = Math.min(end, this.now + 250);
      this.#runTo(until);
      for (const peer of this.peers) peer.tell({ type: "tick" });
    }
  }

  #runTo(until: number): void {
    for (;;) {
      this.#plan.sort((left, right) => left.at - right.at || left.order - right.order);
      const next = this.#plan[0];
      if (next === undefined || next.at > until) break;
      this.#plan.shift();
      this.now = next.at;
      next.task();
    }
    this.now = until;
  }
}

/** One peer: the real core, its effects done in memory. */
export class VirtualPeer {
  readonly name: string;
  readonly member: string;
  readonly state: MeshState;
  readonly kept = new Map<string, Kept>();
  readonly effects: Effect[] = [];
  /** The leased chunks of each content that are still wanted, as long as it stays the same object. */
  readonly #leases = new Map<string, object>();
  readonly #world: World;
  readonly #manner: Manner;
  #id: string;
  #connected = false;
  #sockets = 0;
  #uplinkFreeAt = 0;
  #sentBytes = 0;
  readonly #spoilt = new Map<string, Set<number>>();
  /** Bytes that its contents may take. */
  limit = Number.POSITIVE_INFINITY;
  /** Milliseconds by which its clock is wrong now. */
  skew: number;

  constructor(world: World, name: string, manner: Manner) {
    this.#world = world;
    this.#manner = manner;
    this.skew = manner.skew ?? 0;
    this.name = name;
    this.member = shortId(`member-${name}`);
    this.#id = shortId(name);
    this.state = newMesh(sha256(Buffer.from(name)).subarray(0, 16));
  }

  get fingerprint(): string {
    const hex = Buffer.from(sha256(Buffer.from(this.name)))
      .toString("hex")
      .toUpperCase();
    return (hex.match(/../g) ?? []).join(":");
  }

  get view(): MeshView {
    return viewOf(this.state);
  }

  get transfer(): TransferView {
    const [transfer] = this.view.transfers;
    if (transfer === undefined) throw new Error("no transfer");
    return transfer;
  }

  tell(event: Untimed): void {
    const { effects } = step(this.state, { ...event, now: this.#world.now + this.skew });
    this.effects.push(...effects);
    for (const effect of effects) this.#act(effect);
  }

  join(): this {
    this.tell({ type: "join", fingerprint: this.fingerprint });
    return this;
  }

  /** Has the first chunks of the file from the start, all of them unless said, as after an upload. */
  seed({ resource, manifest, bytes }: HubFile, chunks = chunkCount(manifest)): this {
    const origins = new Uint8Array(chunkCount(manifest)).fill(3, 0, chunks);
    const use = { pinned: false, onRequest: false, usedAt: this.#world.now };
    this.kept.set(manifest.contentId, {
      resource,
      name: "file",
      manifest,
      origins,
      note: null,
      bytes: bytes.slice(),
      ...use,
    });
    return this;
  }

  /** A chunk on its disk is not any more what it was; the store finds that when it looks. */
  spoil({ contentId }: Manifest, chunk: number): void {
    this.#spoilt.set(contentId, (this.#spoilt.get(contentId) ?? new Set<number>()).add(chunk));
  }

  fetch(resource: string, transfer = shortId(`transfer-${this.name}`), model: Model = "peers"): void {
    this.tell({ type: "fetch", transfer, resource, name: "file", model });
  }

  bytes(manifest: Manifest): Uint8Array | undefined {
    return this.kept.get(manifest.contentId)?.bytes;
  }

  /** The socket breaks; the peer is somebody new to the hub when it comes back. */
  loseHub(): void {
    this.#connected = false;
    this.#world.hub.gone(this.#id);
    this.tell({ type: "hub-lost" });
  }

  findHub(): void {
    this.#id = shortId(`${this.name}-${++this.#sockets}`);
    this.#connected = true;
    this.tell({ type: "hub-opened" });
  }

  /** The tab is closed: its links break and the hub notices. */
  vanish(): void {
    this.#world.hub.gone(this.#id);
    for (const link of [...this.state.links.keys()]) this.#others(link, { type: "link-lost", link });
    this.state.links.clear();
    this.#connected = false;
  }

  #later(event: Untimed, millis = 0): void {
    this.#world.after(millis, () => {
      this.tell(event);
    });
  }

  #isWalled(link: string): boolean {
    return this.#world.peers.some((peer) => peer.#manner.walled === true && peer.state.links.has(link));
  }

  #others(link: string, event: Untimed, millis = LATENCY_MILLIS): void {
    for (const other of this.#world.peers) {
      if (other === this) continue;
      const arrive = (): void => {
        if (other.state.links.has(link)) other.tell(event);
      };
      const cut = this.#world.cuts.get(link);
      if (cut !== undefined && event.type === "frame") cut.waiting.push(arrive);
      else this.#world.after(millis + (this.#manner.far ?? 0) + (other.#manner.far ?? 0), arrive);
    }
  }

  #act(effect: Effect): void {
    switch (effect.do) {
      case "connect-hub":
        this.#connected = true;
        this.#later({ type: "hub-opened" }, LATENCY_MILLIS);
        break;
      case "disconnect-hub":
        this.#connected = false;
        this.#world.hub.gone(this.#id);
        break;
      case "send-hub":
        this.#sendHub(effect);
        break;
      case "open-store":
        this.#later({
          type: "recalled",
          contents: [...this.kept.values()].map((kept) => this.#copy(kept)),
          storage: "kept",
        });
        break;
      case "load":
        this.#load(effect);
        break;
      case "note": {
        const kept = this.kept.get(effect.content);
        if (kept !== undefined) kept.note = effect.note;
        break;
      }
      case "use": {
        const kept = this.kept.get(effect.content);
        if (kept !== undefined) Object.assign(kept, effect.use);
        break;
      }
      case "inspect": {
        const kept = this.kept.get(effect.content);
        if (kept === undefined) break;
        for (const chunk of this.#spoilt.get(effect.content) ?? [])
          kept.origins[chunk] = lostOrigin(kept.origins[chunk] ?? 0);
        this.#later({ type: "inspected", content: effect.content, origins: kept.origins.slice() }, 10);
        break;
      }
      case "drop":
        this.kept.delete(effect.content);
        break;
      case "close-store":
        break;
      case "check-revocations": {
        const list = parseRevocations(payloadOf(effect.list));
        if (list !== null) this.#later({ type: "revocations-checked", list });
        break;
      }
      case "fetch-leased":
        this.#fetchLeased(effect);
        break;
      case "drop-leased":
        this.#leases.delete(effect.content);
        break;
      case "wake-at":
        this.#later(
          { type: "wake" },
          Math.max(0, effect.at - this.#world.now - this.skew) + (this.#manner.drowsy ?? 0),
        );
        break;
      case "admit":
        this.#admit(effect);
        break;
      default:
        this.#actOnLink(effect);
    }
  }

  #actOnLink(effect: Effect): void {
    switch (effect.do) {
      case "make-offer":
        this.#later({ type: "offer-made", link: effect.link, sdp: this.fingerprint }, LATENCY_MILLIS);
        break;
      case "make-answer":
        this.#later({ type: "answer-made", link: effect.link, sdp: this.fingerprint }, LATENCY_MILLIS);
        break;
      case "check-ticket": {
        const claims = parseClaims(payloadOf(effect.ticket));
        const refusal =
          claims === null ? "ticket-invalid" : refuseClaims(claims, { ...effect.expected, fingerprint: effect.sdp });
        if (claims === null || refusal !== null) {
          this.#later({ type: "link-faulted", link: effect.link, code: refusal ?? "ticket-invalid" });
        } else
          this.#later({ type: "ticket-passed", link: effect.link, ticket: effect.ticket, sdp: effect.sdp, claims });
        break;
      }
      case "make-restart":
        this.#later({ type: "offer-made", link: effect.link, sdp: this.fingerprint }, LATENCY_MILLIS);
        break;
      case "apply-answer":
        if (this.#world.cuts.has(effect.link)) {
          this.#world.reconnect(effect.link);
          break;
        }
        if (this.#manner.walled === true || this.#isWalled(effect.link)) break;
        this.#later({ type: "channels-opened", link: effect.link, largestMessage: 65_536 }, LATENCY_MILLIS);
        this.#later({ type: "link-facts", link: effect.link, path: this.#path, roundTripMillis: 1 }, LATENCY_MILLIS);
        this.#others(effect.link, { type: "channels-opened", link: effect.link, largestMessage: 65_536 });
        break;
      case "close-link":
        this.#others(effect.link, { type: "link-lost", link: effect.link });
        break;
      case "send-frame": {
        const frame = readFrame("control", encodeControl(effect.frame));
        if (frame.type === "refused") throw new Error(frame.code);
        this.#others(effect.link, { type: "frame", link: effect.link, frame });
        break;
      }
      case "send-piece":
        this.#sendPiece(effect);
        break;
      case "read-chunk": {
        const kept = this.kept.get(effect.content);
        if (kept !== undefined && this.#spoilt.get(effect.content)?.has(effect.chunk) === true) {
          kept.origins[effect.chunk] = lostOrigin(kept.origins[effect.chunk] ?? 0);
          this.#later({ type: "chunk-read", link: effect.link, chunk: effect.chunk, bytes: null }, 1);
          this.#later({ type: "damaged", content: effect.content, chunk: effect.chunk }, 1);
          break;
        }
        const from = effect.chunk * (kept?.manifest.chunkSize ?? 0);
        const bytes = kept?.bytes.slice(from, from + chunkLength(kept.manifest, effect.chunk)) ?? null;
        const given = this.#manner.lacks === true ? null : bytes;
        this.#later({ type: "chunk-read", link: effect.link, chunk: effect.chunk, bytes: given }, 1);
        break;
      }
      default:
        throw new Error(`nobody does ${effect.do}`);
    }
  }

  get #path(): LinkPath {
    return this.#manner.path ?? "host";
  }

  #sendHub({ message }: Effect & { do: "send-hub" }): void {
    if (!this.#connected) return;
    const id = this.#id;
    const { member, fingerprint } = this;
    const say = (answer: Parameters<typeof this.tell>[0]): void => {
      this.#world.after(LATENCY_MILLIS, () => {
        if (this.#connected && this.#id === id) this.tell(answer);
      });
    };
    this.#world.after(LATENCY_MILLIS, () => {
      const self = {
        id,
        member,
        fingerprint,
        say: (each: Parameters<VirtualHub["receive"]>[1] | object) => {
          say({ type: "hub-message", message: each as never });
        },
      };
      this.#world.hub.receive(self, message);
    });
  }

  #load({ transfer, resource }: Effect & { do: "load" }): void {
    const file = [...this.#world.hub.files.values()].find((each) => each.resource === resource);
    if (file === undefined || this.#world.hub.denied.has(this.member)) {
      this.#later({ type: "load-failed", transfer, problem: "not-found" }, LATENCY_MILLIS);
      return;
    }
    const { manifest } = file;
    this.tell({ type: "quota", used: this.#used(), limit: this.limit });
    this.tell({ type: "room-wanted", content: manifest.contentId, bytes: manifest.size });
    if (!this.kept.has(manifest.contentId) && this.#used() + manifest.size > this.limit) {
      this.#later({ type: "load-failed", transfer, problem: "storage-quota" }, LATENCY_MILLIS);
      return;
    }
    const kept = this.kept.get(manifest.contentId) ?? {
      ...{ resource, name: "file", manifest, note: null },
      ...{ origins: new Uint8Array(chunkCount(manifest)), bytes: new Uint8Array(manifest.size) },
      ...{ pinned: false, onRequest: false, usedAt: this.#world.now },
    };
    this.kept.set(manifest.contentId, kept);
    this.#later({ type: "loaded", transfer, kept: this.#copy(kept) }, LATENCY_MILLIS);
  }

  #copy({ resource, name, manifest, note, origins, pinned, onRequest, usedAt }: Kept): KeptContent {
    return { resource, name, manifest, note, origins: origins.slice(), pinned, onRequest, usedAt };
  }

  #used(): number {
    return [...this.kept.values()].reduce((sum, kept) => sum + kept.manifest.size, 0);
  }

  #sendPiece({ link, chunk, offset, bytes }: Effect & { do: "send-piece" }): void {
    this.#sentBytes += bytes.length;
    const spoilt = this.#manner.corrupt === true ? bytes.map((byte) => byte ^ 1) : bytes;
    const frame = readFrame("bulk", encodePiece(chunk, offset, spoilt));
    if (frame.type === "refused") throw new Error(frame.code);
    const { uplink = 10_000_000, silentAfter = Number.POSITIVE_INFINITY } = this.#manner;
    if (this.#sentBytes > silentAfter) return;
    this.#uplinkFreeAt = Math.max(this.#uplinkFreeAt, this.#world.now) + (bytes.length * 1000) / uplink;
    const wait = this.#uplinkFreeAt - this.#world.now;
    this.#others(link, { type: "frame", link, frame }, wait + LATENCY_MILLIS);
    this.#world.after(wait, () => {
      const buffered = this.state.links.get(link)?.buffered ?? 0;
      this.tell({ type: "drained", link, buffered: Math.max(0, buffered - bytes.length - PIECE_HEADER_BYTES) });
    });
  }

  #admit({ content, chunk, source, pieces, leaf, origin }: Effect & { do: "admit" }): void {
    const kept = this.kept.get(content);
    const whole = Buffer.concat(pieces.map((piece) => piece.bytes));
    const right = Buffer.compare(sha256(Uint8Array.of(0), whole), leaf) === 0;
    if (right && kept !== undefined) {
      kept.bytes.set(whole, chunk * kept.manifest.chunkSize);
      kept.origins[chunk] = origin;
      this.#spoilt.get(content)?.delete(chunk);
    }
    this.#later({ type: "admitted", content, chunk, source, outcome: right ? "kept" : "wrong" }, 1);
  }

  #fetchLeased({ content, chunk, length }: Effect & { do: "fetch-leased" }): void {
    const { hub } = this.#world;
    const file = hub.files.get(content);
    if (file === undefined) return;
    const from = chunk * file.manifest.chunkSize;
    const wanted = this.#leases.get(content) ?? {};
    this.#leases.set(content, wanted);
    hub.uplinkFreeAt = Math.max(hub.uplinkFreeAt, this.#world.now) + (length * 1000) / hub.uplink;
    this.#world.after(hub.uplinkFreeAt - this.#world.now + hub.slow, () => {
      // A hub that is gone does not refuse: a request to it hangs.
      if (hub.dead || this.#leases.get(content) !== wanted) return;
      hub.egress += length;
      hub.sent(this.#id, content, chunk);
      this.tell({ type: "lease-bytes", content, chunk, bytes: file.bytes.slice(from, from + length) });
    });
  }
}
