import { fromBase64url } from "../../src/protocol/base64url";
import { type Bitmap, readBitmap } from "../../src/protocol/bitmap";
import { chunkCount, type Manifest } from "../../src/protocol/manifest";
import type { HubMessage, PeerMessage, Report } from "../../src/protocol/messages";
import type { VirtualClock } from "../clock";
import type { Luck } from "../luck";
import { newMember, NeighbourGraph } from "./graph";
import { LeaseDesk, type Policy } from "./leases";
import { HUB_ID, HUB_KEY, NOTHING_REVOKED, ticketFor } from "./papers";

/** Milliseconds between two pings of a peer. */
const PING_MILLIS = 10_000;

/** Milliseconds without a word after which a peer counts as gone. */
const SILENCE_MILLIS = 30_000;

/** Milliseconds between two looks at the pairs that were lost. */
const REOPEN_MILLIS = 1_000;

/** The other end of a peer's socket. */
export interface Guest {
  id: string;
  member: string;
  fingerprint: string;
  network: string;
  hear(message: HubMessage): void;
}

interface Session {
  guest: Guest;
  heardAt: number;
}

/** The hub's side of the mesh for one content: sessions, signalling, neighbours and leases, as the protocol has them. */
export class VirtualHub {
  readonly leases: LeaseDesk;
  /** The latest report of each transfer. */
  readonly reports = new Map<string, Report>();
  readonly #clock: VirtualClock;
  readonly #manifest: Manifest;
  readonly #graph: NeighbourGraph;
  readonly #sessions = new Map<string, Session>();
  #alive = true;
  #leaseNumber = 0;

  constructor(clock: VirtualClock, manifest: Manifest, policy: Policy, luck: Luck) {
    this.#clock = clock;
    this.#manifest = manifest;
    const draw = (below: number): number => luck.below(below);
    this.leases = new LeaseDesk(chunkCount(manifest), manifest.chunkSize, policy, draw);
    this.#graph = new NeighbourGraph(draw);
  }

  /** Introduces pairs that were lost again when their time is over, for as long as the hub lives. */
  tend(): void {
    this.#clock.after(REOPEN_MILLIS, () => {
      if (!this.#alive) return;
      this.#graph.reopen(this.#clock.now);
      this.#spread();
      this.tend();
    });
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** The hub stops without a word. */
  die(): void {
    this.#alive = false;
    this.#sessions.clear();
  }

  /** Whether a peer may still fetch under its leases. */
  knows(peer: string): boolean {
    return this.#sessions.has(peer);
  }

  receive(guest: Guest, message: PeerMessage): void {
    if (!this.#alive) return;
    const session = this.#sessions.get(guest.id);
    if (session !== undefined) session.heardAt = this.#clock.now;
    if (message.type === "hello") this.#welcome(guest);
    else if (session !== undefined) this.#hear(guest, message);
  }

  /** A socket has ended. */
  gone(peer: string): void {
    if (!this.#alive || !this.#sessions.delete(peer)) return;
    this.#exit(peer);
  }

  #hear(guest: Guest, message: Exclude<PeerMessage, { type: "hello" }>): void {
    const { now } = this.#clock;
    switch (message.type) {
      case "enter":
        this.#enter(guest, message.have);
        break;
      case "leave":
        this.#exit(guest.id);
        break;
      case "signal": {
        const other = this.#sessions.get(message.to);
        if (other !== undefined) other.guest.hear({ type: "signal", from: guest.id, signal: message.signal });
        else this.#refuse(guest, message.signal.content, message.signal.link);
        break;
      }
      case "have":
        this.leases.have(guest.id, message.chunks, now);
        this.#look(guest.id);
        break;
      case "lease":
        this.#lease(guest, message);
        break;
      case "report":
        this.reports.set(message.transfer, message);
        this.leases.served(guest.id, message.served, now);
        break;
      case "lost":
        this.#graph.lost(guest.id, message.peer, message.code, now);
        if (this.#graph.isShunned(message.peer)) this.leases.shun(message.peer);
        this.#spread();
        break;
      case "bye":
        this.gone(guest.id);
        break;
      case "ping":
      case "willing":
      case "volunteer":
      case "trial-state":
        break;
    }
  }

  #welcome(guest: Guest): void {
    this.#sessions.set(guest.id, { guest, heardAt: this.#clock.now });
    const ticket = ticketFor(guest, null, this.#clock.now);
    const common = {
      hub: HUB_ID,
      key: HUB_KEY,
      stun: ["stun:hub.example:3478"],
      epoch: 0,
      turn: null,
      revocations: NOTHING_REVOKED,
    };
    guest.hear({ type: "welcome", peer: guest.id, ticket, ...common });
    this.#watch(guest.id);
  }

  /** Pings a peer for as long as it is there. */
  #watch(peer: string): void {
    this.#clock.after(PING_MILLIS, () => {
      const session = this.#sessions.get(peer);
      if (session === undefined) return;
      if (this.#clock.now - session.heardAt >= SILENCE_MILLIS) {
        this.gone(peer);
        return;
      }
      session.guest.hear({ type: "ping" });
      this.#watch(peer);
    });
  }

  #enter(guest: Guest, have: string): void {
    const { now } = this.#clock;
    const held = this.#read(have);
    const chunks = Array.from({ length: held.chunks }, (_, chunk) => chunk).filter((chunk) => held.has(chunk));
    this.leases.enter(guest.id, chunks, now);
    this.#graph.enter(newMember(guest.id, guest.member, guest.network, this.leases.isFull(guest.id)), now);
    this.#name(guest, this.#graph.neighbours(guest.id), []);
    this.#spread();
  }

  /** Whether the member holds everything now. */
  #look(peer: string): void {
    if (!this.leases.isFull(peer)) return;
    this.#graph.filled(peer, this.#clock.now);
    this.#spread();
  }

  #exit(peer: string): void {
    this.leases.exit(peer);
    this.#graph.exit(peer, this.#clock.now);
    this.#spread();
  }

  /** Tells members what has changed about their neighbours. */
  #spread(): void {
    for (const [peer, { named, part }] of this.#graph.wiring.take()) {
      const guest = this.#sessions.get(peer)?.guest;
      if (guest !== undefined) this.#name(guest, [...named], [...part]);
    }
  }

  #name(guest: Guest, named: string[], part: string[]): void {
    const content = this.#manifest.contentId;
    const guests = named.flatMap((peer) => this.#sessions.get(peer)?.guest ?? []);
    const peers = guests.map(({ id, member, fingerprint }) => ({ peer: id, member, fingerprint }));
    guest.hear({ type: "neighbours", content, ticket: ticketFor(guest, content, this.#clock.now), peers, part });
  }

  #refuse(guest: Guest, content: string, link: string): void {
    guest.hear({ type: "problem", code: "peer-unknown", detail: "", content, link });
  }

  #lease(guest: Guest, { content, model, wanted: text, room }: PeerMessage & { type: "lease" }): void {
    const wanted = this.#read(text);
    const isWanted = (chunk: number): boolean => wanted.has(chunk);
    const { chunks, retryAfterMillis } = this.leases.lease(guest.id, model, isWanted, room, this.#clock.now);
    if (chunks.length === 0) guest.hear({ type: "leased", content, lease: null, chunks, retryAfterMillis });
    else {
      const lease = (this.#leaseNumber++).toString(36).padStart(22, "_");
      guest.hear({ type: "leased", content, lease, chunks, retryAfterMillis: null });
    }
  }

  #read(bitmap: string): Bitmap {
    const read = readBitmap(fromBase64url(bitmap) ?? new Uint8Array(0), chunkCount(this.#manifest));
    if (read === null) throw new Error("a bitmap of the wrong length");
    return read;
  }
}
