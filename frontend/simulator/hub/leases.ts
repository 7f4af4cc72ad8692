import { Bitmap } from "../../src/protocol/bitmap";
import type { Model } from "../../src/protocol/messages";
import { Holdings } from "./holdings";
import { type Draw, LIMITS } from "./limits";
import { type Grant, Pace } from "./pace";
import { type Serving, UploadRates } from "./upload-rates";

/** Whether the hub sends what peers hold already to automatic transfers; by size: in swarms of few who fetch. */
export type Policy = "by-size" | "thrifty" | "fast";

/** Chunks granted; when there are none, when to ask again. */
export interface Answer {
  chunks: number[];
  retryAfterMillis: number;
}

/** What one peer holds and has under lease. */
interface Place {
  held: Bitmap;
  grants: Map<number, Grant>;
  /** Grants whose chunk the hub has not sent yet. */
  unsent: number;
  /** Chunks granted as start credit. */
  credited: number;
  /** When a chunk last came from a peer, or when it entered. */
  gainedAt: number;
  /** When it last said something of this content. */
  heardAt: number;
  /** Whether others may not fetch from it: what it holds counts for nothing. */
  shunned: boolean;
  serving: Serving;
}

/** Which chunks of one content the hub sends to whom: a port of `io.hubmesh.mesh.swarm.LeaseDesk`, with the same vectors. */
export class LeaseDesk {
  readonly holdings: Holdings;
  readonly #chunks: number;
  readonly #chunkSize: number;
  readonly #policy: Policy;
  readonly #draw: Draw;
  readonly #places = new Map<string, Place>();
  readonly #leased = new Map<number, Grant>();
  /** In the order in which they end. */
  #grants: Grant[] = [];
  readonly #pace: Pace;
  readonly #rates = new UploadRates();
  #shunned = 0;

  constructor(chunks: number, chunkSize: number, policy: Policy, draw: Draw) {
    this.#chunks = chunks;
    this.#chunkSize = chunkSize;
    this.#policy = policy;
    this.#draw = draw;
    this.holdings = new Holdings(chunks);
    this.#pace = new Pace(chunkSize);
  }

  /** Whether the peer is a member that holds every chunk. */
  isFull(peer: string): boolean {
    const place = this.#places.get(peer);
    return this.#chunks > 0 && place?.held.full === true && !place.shunned;
  }

  /** A peer comes in, or comes again and holds more by now. */
  enter(peer: string, have: readonly number[], now: number): void {
    if (this.#places.has(peer)) {
      this.have(peer, have, now);
      return;
    }
    const serving = { rate: 0, served: -1, servedAt: 0 };
    const held = new Bitmap(this.#chunks);
    const fresh = { held, grants: new Map<number, Grant>(), unsent: 0, credited: 0, shunned: false };
    this.#places.set(peer, { ...fresh, gainedAt: now, heardAt: now, serving });
    for (const chunk of have) this.holdings.add(held, chunk);
  }

  exit(peer: string): void {
    const place = this.#places.get(peer);
    if (place === undefined) return;
    this.#places.delete(peer);
    this.#dismiss(place);
    if (place.shunned) this.#shunned--;
  }

  /** Nobody fetches from the peer any more: what it holds or has under lease is to come from others. */
  shun(peer: string): void {
    const place = this.#places.get(peer);
    if (place === undefined || place.shunned) return;
    this.#dismiss(place);
    place.shunned = true;
    this.#shunned++;
  }

  /** Others count on the member no more. */
  #dismiss(place: Place): void {
    for (const grant of [...place.grants.values()]) this.#end(place, grant);
    if (place.shunned) return;
    this.#rates.forget(place.serving);
    this.holdings.remove(place.held);
  }

  /** The peer has verified these chunks; those that it had no lease on have come from peers. */
  have(peer: string, news: readonly number[], now: number): void {
    const place = this.#places.get(peer);
    if (place === undefined) return;
    place.heardAt = now;
    for (const chunk of news) {
      const grant = place.grants.get(chunk);
      if (grant !== undefined) this.#end(place, grant);
      if (this.#hold(place, chunk) && grant === undefined) place.gainedAt = now;
    }
  }

  /** The hub has sent the peer a chunk that it has under lease; a second time changes nothing. */
  sent(peer: string, chunk: number, now: number): void {
    const place = this.#places.get(peer);
    const grant = place?.grants.get(chunk);
    if (place === undefined || grant === undefined || grant.sent) return;
    grant.sent = true;
    place.unsent--;
    this.#pace.sent(grant, now);
  }

  /** `total`: bytes that the peer says it has served since it joined. */
  served(peer: string, total: number, now: number): void {
    const place = this.#places.get(peer);
    if (place === undefined) return;
    place.heardAt = now;
    if (!place.shunned) this.#rates.reported(place.serving, total, now);
  }

  /** Answers whether that is news. */
  #hold(place: Place, chunk: number): boolean {
    if (!place.shunned) return this.holdings.add(place.held, chunk);
    return chunk >= 0 && chunk < this.#chunks && place.held.add(chunk);
  }

  /** `room`: how many chunks the peer takes now. */
  lease(peer: string, model: Model, wanted: (chunk: number) => boolean, room: number, now: number): Answer {
    const place = this.#places.get(peer);
    if (place === undefined) return { chunks: [], retryAfterMillis: LIMITS.patience };
    place.heardAt = now;
    this.#expire(now);
    const isOpen = (chunk: number): boolean => wanted(chunk) && !place.held.has(chunk) && !this.#leased.has(chunk);
    const chunks: number[] = [];
    const quota = this.#quota(place, room, now);
    if (quota > 0 && this.#some(isOpen)) {
      const start = this.#draw(this.#chunks);
      chunks.push(...this.holdings.unheld(isOpen, start, quota));
      for (const chunk of chunks) this.#grant(peer, place, chunk, now);
      const left = quota - chunks.length;
      const helped = this.#isHelped(place, model, now);
      const rest = this.holdings.rarest(isOpen, start, helped ? left : Math.min(left, this.#credit(place, model)));
      for (const chunk of rest) this.#grant(peer, place, chunk, now);
      if (!helped) place.credited += rest.length;
      chunks.push(...rest);
    }
    return { chunks, retryAfterMillis: chunks.length === 0 ? this.#retryAfter(place, isOpen, now) : 0 };
  }

  #some(isIn: (chunk: number) => boolean): boolean {
    for (let chunk = 0; chunk < this.#chunks; chunk++) if (isIn(chunk)) return true;
    return false;
  }

  #grant(peer: string, place: Place, chunk: number, now: number): void {
    const grant: Grant = { peer, chunk, at: now, sent: false, paced: true, over: false };
    place.grants.set(chunk, grant);
    place.unsent++;
    this.#leased.set(chunk, grant);
    this.#grants.push(grant);
    this.#pace.granted(grant);
  }

  #end(place: Place, grant: Grant): void {
    if (grant.over) return;
    grant.over = true;
    place.grants.delete(grant.chunk);
    if (!grant.sent) place.unsent--;
    this.#leased.delete(grant.chunk);
    this.#pace.settled(grant);
  }

  #expire(now: number): void {
    for (const grant of this.#grants) {
      const place = this.#places.get(grant.peer);
      if (place === undefined || grant.over) continue;
      if (grant.at + LIMITS.lease <= now || place.heardAt + LIMITS.quiet <= now) this.#end(place, grant);
    }
    this.#grants = this.#grants.filter((grant) => !grant.over);
  }

  #quota(place: Place, room: number, now: number): number {
    if (place.shunned && this.#fetchers > 0) return 0;
    const allowed = this.#pace.allowed(now);
    const share = Math.max(1, ((2 * allowed) / this.#fetching) * this.#rates.quotient(place.serving));
    const unpaced = Math.min(room, LIMITS.leasedPerPeer - place.grants.size);
    return Math.min(unpaced, allowed - this.#pace.onTheWay(now), Math.floor(share) - place.unsent);
  }

  /** Whether the hub sends the asker what others hold, however much it is. */
  #isHelped(place: Place, model: Model, now: number): boolean {
    const waitedInVain =
      this.#waitsFor(place, now) <= 0 && this.holdings.coverAllWith((chunk) => this.#leased.has(chunk));
    return waitedInVain || (model === "automatic" && this.#isFast);
  }

  get #isFast(): boolean {
    return this.#policy === "fast" || (this.#policy === "by-size" && this.#fetching <= LIMITS.smallSwarm);
  }

  /** Chunks that others hold and that the asker may have to begin with. */
  #credit(place: Place, model: Model): number {
    if (model !== "automatic") return 0;
    if (this.#chunks * this.#chunkSize <= LIMITS.smallContent) return this.#chunks;
    const members = this.#places.size;
    const credit = members > LIMITS.creditMembers ? 0 : Math.floor(this.#chunks / (LIMITS.creditMembers * members));
    return Math.max(0, credit - place.credited);
  }

  #retryAfter(place: Place, isOpen: (chunk: number) => boolean, now: number): number {
    const polite = LIMITS.retryPerMember * this.#fetching;
    const soonest = this.#fetching === 1 && place.unsent > 0 ? polite : LIMITS.soonestRetry;
    const retry = Math.max(soonest, Math.min(LIMITS.latestRetry, polite));
    const waits = this.#waitsFor(place, now);
    return waits > 0 && this.#some((chunk) => isOpen(chunk) && this.holdings.isHeld(chunk))
      ? Math.min(waits, retry)
      : retry;
  }

  /** How long peers still have to bring the asker something before the hub helps out. */
  #waitsFor(place: Place, now: number): number {
    const bySize = Math.min(LIMITS.longestPatience, LIMITS.patiencePerMember * this.#fetching);
    return place.gainedAt + Math.max(LIMITS.patience, bySize) - now;
  }

  /** Members that do not hold everything; whoever asks counts at least. */
  get #fetching(): number {
    return Math.max(1, this.#fetchers);
  }

  /** Members that do not hold everything, without those that are shunned. */
  get #fetchers(): number {
    return this.#places.size - this.holdings.full - this.#shunned;
  }
}
