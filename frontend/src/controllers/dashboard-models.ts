import type { Overview, Spread } from "../api/overview";
import { setText } from "../ui/dom";
import { count, formatBytes, formatRate } from "../ui/format";
import { relayedWords } from "../ui/pieces";
import type { Graph } from "../ui/topology/graph";
import { timesWords } from "./dashboard-figures";
import { EXAMPLE_MESH, EXAMPLE_STAR, meshOf, starOf } from "./dashboard-graphs";
import type { Choice } from "./dashboard-graphs";
import { HubClock, RecentRate } from "./recent-rate";

/** A graph on a page. */
export interface GraphPiece {
  update(graph: Graph, words: string): void;
  dispose(): void;
}

/** Puts a graph into `host`; while nobody is in it, the example stands there. */
export type DrawGraph = (host: HTMLElement, title: string, example: Graph) => GraphPiece;

/** Where it all is on the page. */
type Part = (name: string) => HTMLElement;

/** Both models side by side: what flows now, and what was delivered. */
export class ModelPanels {
  readonly #part: Part;
  readonly #star: GraphPiece;
  readonly #mesh: GraphPiece;
  readonly #clock: HubClock;
  #plain = new RecentRate();
  #leases = new RecentRate();
  #peers = new RecentRate();
  #shown: string | null = null;

  constructor(part: Part, drawGraph: DrawGraph, now: () => number) {
    this.#part = part;
    this.#clock = new HubClock(now);
    this.#star = drawGraph(part("star"), "Client-server", EXAMPLE_STAR);
    this.#mesh = drawGraph(part("graph"), "Peer-to-peer", EXAMPLE_MESH);
  }

  /** Takes in what was delivered meanwhile. */
  tell(overview: Overview, choice: Choice): void {
    const shown = choice?.resource ?? null;
    if (shown !== this.#shown) this.#startAfresh(shown);
    const at = overview.at.getTime();
    this.#clock.tell(at);
    this.#plain.tell(choice?.hubBytes ?? overview.hub.egressBytes, at);
    this.#leases.tell(choice?.meshFromHub ?? overview.mesh.fromHubBytes, at);
    this.#peers.tell(choice?.meshFromPeers ?? overview.mesh.fromPeersBytes, at);
  }

  /** Shows it as it is now; answers whether anything flows, so that it has to be shown again in a second. */
  draw(overview: Overview, choice: Choice): boolean {
    const now = this.#clock.now();
    const plain = this.#plain.at(now);
    const rates = { plain, leases: this.#leases.at(now), peers: this.#peers.at(now) };
    const star = starOf(overview, choice, rates, now);
    const mesh = meshOf(overview, choice, rates);
    this.#star.update(star.graph, star.words);
    this.#mesh.update(mesh.graph, mesh.words);
    setText(this.#part("starWords"), star.words);
    setText(this.#part("graphWords"), mesh.words);
    setText(this.#part("egressRate"), formatRate(plain + rates.leases));
    setText(this.#part("egressRateNote"), `${formatRate(plain)} to clients + ${formatRate(rates.leases)} to the mesh`);
    this.#drawTotals(overview, choice);
    return plain + rates.leases + rates.peers > 0;
  }

  /** The connection was lost. */
  forget(): void {
    this.#clock.forget();
    for (const rate of [this.#plain, this.#leases, this.#peers]) rate.forget();
  }

  dispose(): void {
    this.#star.dispose();
    this.#mesh.dispose();
  }

  #drawTotals(overview: Overview, choice: Choice): void {
    const { hub, mesh, times } = overview;
    const plain = choice?.hubBytes ?? hub.egressBytes;
    const downloads = choice?.hubDownloads ?? hub.downloads;
    setText(this.#part("starTotal"), `${formatBytes(plain)} in ${count(downloads, "download", "downloads")}`);
    const fromHub = formatBytes(choice?.meshFromHub ?? mesh.fromHubBytes);
    const fromPeers = formatBytes(choice?.meshFromPeers ?? mesh.fromPeersBytes);
    const relayed = relayedWords(choice?.meshRelayed ?? mesh.relayedBytes);
    setText(this.#part("graphTotal"), `${fromPeers} from peers${relayed}, ${fromHub} from the hub`);
    const of = choice === null ? "" : "; all resources";
    const words = (spread: Spread | null): string => `${timesWords(spread, "none yet")}${spread === null ? "" : of}`;
    setText(this.#part("starTimes"), words(times.hub));
    setText(this.#part("graphTimes"), words(times.peers));
    setText(this.#part("automaticTimes"), words(times.automatic));
  }

  #startAfresh(shown: string | null): void {
    this.#shown = shown;
    this.#plain = new RecentRate();
    this.#leases = new RecentRate();
    this.#peers = new RecentRate();
  }
}
