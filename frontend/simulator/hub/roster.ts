import { Bag } from "./bag";
import type { Member } from "./graph";
import { type Draw, LIMITS } from "./limits";

/** Members that may take another edge, by how many they have: those that hold everything apart. */
export class Roster {
  readonly #fetching = Array.from({ length: LIMITS.mostEdges }, () => new Bag<Member>());
  readonly #full = Array.from({ length: LIMITS.mostEdges }, () => new Bag<Member>());

  /** Puts a member where its edges say; one that has as many as it may have is in no bag. */
  add(member: Member): void {
    this.#bag(member)?.add(member);
  }

  /** Takes a member out; to be done before its edges change. */
  remove(member: Member): void {
    this.#bag(member)?.remove(member);
  }

  /** A member that fits, among those with the fewest edges that do; equals by chance. */
  pick(fetchingOnly: boolean, draw: Draw, fits: (member: Member) => boolean): Member | null {
    for (let edges = 0; edges < LIMITS.mostEdges; edges++) {
      const [first, second] = [this.#fetching[edges], this.#full[edges]];
      if (first === undefined || second === undefined) continue;
      const all = first.size + (fetchingOnly ? 0 : second.size);
      const start = all === 0 ? 0 : draw(all);
      for (let step = 0; step < all; step++) {
        const index = (start + step) % all;
        const member = index < first.size ? first.get(index) : second.get(index - first.size);
        if (member !== undefined && fits(member)) return member;
      }
    }
    return null;
  }

  #bag(member: Member): Bag<Member> | undefined {
    return (member.full ? this.#full : this.#fetching)[member.edges.size];
  }
}
