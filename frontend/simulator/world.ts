import { toHex } from "../src/protocol/base64url";
import { chunkCount, chunkSizeOf, HASH_BYTES, type Manifest } from "../src/protocol/manifest";
import { VirtualClock } from "./clock";
import { VirtualHub } from "./hub/virtual-hub";
import { type Deed, type Intervention, LYING } from "./interventions";
import { LinkEnd } from "./link";
import { Luck } from "./luck";
import { flowRate, Uplink } from "./network";
import { VirtualOrigin } from "./origin";
import { type Manner, VirtualPeer } from "./peer";
import { faultOf, type Line, type Scenario } from "./scenario";
import { Star } from "./star";

/** Milliseconds that everybody has to join before the file is asked for. */
const JOINING_MILLIS = 5_000;

/** Purposes of chance: the same scenario with other behaviour keeps its lines and its leavers. */
const PURPOSE = { network: 1, hub: 2, people: 3, interventions: 4 } as const;

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
  /** Those who hold the file from the beginning. */
  readonly holders: VirtualPeer[] = [];
  /** The same receivers, served by the hub alone. */
  readonly star: Star;
  readonly #byFingerprint = new Map<string, VirtualPeer>();
  readonly #people: Luck;
  readonly #leavers = new Set<VirtualPeer>();
  readonly #meddling: Luck;
  /** Interventions that are still to come. */
  readonly #planned: Intervention[];
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
    this.#planned = [...scenario.interventions];
    this.scenario = { ...scenario, interventions: [] };
    this.#meddling = new Luck(scenario.seed, PURPOSE.interventions);
    this.luck = new Luck(scenario.seed, PURPOSE.network);
    this.#people = new Luck(scenario.seed, PURPOSE.people);
    this.manifest = manifestOf(scenario.size);
    this.chunks = chunkCount(this.manifest);
    this.hubLine = new Uplink(this.clock, scenario.hubUpload);
    this.hub = new VirtualHub(this.clock, this.manifest, scenario.policy, new Luck(scenario.seed, PURPOSE.hub));
    this.hub.tend();
    this.origin = new VirtualOrigin(this);
    this.#populate();
    this.star = starOf(this.scenario, this.peers);
  }

  /** Milliseconds since the file was asked for. */
  get now(): number {
    return this.clock.now - this.startedAt;
  }

  /** Whether all are done, or the limit is reached. */
  get isOver(): boolean {
    return this.#waiting === 0 || this.now >= this.scenario.limit;
  }

  /** Runs it from its beginning to its end. */
  run(): void {
    this.begin();
    this.advance(this.scenario.limit);
  }

  /** Joins everybody, and asks for the file at one moment. */
  begin(): void {
    const { clock } = this;
    for (const peer of [...this.holders, ...this.peers]) {
      clock.after(this.#people.between(0, JOINING_MILLIS / 2), () => {
        peer.join();
      });
    }
    clock.runUntil(clock.now + JOINING_MILLIS);
    this.startedAt = clock.now;
    for (const peer of this.peers) peer.fetch();
    this.#planLeaving();
  }

  /** Lets time pass until so many milliseconds after the file was asked for, until all are done, or until the limit. */
  advance(until: number): void {
    const end = Math.min(until, this.scenario.limit);
    for (let next = this.#planned[0]; next !== undefined && next.at <= end; next = this.#planned[0]) {
      this.#pass(next.at);
      if (this.isOver) return;
      this.#planned.shift();
      this.#do(next);
    }
    this.#pass(end);
  }

  /** Does something to it now: at the next whole millisecond. The scenario tells it from then on, so that it can be done again. */
  intervene(deed: Deed): void {
    const at = Math.ceil(this.now);
    this.#pass(at);
    if (!this.isOver) this.#do({ at, deed });
  }

  #pass(until: number): void {
    const { clock, scenario } = this;
    if (this.isOver) return;
    clock.runUntil(this.startedAt + until, () => {
      if (scenario.hubDies && this.hub.alive && this.hub.leases.holdings.unheldCount === 0) this.#killHub();
      return this.#waiting === 0;
    });
    this.star.advance(this.now);
  }

  #do(intervention: Intervention): void {
    this.scenario.interventions.push(intervention);
    if (intervention.deed === "kill-hub") this.#killHub();
    else if (intervention.deed === "remove-half") this.#removeHalf();
    else this.#letLie();
  }

  #removeHalf(): void {
    const present = this.#meddling.shuffled(this.peers.filter((peer) => !peer.isGone));
    present.slice(0, Math.floor(present.length / 2)).forEach((peer, number) => {
      if (this.#isAwaited(peer)) this.#waiting--;
      this.#leavers.add(peer);
      this.#leave(peer, number % 2 === 0);
    });
  }

  #letLie(): void {
    const honest = this.peers.filter((peer) => !peer.isGone && peer.manner === "honest");
    for (const peer of this.#meddling.shuffled(honest).slice(0, Math.ceil(LYING * honest.length))) {
      if (this.#isAwaited(peer)) this.#waiting--;
      peer.manner = "corrupt";
    }
  }

  #isAwaited(peer: VirtualPeer): boolean {
    return peer.completedAt === null && peer.manner === "honest" && !this.#leavers.has(peer);
  }

  #leave(peer: VirtualPeer, isNoticed: boolean): void {
    if (peer.isGone) return;
    this.star.advance(this.now);
    this.star.remove(peer.number);
    peer.vanish(isNoticed);
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
    for (let number = 0; number < scenario.holders; number++) {
      const line = lines[(scenario.peers + number) % lines.length];
      if (line === undefined) continue;
      const holder = new VirtualPeer(this, scenario.peers + number, line, "holder");
      this.holders.push(holder);
      this.#byFingerprint.set(holder.fingerprint, holder);
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
        this.#leave(peer, isNoticed);
      });
    }
  }

  #killHub(): void {
    if (!this.hub.alive) return;
    this.star.advance(this.now);
    this.star.die();
    this.hubDiedAt = this.clock.now;
    this.hub.die();
    this.origin.die();
    for (const peer of [...this.holders, ...this.peers]) peer.loseHub();
  }
}

/** The star over the same lines: what a reliable flow can carry, and what is sent again, as in the mesh. */
export function starOf(
  { size, hubUpload, loss }: Pick<Scenario, "size" | "hubUpload" | "loss">,
  peers: readonly Pick<VirtualPeer, "line" | "delayMillis">[],
): Star {
  const receivers = peers.map(({ line, delayMillis }) => ({
    rate: Math.min(line.download, flowRate({ delayMillis, loss })) / 1000,
    delayMillis,
  }));
  return new Star(size, (hubUpload * (1 - loss)) / 1000, receivers);
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
