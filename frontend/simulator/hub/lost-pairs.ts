import type { RefusalCode } from "../../src/protocol/refusals";
import type { Member } from "./graph";
import { type Draw, LIMITS } from "./limits";

/** Doublings after which every pause is the longest anyway. */
const MOST_DOUBLINGS = 16;

/** Of a pause, this part at most is added by chance. */
const SPREAD = 2;

/** Two members whose link was lost so often in a row; they may be an edge again at `until`. `order`: which loss of the swarm it was. */
export interface LostPair {
  one: Member;
  other: Member;
  losses: number;
  until: number;
  order: number;
}

/** The pairs of one swarm whose links were lost: a port of `io.hubmesh.mesh.swarm.LostPairs`. */
export class LostPairs {
  readonly #draw: Draw;
  readonly #waiting = new Set<LostPair>();
  #order = 0;

  constructor(draw: Draw) {
    this.#draw = draw;
  }

  add(one: Member, other: Member, code: RefusalCode, now: number): void {
    const earlier = lostPair(one, other);
    const losses = earlier === undefined || isForgiven(earlier, now) ? 1 : earlier.losses + 1;
    if (earlier !== undefined) this.#waiting.delete(earlier);
    tidy(one, now);
    tidy(other, now);
    const pause = pauseFor(code, losses);
    const until = now + pause + this.#draw(Math.floor(pause / SPREAD));
    const pair = { one, other, losses, until, order: this.#order++ };
    one.lost.set(other.peer, pair);
    other.lost.set(one.peer, pair);
    this.#waiting.add(pair);
  }

  /** Those that may be edges again since this was asked last. */
  over(now: number): LostPair[] {
    const over = [...this.#waiting].filter(({ until }) => until <= now);
    for (const pair of over) this.#waiting.delete(pair);
    return over.sort((left, right) => left.until - right.until || left.order - right.order);
  }

  /** The member has gone: nobody waits for it. Should it come again in time, its pairs are still lost. */
  forget(member: Member): void {
    for (const pair of member.lost.values()) this.#waiting.delete(pair);
  }
}

/** What is known of the last loss between two members. */
export function lostPair(one: Member, other: Member): LostPair | undefined {
  return one.lost.get(other.peer) ?? other.lost.get(one.peer);
}

function pauseFor(code: RefusalCode, losses: number): number {
  const first = code === "unreachable" ? LIMITS.unreached : LIMITS.lost;
  return Math.min(LIMITS.longestLost, first * 2 ** Math.min(losses - 1, MOST_DOUBLINGS));
}

/** Whether the pair has not been lost again for so long that the next loss is a first one. */
function isForgiven(pair: LostPair, now: number): boolean {
  return pair.until + LIMITS.forgiven <= now;
}

function tidy(member: Member, now: number): void {
  for (const [other, pair] of member.lost) if (isForgiven(pair, now)) member.lost.delete(other);
}
