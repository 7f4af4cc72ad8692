import { fromBase64url } from "../../src/protocol/base64url";
import { readBitmap } from "../../src/protocol/bitmap";
import { chunkCount, type Manifest } from "../../src/protocol/manifest";
import type { HubMessage, PeerMessage, Report, Turn } from "../../src/protocol/messages";
import type { Revocation } from "../../src/protocol/ticket";

export const HUB_ID = "11111111-2222-4333-8444-555555555555";

const KEY = { kty: "OKP", crv: "Ed25519", x: "A".repeat(43) } as const;

/** A file that the hub knows. */
export interface HubFile {
  resource: string;
  manifest: Manifest;
  bytes: Uint8Array;
}

/** How a peer looks from the hub. */
interface Member {
  id: string;
  member: string;
  fingerprint: string;
  say(message: HubMessage): void;
}

/** An id of the right shape. */
export function shortId(name: string): string {
  return name.padEnd(22, "_");
}

/** A token that looks like a JWS; the virtual mesh does not sign. */
export function unsigned(claims: object): string {
  return `e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.c2ln`;
}

/** A hub in memory: swarms, signalling and leases as the protocol has them. */
export class VirtualHub {
  readonly files = new Map<string, HubFile>();
  readonly reports: Report[] = [];
  readonly refusals: string[] = [];
  readonly lost: (PeerMessage & { type: "lost" })[] = [];
  readonly denied = new Set<string>();
  /** Answers no request for a chunk any more. */
  dead = false;
  /** Milliseconds from a request for a chunk to its bytes, beside the time they take at its rate in bytes a second. */
  slow = 20;
  uplink = Number.POSITIVE_INFINITY;
  uplinkFreeAt = 0;
  /** The leave to use TURN servers that newcomers are given. */
  turn: Turn | null = null;
  /** Bytes that left the hub under leases. */
  egress = 0;
  epoch = 0;
  /** Most chunks it grants at once. */
  most = 32;
  /** Chunks that it sends in an automatic transfer although others hold them: some at the start, or all. */
  credit = 0;
  fast = false;
  readonly #credited = new Map<string, number>();
  readonly #leased = new Set<string>();
  /** When a member entered or last gained a chunk from peers. */
  readonly #gainedAt = new Map<string, number>();
  readonly #members = new Map<string, Member>();
  readonly #swarms = new Map<string, Map<string, Set<number>>>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  add(file: HubFile): void {
    this.files.set(file.manifest.contentId, file);
  }

  gone(id: string): void {
    this.#members.delete(id);
    for (const swarm of this.#swarms.values()) swarm.delete(id);
  }

  ticket(member: Member, content?: string): string {
    const now = Math.floor(this.#now() / 1000);
    return unsigned({
      iss: HUB_ID,
      sub: member.member,
      pid: member.id,
      fp: member.fingerprint,
      ...(content === undefined ? {} : { cid: content }),
      ep: this.epoch,
      iat: now,
      exp: now + 600,
      gexp: now + 43_200,
    });
  }

  revoke(entries: Revocation[]): void {
    this.epoch++;
    const list = this.#list(entries);
    for (const member of this.#members.values()) member.say({ type: "revoked", list });
  }

  /** Tells everybody that a content may be entered again. */
  permit(content: string): void {
    for (const member of this.#members.values()) member.say({ type: "permitted", content });
  }

  /** An administrator drops a peer. */
  drop(id: string): void {
    this.#members.get(id)?.say({ type: "bye", code: "forbidden" });
    this.gone(id);
  }

  receive(from: Member, message: PeerMessage): void {
    switch (message.type) {
      case "hello":
        this.#members.set(from.id, from);
        from.say(this.#welcome(from));
        break;
      case "enter":
        this.#enter(from, message);
        break;
      case "leave":
        this.#swarms.get(message.content)?.delete(from.id);
        break;
      case "signal": {
        if (message.signal.kind === "refuse") this.refusals.push(message.signal.code);
        this.#members.get(message.to)?.say({ type: "signal", from: from.id, signal: message.signal });
        break;
      }
      case "have":
        this.#gain(from, message);
        break;
      case "lease":
        this.#lease(from, message);
        break;
      case "lost":
        this.lost.push(message);
        break;
      case "report":
        this.reports.push(message);
        break;
      case "willing":
      case "ping":
      case "bye":
        break;
    }
  }

  #welcome(member: Member): HubMessage {
    const ticket = this.ticket(member);
    const common = { hub: HUB_ID, key: KEY, stun: [], turn: this.turn, epoch: this.epoch, revocations: this.#list([]) };
    return { type: "welcome", peer: member.id, ticket, ...common };
  }

  #enter(from: Member, { content, have }: PeerMessage & { type: "enter" }): void {
    const file = this.files.get(content);
    if (file === undefined || this.denied.has(from.member)) {
      from.say({ type: "problem", code: "not-found", detail: "", content, link: null });
      return;
    }
    const swarm = this.#swarms.get(content) ?? new Map<string, Set<number>>();
    this.#swarms.set(content, swarm);
    const others = [...swarm.keys()].filter((id) => id !== from.id).slice(0, 5);
    if (!swarm.has(from.id)) this.#gainedAt.set(`${from.id} ${content}`, this.#now());
    swarm.set(from.id, new Set(this.#chunks(content, have)));
    from.say({ type: "neighbours", content, ticket: this.ticket(from, content), peers: others, part: [] });
  }

  #chunks(content: string, bitmap: string): number[] {
    const file = this.files.get(content);
    if (file === undefined) throw new Error("no such content");
    const chunks = chunkCount(file.manifest);
    const set = readBitmap(fromBase64url(bitmap) ?? new Uint8Array(0), chunks);
    if (set === null) throw new Error("a bitmap of the wrong length");
    return Array.from({ length: chunks }, (_, chunk) => chunk).filter((chunk) => set.has(chunk));
  }

  /** Gives some of a member's neighbours to others. */
  part(content: string, id: string, part: string[]): void {
    const member = this.#members.get(id);
    member?.say({ type: "neighbours", content, ticket: this.ticket(member, content), peers: [], part });
  }

  #lease(from: Member, { content, model, wanted, room }: PeerMessage & { type: "lease" }): void {
    const others = [...(this.#swarms.get(content) ?? [])].filter(([id]) => id !== from.id);
    const wishes = this.#chunks(content, wanted);
    const place = `${from.id} ${content}`;
    let chunks = wishes.filter((chunk) => !others.some(([, held]) => held.has(chunk)));
    const stalled = this.#now() - (this.#gainedAt.get(place) ?? 0) >= 2_000;
    const credit = this.credit - (this.#credited.get(place) ?? 0);
    if (chunks.length === 0 && (stalled || (model === "automatic" && this.fast))) chunks = wishes;
    else if (chunks.length === 0 && model === "automatic" && credit > 0) {
      chunks = wishes.slice(0, Math.min(credit, room));
      this.#credited.set(place, this.credit - credit + chunks.length);
    }
    chunks = chunks.slice(0, Math.min(this.most, room));
    for (const chunk of chunks) this.#leased.add(`${place} ${chunk}`);
    const lease = chunks.length === 0 ? null : "lease";
    from.say({ type: "leased", content, lease, chunks, retryAfterMillis: lease === null ? 250 : null });
  }

  #gain(from: Member, { content, chunks }: PeerMessage & { type: "have" }): void {
    for (const chunk of chunks) {
      this.#swarms.get(content)?.get(from.id)?.add(chunk);
      if (!this.#leased.has(`${from.id} ${content} ${chunk}`)) this.#gainedAt.set(`${from.id} ${content}`, this.#now());
    }
  }

  #list(entries: Revocation[]): string {
    const rev = entries.map(({ member, content }) => ({
      sub: member,
      ...(content === undefined ? {} : { cid: content }),
    }));
    return unsigned({ iss: HUB_ID, iat: 0, ep: this.epoch, rev });
  }
}
