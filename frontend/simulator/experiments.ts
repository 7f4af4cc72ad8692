import { type Scenario, USUAL } from "./scenario";

const MIB = 1024 * 1024;

/** Scenarios that are run together, each with several seeds. */
export interface Experiment {
  name: string;
  /** What it is to show. */
  title: string;
  scenarios: Scenario[];
}

function seeded(count: number, of: Partial<Scenario>): Scenario[] {
  return Array.from({ length: count }, (_, index) => ({ ...USUAL, ...of, seed: index + 1 }));
}

/** As often as a figure is shown with its spread. */
const SEEDS = 3;

/** The experiments whose results are kept beside the code. */
export const EXPERIMENTS: readonly Experiment[] = [
  {
    name: "curve",
    title: "The same file among more and more receivers (512 chunks of 256 KiB)",
    scenarios: [10, 100, 1_000].flatMap((peers) => seeded(SEEDS, { name: `${peers} receivers`, peers })),
  },
  {
    name: "one-holder",
    title: "One peer holds a file that six others ask for at once, all with the same upload (92 chunks of 256 KiB)",
    scenarios: seeded(SEEDS, {
      name: "one holder, six receivers",
      peers: 6,
      holders: 1,
      size: 24_000_000,
      lines: [{ share: 1, upload: 1_000_000, download: 100_000_000 }],
      policy: "thrifty",
    }),
  },
  {
    name: "churn",
    title:
      "A third of 1,000 peers leaves at random within the first 15 s, half of them without a word (512 chunks of 64 KiB)",
    scenarios: seeded(SEEDS, { name: "a third leaves", size: 32 * MIB, leaving: 1 / 3, leaveWithin: 15_000 }),
  },
  {
    name: "bad-peers",
    title: "Of 100 peers a tenth sends wrong bytes and a twentieth never sends what it is asked for",
    scenarios: seeded(SEEDS, { name: "bad peers", peers: 100, size: 32 * MIB, corrupt: 0.1, mute: 0.05 }),
  },
  {
    name: "hub-death",
    title: "The hub dies when every chunk is with some peer",
    scenarios: seeded(SEEDS, { name: "hub dies", peers: 100, size: 32 * MIB, hubDies: true }),
  },
  {
    name: "control",
    title: "What the mesh costs a peer beside the file (512 chunks of 64 KiB)",
    scenarios: [
      ...seeded(SEEDS, { name: "100 receivers", peers: 100, size: 32 * MIB }),
      ...seeded(SEEDS, { name: "1,000 receivers", peers: 1_000, size: 32 * MIB }),
      ...seeded(1, { name: "10,000 receivers", peers: 10_000, size: 32 * MIB }),
    ],
  },
];
