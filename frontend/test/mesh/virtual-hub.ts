import { fromBase64url } from "../../src/protocol/base64url";
import { readBitmap } from "../../src/protocol/bitmap";
import { LeaseDesk, type Policy } from "../../simulator/hub/leases";
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
  /** Passes on no signal. */
  mute = false;
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
  /** Whether it sends what others hold to automatic transfers; to be set before anybody enters. */
  policy: Policy = "thrifty";
  readonly #members = new Map<string, Member>();
  readonly #swarms = new Map<string, { members: Set<string>; leases: LeaseDesk }>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  add(file: HubFile): void {
    this.files.set(file.manifest.contentId, file);
  }

  gone(id: string): void {
    this.#members.delete(id);
    for (const content of this.#swarms.keys()) this.#exit(id, content);
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
        this.#exit(from.id, message.content);
        break;
      case "signal": {
        if (message.signal.kind === "refuse") this.refusals.push(message.signal.code);
        if (!this.mute) this.#members.get(message.to)?.say({ type: "signal", from: from.id, signal: message.signal });
        break;
      }
      case "have":
        this.#swarms.get(message.content)?.leases.have(from.id, message.chunks, this.#now());
        break;
      case "lease":
        this.#lease(from, message);
        break;
      case "lost":
        this.lost.push(message);
        break;
      case "report":
        this.reports.push(message);
        this.#swarms.get(message.content)?.leases.served(from.id, message.served, this.#now());
        break;
      case "volunteer":
      case "trial-state":
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
    const { manifest } = file;
    const leases = (): LeaseDesk => new LeaseDesk(chunkCount(manifest), manifest.chunkSize, this.policy, () => 0);
    const swarm = this.#swarms.get(content) ?? { members: new Set<string>(), leases: leases() };
    this.#swarms.set(content, swarm);
    const others = [...swarm.members].filter((id) => id !== from.id).slice(0, 5);
    swarm.members.add(from.id);
    swarm.leases.enter(from.id, this.#chunks(content, have), this.#now());
    const known = others.flatMap((id) => this.#members.get(id) ?? []);
    const peers = known.map(({ id, member, fingerprint }) => ({ peer: id, member, fingerprint }));
    from.say({ type: "neighbours", content, ticket: this.ticket(from, content), peers, part: [] });
  }

  #exit(id: string, content: string): void {
    const swarm = this.#swarms.get(content);
    swarm?.members.delete(id);
    swarm?.leases.exit(id);
  }

  /** The hub has sent a chunk. */
  sent(id: string, content: string, chunk: number): void {
    this.#swarms.get(content)?.leases.sent(id, chunk, this.#now());
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
    const wishes = new Set(this.#chunks(content, wanted));
    const most = Math.min(this.most, room);
    const isWanted = (chunk: number): boolean => wishes.has(chunk);
    const answer = this.#swarms.get(content)?.leases.lease(from.id, model, isWanted, most, this.#now());
    const chunks = answer?.chunks ?? [];
    const lease = chunks.length === 0 ? null : "lease";
    from.say({ type: "leased", content, lease, chunks, retryAfterMillis: answer?.retryAfterMillis ?? 2_000 });
  }

  #list(entries: Revocation[]): string {
    const rev = entries.map(({ member, content }) => ({
      sub: member,
      ...(content === undefined ? {} : { cid: content }),
    }));
    return unsigned({ iss: HUB_ID, iat: 0, ep: this.epoch, rev });
  }
}
