import { Controller } from "@hotwired/stimulus";
import type { ControllerConstructor } from "@hotwired/stimulus";
import type { Overview, ResourceDelivery, TransferItem } from "../api/overview";
import { partsOf, setAttribute, setText, showProblem } from "../ui/dom";
import { count, formatDuration } from "../ui/format";
import { keyed } from "../ui/keyed";
import { showBytes } from "../ui/pieces";
import { DashboardChoice } from "./dashboard-choice";
import { doubtsWords, figuresOf } from "./dashboard-figures";
import type { KeyFigures } from "./dashboard-figures";
import { chosen } from "./dashboard-graphs";
import type { Choice } from "./dashboard-graphs";
import { DashboardHistory } from "./dashboard-history";
import type { HistoryPorts } from "./dashboard-history";
import { ModelPanels } from "./dashboard-models";
import type { DrawGraph } from "./dashboard-models";
import { lossesInWords } from "./failure-words";
import * as rows from "./dashboard-rows";
import { OverviewStream } from "./overview-stream";
import type { Liveness, StreamPorts } from "./overview-stream";
import { TransferRates } from "./transfer-rates";

/** Transfers shown; the newest first. */
const MOST_TRANSFERS = 50;

const LIVE_WORDS: Record<Liveness, (seconds: number) => string> = {
  connecting: () => "Connecting…",
  live: () => "Live",
  lost: () => "Connection lost; trying again…",
  refused: (seconds) => `Not live; trying again in ${formatDuration(seconds)}`,
  over: () => "Your session has ended",
};

/** What the dashboard is handed. */
export interface DashboardPorts {
  stream: StreamPorts;
  history: HistoryPorts;
  drawGraph: DrawGraph;
  /** This machine's clock, which goes on in its sleep, in milliseconds since 1970. */
  now: () => number;
  /** Calls once after so many milliseconds; answers how to stop. */
  later: (milliseconds: number, action: () => void) => () => void;
}

/** How often what flows is drawn anew while nothing is told of it: it dies away. In milliseconds. */
const DYING_AWAY = 1_000;

/** Both models on the same resources, live. */
export function dashboardController(ports: DashboardPorts): ControllerConstructor {
  return class extends Controller<HTMLElement> {
    static override values = { events: String };
    declare readonly eventsValue: string;
    readonly #rates = new TransferRates();
    readonly #part = partsOf(this.element, "data-dashboard-target");
    #stream: OverviewStream | undefined;
    #models: ModelPanels | undefined;
    #history: DashboardHistory | undefined;
    #choice: DashboardChoice | undefined;
    #overview: Overview | undefined;
    #stopDying: () => void = () => undefined;

    override connect(): void {
      const part = this.#part;
      const choice = new DashboardChoice(part("resource"), part("period"), () => {
        this.#choose();
      });
      this.#choice = choice;
      this.#models = new ModelPanels(part, ports.drawGraph, ports.now);
      this.#history = new DashboardHistory(part("history"), part("historyProblem"), choice.period, ports.history);
      this.#history.show(choice.period, choice.resource);
      this.#stream = new OverviewStream(this.eventsValue, ports.stream, {
        overview: (overview) => {
          this.#take(overview);
        },
        problem: (problem) => {
          showProblem(part("problem"), problem === null ? null : problem.detail);
        },
        liveness: (state, wait = 0) => {
          if (state === "lost" || state === "refused") this.#models?.forget();
          setAttribute(part("live"), "data-state", state);
          setText(part("live"), LIVE_WORDS[state](wait / 1000));
        },
      });
      this.#stream.start();
    }

    override disconnect(): void {
      this.#stream?.stop();
      this.#stopDying();
      this.#models?.dispose();
      this.#history?.dispose();
    }

    #choose(): void {
      const { resource, period } = this.#choice ?? { resource: null, period: "hour" };
      this.#history?.show(period, resource);
      if (this.#overview === undefined) return;
      this.#models?.tell(this.#overview, this.#offered(this.#overview));
      this.#draw(this.#overview);
    }

    #take(overview: Overview): void {
      const before = this.#overview;
      this.#overview = overview;
      this.#models?.tell(overview, this.#offered(overview));
      if (before !== undefined && delivered(before) !== delivered(overview)) this.#history?.stirred();
      this.#draw(overview);
    }

    #offered(overview: Overview): Choice {
      return this.#choice?.offer(overview.resources) ?? null;
    }

    #draw(overview: Overview): void {
      const choice = this.#offered(overview);
      this.#drawFigures(figuresOf(overview, choice));
      this.#drawModels(overview, choice);
      this.#drawResources(overview.resources);
      const transfers = newestFirst(overview.transfers.filter((item) => chosen(choice, item))).slice(0, MOST_TRANSFERS);
      this.#drawTransfers(transfers);
      this.#warn("doubts", doubtsWords(overview.resources, transfers));
      this.#drawPeers(overview);
      this.#part("nothing").hidden = overview.resources.length > 0 || overview.transfers.length > 0;
    }

    #drawModels(overview: Overview, choice: Choice): void {
      const flows = this.#models?.draw(overview, choice) ?? false;
      this.#stopDying();
      if (!flows) return;
      this.#stopDying = ports.later(DYING_AWAY, () => {
        this.#drawModels(overview, choice);
      });
    }

    #drawResources(resources: readonly ResourceDelivery[]): void {
      const scale = rows.scaleOf(resources);
      this.#list(
        "resources",
        "resourceTable",
        "noResources",
        resources,
        (item) => item.resource,
        rows.resourceRow,
        (row, item) => {
          rows.drawResourceRow(row, item, scale);
        },
      );
    }

    #drawTransfers(transfers: readonly TransferItem[]): void {
      const rates = this.#rates.update(transfers);
      this.#list(
        "transfers",
        "transferTable",
        "noTransfers",
        transfers,
        (item) => item.transfer,
        rows.transferRow,
        (row, item) => {
          rows.drawTransferRow(row, item, rates.get(item.transfer) ?? 0);
        },
      );
      this.#part("heldKey").hidden = transfers.every((item) => item.held === 0);
    }

    #drawFigures(figures: KeyFigures): void {
      setText(this.#part("offload"), figures.offload);
      showBytes(this.#part("egress"), figures.egressBytes);
      setText(this.#part("egressNote"), figures.egressNote);
      showBytes(this.#part("fromPeers"), figures.peerBytes);
      setText(this.#part("fromPeersNote"), figures.peerNote);
      showBytes(this.#part("saved"), figures.savedBytes);
      setText(this.#part("savedNote"), figures.savedNote);
      setText(this.#part("peerCount"), String(figures.peers));
      setText(this.#part("peerNote"), figures.peersNote);
      setText(this.#part("activeCount"), String(figures.active));
    }

    /** Says it, or nothing where there are no words. */
    #warn(name: string, words: string): void {
      this.#part(name).hidden = words === "";
      setText(this.#part(name), words);
    }

    /** A member is told only their own peers, but how many there are in all. */
    #drawPeers({ peers, mesh }: Overview): void {
      this.#list("peers", "peerTable", "noPeers", peers, (item) => item.peer, rows.peerRow, rows.drawPeerRow);
      this.#warn("lostLinks", lossesInWords(mesh.lostLinks));
      const others = Math.max(0, mesh.peers - peers.length);
      if (others > 0) this.#part("noPeers").hidden = true;
      const mine = peers.length === 0 ? "none of them is yours" : `${count(peers.length, "is", "are")} yours`;
      this.#part("otherPeers").hidden = others === 0;
      setText(
        this.#part("otherPeers"),
        `${count(mesh.peers, "peer is", "peers are")} in the mesh now; ${mine}. Other members’ peers are not listed.`,
      );
    }

    #list<T>(
      name: string,
      table: string,
      none: string,
      items: readonly T[],
      keyOf: (item: T) => string,
      create: (item: T) => HTMLTableRowElement,
      update: (row: HTMLTableRowElement, item: T) => void,
    ): void {
      this.#part(table).hidden = items.length === 0;
      this.#part(none).hidden = items.length > 0;
      keyed(this.#part(name), items, keyOf, create, update);
    }
  };
}

/** Bytes in all: they differ when something was delivered. */
function delivered({ egressBytes, mesh }: Overview): number {
  return egressBytes + mesh.fromPeersBytes;
}

function newestFirst(transfers: readonly TransferItem[]): TransferItem[] {
  return transfers.toSorted((one, other) => other.startedAt.getTime() - one.startedAt.getTime());
}
