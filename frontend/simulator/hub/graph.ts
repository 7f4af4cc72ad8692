import type { RefusalCode } from "../../src/protocol/refusals";
import { Bag } from "./bag";
import { type Draw, LIMITS } from "./limits";
import { lostPair, type LostPair, LostPairs } from "./lost-pairs";
import { Roster } from "./roster";
import { Wiring } from "./wiring";

/** A pair of members; `near`: chosen because both are in one network. */
interface Edge {
  one: Member;
  other: Member;
  near: boolean;
}

/** A member of a swarm, as the graph sees it. */
export interface Member {
  peer: string;
  account: string;
  /** Empty when it is not known. */
  network: string;
  /** The other ends, in the order in which they came. */
  edges: Map<Member, Edge>;
  /** Whom links were lost to; the other end knows of the same pair, unless it has gone since. */
  lost: Map<string, LostPair>;
  /** Accounts that have had wrong chunks from it. */
  accusers: Set<string>;
  /** Whether it holds everything. */
  full: boolean;
  /** Whether it is named to nobody any more. */
  shunned: boolean;
}

/** A member without edges. */
export function newMember(peer: string, account: string, network: string, full: boolean): Member {
  const fresh = { edges: new Map<Member, Edge>(), lost: new Map<string, LostPair>(), accusers: new Set<string>() };
  return { peer, account, network, ...fresh, full, shunned: false };
}

/** Who is whose neighbour in one swarm: a port of `io.hubmesh.mesh.swarm.NeighbourGraph`, with the same vectors. */
export class NeighbourGraph {
  readonly wiring = new Wiring();
  readonly #draw: Draw;
  readonly #members = new Map<string, Member>();
  readonly #everybody = new Roster();
  readonly #networks = new Map<string, Roster>();
  readonly #edges = new Bag<Edge>();
  readonly #lostPairs: LostPairs;

  constructor(draw: Draw) {
    this.#draw = draw;
    this.#lostPairs = new LostPairs(draw);
  }

  /** The other ends of a member's edges. */
  neighbours(peer: string): string[] {
    return [...(this.#members.get(peer)?.edges.keys() ?? [])].map((other) => other.peer);
  }

  /** A member comes in, or comes again. It is told its neighbours in answer: its own wiring is forgotten. */
  enter(fresh: Member, now: number): void {
    const known = this.#members.get(fresh.peer);
    if (known === undefined) {
      this.#members.set(fresh.peer, fresh);
      if (!fresh.shunned) this.#list(fresh);
    } else if (fresh.full) {
      this.filled(fresh.peer, now);
    }
    this.#fill(known ?? fresh, now);
    this.wiring.forget(fresh.peer);
  }

  exit(peer: string, now: number): void {
    const member = this.#members.get(peer);
    if (member === undefined) return;
    this.#members.delete(peer);
    this.#unlist(member);
    this.wiring.forget(peer);
    this.#lostPairs.forget(member);
    this.#cutOff(member, now);
  }

  /** The member holds everything now: it needs no edge to others that do, and no edge of others is taken apart for it. */
  filled(peer: string, now: number): void {
    const member = this.#members.get(peer);
    if (member === undefined || member.full) return;
    this.#change(member, () => {
      member.full = true;
    });
    const idle = [...member.edges.keys()].filter((other) => other.full);
    for (const other of idle) this.#disconnect(member, other);
    this.#fill(member, now, false);
    for (const other of idle) this.#fill(other, now, false);
  }

  isShunned(peer: string): boolean {
    return this.#members.get(peer)?.shunned === true;
  }

  /** The member's link to another could not be made or has ended; no word of a pair without an edge is heeded. */
  lost(peer: string, neighbour: string, code: RefusalCode, now: number): void {
    const member = this.#members.get(peer);
    const other = this.#members.get(neighbour);
    if (member === undefined || other === undefined || !member.edges.has(other)) return;
    this.#disconnect(member, other);
    if (code !== "ticket-revoked" && code !== "ticket-expired") this.#lostPairs.add(member, other, code, now);
    if (code === "wrong-chunk") other.accusers.add(member.account);
    if (other.accusers.size >= LIMITS.accusers) this.shun(neighbour, now);
    this.#fill(member, now);
    this.#fill(other, now);
  }

  /** Time has passed: members of lost pairs that may be edges again, and that still have too few, are given others. */
  reopen(now: number): void {
    for (const { one, other } of this.#lostPairs.over(now)) {
      this.#fill(one, now, false);
      this.#fill(other, now, false);
    }
  }

  /** Names the member to nobody any more, nor anybody to it. */
  shun(peer: string, now: number): void {
    const member = this.#members.get(peer);
    if (member === undefined || member.shunned) return;
    this.#unlist(member);
    member.shunned = true;
    this.#cutOff(member, now);
  }

  #cutOff(member: Member, now: number): void {
    const others = [...member.edges.keys()];
    for (const other of others) this.#disconnect(member, other);
    for (const other of others) this.#fill(other, now);
  }

  /** Gives a member as many edges as it should have, as far as there is somebody to give them to. */
  #fill(member: Member, now: number, maySplit = true): void {
    while (!member.shunned && member.edges.size < LIMITS.wantedEdges) {
      const near = [...member.edges.values()].filter((edge) => edge.near).length;
      const close = near < LIMITS.nearEdges ? this.#pick(this.#networks.get(member.network), member, now) : null;
      const other = close ?? this.#pick(this.#everybody, member, now);
      if (other !== null) this.#connect(member, other, close !== null);
      else if (!maySplit || !this.#split(member, now)) return;
    }
  }

  #pick(roster: Roster | undefined, member: Member, now: number): Member | null {
    return roster?.pick(member.full, this.#draw, (other) => mayMeet(member, other, now)) ?? null;
  }

  /** Takes away an edge between two others and joins the member to both; who holds everything does so for its first two. */
  #split(member: Member, now: number): boolean {
    if (member.full && member.edges.size >= LIMITS.fullEdges) return false;
    const all = this.#edges.size;
    const start = all === 0 ? 0 : this.#draw(all);
    for (let step = 0; step < Math.min(all, LIMITS.splitTries); step++) {
      const edge = this.#edges.get((start + step) % all);
      if (edge === undefined || !mayMeet(member, edge.one, now) || !mayMeet(member, edge.other, now)) continue;
      const { one, other } = edge;
      this.#disconnect(one, other);
      this.wiring.part(one.peer, other.peer);
      this.wiring.part(other.peer, one.peer);
      this.#connect(member, one, false);
      this.#connect(member, other, false);
      return true;
    }
    return false;
  }

  #connect(member: Member, other: Member, near: boolean): void {
    const edge: Edge = { one: member, other, near };
    this.#change(member, () => member.edges.set(other, edge));
    this.#change(other, () => other.edges.set(member, edge));
    this.#edges.add(edge);
    this.wiring.name(member.peer, other.peer);
  }

  #disconnect(member: Member, other: Member): void {
    const edge = member.edges.get(other);
    if (edge === undefined) return;
    this.#change(member, () => member.edges.delete(other));
    this.#change(other, () => other.edges.delete(member));
    this.#edges.remove(edge);
  }

  #change(member: Member, edgesOf: () => unknown): void {
    const listed = !member.shunned && this.#members.get(member.peer) === member;
    if (listed) this.#unlist(member);
    edgesOf();
    if (listed) this.#list(member);
  }

  #list(member: Member): void {
    this.#everybody.add(member);
    if (member.network === "") return;
    const roster = this.#networks.get(member.network) ?? new Roster();
    this.#networks.set(member.network, roster);
    roster.add(member);
  }

  #unlist(member: Member): void {
    this.#everybody.remove(member);
    this.#networks.get(member.network)?.remove(member);
  }
}

function mayMeet(member: Member, other: Member, now: number): boolean {
  if (member === other || (member.full && other.full) || member.edges.has(other)) return false;
  return (lostPair(member, other)?.until ?? now) <= now;
}
