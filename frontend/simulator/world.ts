import { toHex } from "../src/protocol/base64url";
import { chunkCount, chunkSizeOf, HASH_BYTES, type Manifest } from "../src/protocol/manifest";
import { VirtualClock } from "./clock";
import { VirtualHub } from "./hub/virtual-hub";
import { LinkEnd } from "./link";
import { Luck } from "./luck";
import { Uplink } from "./network";
import { VirtualOrigin } from "./origin";
import { type Manner, VirtualPeer } from "./peer";
import { faultOf, type Line, type Scenario } from "./scenario";

/** Milliseconds that everybody has to join before the file is asked for. */
const JOINING_MILLIS = 5_000;

/** Purposes of chance: the same scenario with other behaviour keeps its lines and its leavers. */
const PURPOSE = { network: 1, hub: 2, people: 3 } as const;

/** Everything that one simulation is made of. */
export class World {
  readonly scenario: Scenario;
  readonly clock = new VirtualClock();
  /** The network's chance. */
  readonly luck: Luck;
  readonly manifest: Manifest;
  readonly chunks: number;
  readonly hub: VirtualHub;
  readonly hubLine: Uplink;
  readonly origin: VirtualOrigin;
  readonly peers: VirtualPeer[] = [];
  readonly #byFingerprint = new Map<string, VirtualPeer>();
  readonly #people: Luck;
  readonly #leavers = new Set<VirtualPeer>();
  /** Bytes of control by what they say, in all: sent and received. */
  readonly controlOf = new Map<string, number>();
  /** Peers that are to complete and have not. */
  #waiting = 0;
  /** When the file was asked for. */
  startedAt = 0;
  hubDiedAt: number | null = null;

  constructor(scenario: Scenario) {
    const fault = faultOf(scenario);
    if (fault !== null) throw new RangeError(fault);
    this.scenario = scenario;
    this.luck = new Luck(scenario.seed, PURPOSE.network);
    this.#people = new Luck(scenario.seed, PURPOSE.people);
    this.manifest = manifestOf(scenario.size);
    this.chunks = chunkCount(this.manifest);
    this.hubLine = new Uplink(this.clock, scenario.hubUpload);
    this.hub = new VirtualHub(this.clock, this.manifest, scenario.policy, new Luck(scenario.seed, PURPOSE.hub));
    this.origin = new VirtualOrigin(this);
    this.#populate();
  }

  /** Joins everybody, asks for the file at one moment, and lets time pass until all are done or the limit is reached. */
  run(): void {
    const { clock, scenario } = this;
    for (const peer of this.peers) {
      clock.after(this.#people.between(0, JOINING_MILLIS / 2), () => {
        peer.join();
      });
    }
    clock.runUntil(clock.now + JOINING_MILLIS);
    this.startedAt = clock.now;
    for (const peer of this.peers) peer.fetch();
    this.#planLeaving();
    clock.runUntil(this.startedAt + scenario.limit, () => {
      if (scenario.hubDies && this.hub.alive && this.hub.leases.holdings.unheldCount === 0) this.#killHub();
      return this.#waiting === 0;
    });
  }

  countControl(kind: string, bytes: number): void {
    this.controlOf.set(kind, (this.controlOf.get(kind) ?? 0) + bytes);
  }

  /** A peer has everything. */
  completed(peer: VirtualPeer): void {
    if (!this.#leavers.has(peer) && peer.manner === "honest") this.#waiting--;
  }

  /** Those of whom completion is expected. */
  get stayers(): VirtualPeer[] {
    return this.peers.filter((peer) => !this.#leavers.has(peer) && peer.manner === "honest");
  }

  /** The offerer has the answer: the two ends find each other, unless this pair cannot. */
  connect(link: string, offerer: VirtualPeer, answer: string): void {
    const fingerprint = /a=fingerprint:sha-256 (\S+)/.exec(answer)?.[1] ?? "";
    const answerer = this.#byFingerprint.get(fingerprint);
    if (answerer === undefined || answerer.isGone || this.luck.share() < this.scenario.unreachable) return;
    const delay = offerer.delayMillis + answerer.delayMillis;
    LinkEnd.join(offerer.addEnd(link, delay), answerer.addEnd(link, delay));
  }

  #populate(): void {
    const { scenario } = this;
    const lines = linesFor(scenario, this.#people);
    const manners = mannersFor(scenario, this.#people);
    for (let number = 0; number < scenario.peers; number++) {
      const line = lines[number];
      if (line === undefined) continue;
      const peer = new VirtualPeer(this, number, line, manners[number] ?? "honest");
      this.peers.push(peer);
      this.#byFingerprint.set(peer.fingerprint, peer);
    }
    const honest = this.#people.shuffled(this.peers.filter((peer) => peer.manner === "honest"));
    for (const peer of honest.slice(0, Math.round(scenario.leaving * scenario.peers))) this.#leavers.add(peer);
    this.#waiting = this.stayers.length;
  }

  #planLeaving(): void {
    let noticed = false;
    for (const peer of this.#leavers) {
      noticed = !noticed;
      const isNoticed = noticed;
      this.clock.after(this.#people.between(0, this.scenario.leaveWithin), () => {
        peer.vanish(isNoticed);
      });
    }
  }

  #killHub(): void {
    this.hubDiedAt = this.clock.now;
    this.hub.die();
    this.origin.die();
    for (const peer of this.peers) peer.loseHub();
  }
}

/** A manifest of the right size; its hashes are none. */
function manifestOf(size: number): Manifest {
  const chunkSize = chunkSizeOf(size);
  const leaves = new Uint8Array(chunkCount({ size, chunkSize }) * HASH_BYTES);
  const id = toHex(leaves.subarray(0, HASH_BYTES)).padStart(2 * HASH_BYTES, "0");
  return { contentId: id, size, chunkSize, sha256: id, leaves };
}

/** A line for each peer: the shares as exactly as whole peers allow, in random order. */
function linesFor({ peers, lines }: Scenario, luck: Luck): Line[] {
  const all = lines.reduce((sum, line) => sum + line.share, 0);
  const every: Line[] = [];
  let reached = 0;
  for (const line of lines) {
    reached += line.share;
    while (every.length < Math.round((reached / all) * peers)) every.push(line);
  }
  return luck.shuffled(every);
}

function mannersFor({ peers, corrupt, mute }: Scenario, luck: Luck): Manner[] {
  const spoilers = Math.round(corrupt * peers);
  const silent = Math.round(mute * peers);
  const every = Array.from({ length: peers }, (_, number): Manner => {
    if (number < spoilers) return "corrupt";
    return number < spoilers + silent ? "mute" : "honest";
  });
  return luck.shuffled(every);
}
