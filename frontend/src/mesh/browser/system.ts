import type { Clock, Digester, Random } from "../ports";

/** The browser's clock: wall time at the start, monotonic from there on. */
export const systemClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
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
