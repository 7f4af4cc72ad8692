const { HUBMESH_FUZZ_RUNS: times = "1", HUBMESH_FUZZ_SEED: seed = "20261122" } = process.env;

/**
 * How a fuzz test runs: `runs` tries from a seed that is always the same. `HUBMESH_FUZZ_RUNS` multiplies the tries and
 * `HUBMESH_FUZZ_SEED` takes others; see `src/docs/proofs.md`.
 */
export function runs(runs: number): { numRuns: number; seed: number } {
  return { numRuns: runs * Number(times), seed: Number(seed) };
}

/** Milliseconds that a fuzz test may take: its own, as often as it is repeated. */
export function patience(millis: number): number {
  return millis * Number(times);
}
