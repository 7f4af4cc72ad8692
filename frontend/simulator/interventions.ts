/** What somebody does to a simulation while it runs. */
export const DEEDS = ["kill-hub", "remove-half", "lie"] as const;

export type Deed = (typeof DEEDS)[number];

/** A deed and when it is done, in whole milliseconds since the file was asked for. */
export interface Intervention {
  at: number;
  deed: Deed;
}

/** Part of the honest peers that send wrong bytes from then on. */
export const LYING = 0.1;

/** More than that nobody means. */
const MOST_INTERVENTIONS = 100;

/** What is wrong with a list of interventions; null when they can be done. */
export function faultOfInterventions(all: readonly Intervention[]): string | null {
  if (all.length > MOST_INTERVENTIONS) return `there may be ${MOST_INTERVENTIONS} interventions at most`;
  let before = 0;
  for (const { at, deed } of all) {
    if (!DEEDS.includes(deed)) return "there is no such intervention";
    if (!Number.isInteger(at) || at < before) return "interventions are in order of their time, in whole milliseconds";
    before = at;
  }
  return null;
}
