import { Bitmap } from "../../protocol/bitmap";
import { chunkCount } from "../../protocol/manifest";
import type { Model } from "../../protocol/messages";
import { newBucket } from "./bucket";
import { chanceOf } from "./chance";
import { MOST_LEASES_AT_ONCE, MOST_LOST_AT_ONCE } from "./constants";
import { isKept, type KeptContent } from "./events";
import { hold } from "./holding";
import { NO_LIMITS } from "./limits";
import { review } from "./loose";
import { newRate } from "./rate";
import type { MeshState, Swarm, Transfer } from "./state";

/** A peer that is off. `seed`: 16 bytes of real chance; `madeFor`: the part in an experiment for which it is, or null. */
export function newMesh(seed: Uint8Array, madeFor: string | null = null): MeshState {
  return {
    chance: chanceOf(seed),
    status: "off",
    problem: null,
    fingerprint: "",
    hub: null,
    storeOpen: false,
    storage: "kept",
    online: false,
    hubAhead: 0,
    revocations: null,
    swarms: new Map(),
    links: new Map(),
    transfers: new Map(),
    wrongChunks: new Map(),
    endings: new Map(),
    failures: new Map(),
    lost: { left: MOST_LOST_AT_ONCE, at: 0 },
    received: 0,
    relayed: 0,
    sent: 0,
    quota: null,
    willingTold: null,
    volunteerTold: null,
    trial: null,
    madeFor,
    takenBack: 0,
    tickAt: 0,
    turn: 0,
    limits: NO_LIMITS,
    supply: {},
    upload: newBucket(),
    download: newBucket(),
    leases: { left: MOST_LEASES_AT_ONCE, at: 0 },
    wakeAt: null,
  };
}

/** The swarm of a content as the store has it. */
export function newSwarm(kept: KeptContent, now: number): Swarm {
  const { manifest } = kept;
  const chunks = chunkCount(manifest);
  const swarm: Swarm = {
    content: manifest.contentId,
    resource: kept.resource,
    name: kept.name,
    manifest,
    chunks,
    held: new Bitmap(chunks),
    origins: new Uint8Array(chunks),
    heldBytes: 0,
    copies: new Uint16Array(chunks),
    promised: new Bitmap(chunks),
    given: new Bitmap(chunks),
    sources: new Uint8Array(chunks),
    loose: { bytes: new Uint8Array(Math.ceil(chunks / 8)), count: 0 },
    settling: new Map(),
    entered: false,
    knocked: false,
    admitted: false,
    enteredAt: now,
    ticket: null,
    renewAt: Number.POSITIVE_INFINITY,
    refused: null,
    refusals: 0,
    askAgainAt: Number.POSITIVE_INFINITY,
    lease: { askedAt: null, nextAt: now, failures: 0, wrong: 0, fetching: new Map() },
    toHub: [],
    toHubAt: now,
    served: 0,
    transfer: null,
    pinned: kept.pinned,
    onRequest: kept.onRequest,
    usedAt: kept.usedAt,
    useNotedAt: now,
    inspecting: false,
  };
  swarm.origins.set(kept.origins.subarray(0, chunks));
  kept.origins.forEach((origin, chunk) => {
    if (chunk < chunks && isKept(origin)) hold(swarm, chunk, origin);
  });
  for (let chunk = 0; chunk < chunks; chunk++) review(swarm, chunk);
  return swarm;
}

/** What is asked for when a transfer begins. */
export interface AskedFile {
  transfer: string;
  resource: string;
  name: string;
  model: Model;
  /** The content that the hub has asked this peer to keep; absent when a person asks. */
  keepFor?: string;
}

/** A transfer that has just been asked for. */
export function newTransfer({ transfer, resource, name, model, keepFor }: AskedFile, now: number): Transfer {
  return {
    id: transfer,
    resource,
    name,
    model,
    content: null,
    keepFor: keepFor ?? null,
    size: 0,
    state: "running",
    problem: null,
    loading: false,
    fromHub: 0,
    fromPeers: 0,
    relayed: 0,
    held: 0,
    before: null,
    wasted: 0,
    startedAt: now,
    firstByteAt: null,
    reportedAt: 0,
    servedTold: 0,
    bytesTold: 0,
    unreported: false,
    notedAt: now,
    notedWasted: 0,
    rate: newRate(),
    sources: new Map(),
  };
}
