/** The hub's limits, as in `io.hubmesh.mesh.swarm.Limits`. Milliseconds and bytes. */
export const LIMITS = {
  /** How long the hub keeps a chunk for the one who may fetch it. */
  lease: 60_000,
  /** Who has something under lease and has said nothing for so long is not waited for. */
  quiet: 5_000,
  /** Chunks that one peer may have under lease and not say to hold. */
  leasedPerPeer: 256,
  /** How long peers may bring nothing to one who wants what they hold, before the hub helps out. */
  patience: 2_000,
  /** The same in large swarms: by members that fetch, and at most. */
  patiencePerMember: 5,
  longestPatience: 10_000,
  retryPerMember: 10,
  soonestRetry: 250,
  latestRetry: 2_000,
  /** Members that fetch, up to which a swarm is small. */
  smallSwarm: 3,
  /** Bytes of a content that is not worth waiting for links. */
  smallContent: 1024 * 1024,
  /** Members up to which the hub gives start credit; in all of them together, one part in as many of the content. */
  creditMembers: 32,
  /** Edges that every member is to have, and may have. */
  wantedEdges: 4,
  mostEdges: 6,
  /** Edges of a member chosen because both are in one network. */
  nearEdges: 2,
  /** Edges for which a member that holds everything takes edges of others apart. */
  fullEdges: 2,
  /** Edges looked at for one to take apart. */
  splitTries: 64,
  /** How long two members that did not reach each other are no neighbours at first; with each loss in a row twice as long. */
  unreached: 15_000,
  /** The same where a link was lost for any other reason; the longest; and how long after it the next loss is a first one again. */
  lost: 300_000,
  longestLost: 3_600_000,
  forgiven: 300_000,
  /** Accounts that must have had wrong chunks of a peer before it is named to nobody. */
  accusers: 2,
} as const;

/** A whole number from 0 to one less than it is given. */
export type Draw = (below: number) => number;
