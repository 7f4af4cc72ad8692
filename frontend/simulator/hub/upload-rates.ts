/** Milliseconds between two looks at least. */
const LEAST_MILLIS = 500;

/** Bytes a second believed at most. */
const MOST = 12_500_000_000;

/** A member counts as that many times quicker or slower than the mean at most. */
const LARGEST_QUOTIENT = 4;

/** What is known of how one member serves others: the highest rate seen (0: none), and bytes served by a time (negative: none). */
export interface Serving {
  rate: number;
  served: number;
  servedAt: number;
}

/** How quickly the members of one swarm serve others, from what they report: a port of `io.hubmesh.mesh.swarm.UploadRates`. */
export class UploadRates {
  #sum = 0;
  #known = 0;

  /** `total`: bytes that the member has served since it joined. */
  reported(serving: Serving, total: number, now: number): void {
    if (serving.served < 0 || total < serving.served) {
      serving.served = total;
      serving.servedAt = now;
      return;
    }
    const millis = now - serving.servedAt;
    if (millis < LEAST_MILLIS) return;
    const rate = Math.min(MOST, Math.floor(((total - serving.served) * 1000) / millis));
    serving.served = total;
    serving.servedAt = now;
    if (rate <= serving.rate) return;
    if (serving.rate === 0) this.#known++;
    this.#sum += rate - serving.rate;
    serving.rate = rate;
  }

  forget(serving: Serving): void {
    if (serving.rate > 0) this.#known--;
    this.#sum -= serving.rate;
  }

  /** The member's rate over the mean of those known, from 1/4 to 4; 1 when it is not known. */
  quotient({ rate }: Serving): number {
    if (rate === 0) return 1;
    return Math.max(1 / LARGEST_QUOTIENT, Math.min(LARGEST_QUOTIENT, rate / (this.#sum / this.#known)));
  }
}
