import type { Clock, Digester, Random } from "../ports";

/** Wall time that never runs backwards: when `read` steps back, time goes on from where it was. */
export function forwardTime(read: () => number): () => number {
  let last = read();
  let added = 0;
  return () => {
    const now = read();
    if (now < last) added += last - now;
    last = now;
    return now + added;
  };
}

/** The browser's clock: wall time, because `performance.now()` stands still while some machines sleep. */
export const systemClock: Clock = {
  now: forwardTime(() => Date.now()),
  after(millis, task) {
    const timer = setTimeout(task, millis);
    return () => {
      clearTimeout(timer);
    };
  },
  every(millis, task) {
    const timer = setInterval(task, millis);
    return () => {
      clearInterval(timer);
    };
  },
};

/** The browser's generator. */
export const systemRandom: Random = {
  bytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
};

/** SHA-256 by WebCrypto. */
export const systemDigester: Digester = {
  sha256: async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)),
};
