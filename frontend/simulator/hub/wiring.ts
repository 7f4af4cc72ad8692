/** For one member: whom to connect to, whom to part from. */
export interface News {
  named: Set<string>;
  part: Set<string>;
}

/** Collects what members are to be told of one graph; a later word on a pair takes the place of an earlier one. */
export class Wiring {
  #news = new Map<string, News>();

  name(to: string, other: string): void {
    const own = this.#of(to);
    own.part.delete(other);
    own.named.add(other);
  }

  part(from: string, other: string): void {
    const own = this.#of(from);
    own.named.delete(other);
    own.part.add(other);
  }

  /** Who has gone, or has been told otherwise, needs no news. */
  forget(peer: string): void {
    this.#news.delete(peer);
  }

  /** Everything so far; there is nothing left of it here. */
  take(): Map<string, News> {
    const taken = this.#news;
    this.#news = new Map();
    for (const [peer, { named, part }] of taken) if (named.size === 0 && part.size === 0) taken.delete(peer);
    return taken;
  }

  #of(peer: string): News {
    const known = this.#news.get(peer);
    if (known !== undefined) return known;
    const fresh: News = { named: new Set(), part: new Set() };
    this.#news.set(peer, fresh);
    return fresh;
  }
}
