import { Controller } from "@hotwired/stimulus";
import type { ControllerConstructor } from "@hotwired/stimulus";
import type { Overview, TransferItem } from "../api/overview";
import { partsOf, setAttribute, setText, showProblem } from "../ui/dom";
import { count, formatBytes, formatDuration, formatShare } from "../ui/format";
import { keyed } from "../ui/keyed";
import { relayedWords, showBytes } from "../ui/pieces";
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

/** Both models on the same resources, live. */
export function dashboardController(ports: StreamPorts): ControllerConstructor {
  return class extends Controller<HTMLElement> {
    static override values = { events: String };
    declare readonly eventsValue: string;
    readonly #rates = new TransferRates();
    readonly #part = partsOf(this.element, "data-dashboard-target");
    #stream: OverviewStream | undefined;

    override connect(): void {
      this.#stream = new OverviewStream(this.eventsValue, ports, {
        overview: (overview) => {
          this.#draw(overview);
        },
        problem: (problem) => {
          showProblem(this.#part("problem"), problem === null ? null : problem.detail);
        },
        liveness: (state, wait = 0) => {
          setAttribute(this.#part("live"), "data-state", state);
          setText(this.#part("live"), LIVE_WORDS[state](wait / 1000));
        },
      });
      this.#stream.start();
    }

    override disconnect(): void {
      this.#stream?.stop();
    }

    #draw(overview: Overview): void {
      this.#drawFigures(overview);
      const scale = rows.scaleOf(overview.resources);
      this.#list(
        "resources",
        "resourceTable",
        "noResources",
        overview.resources,
        (item) => item.resource,
        rows.resourceRow,
        (row, item) => {
          rows.drawResourceRow(row, item, scale);
        },
      );
      const transfers = newestFirst(overview.transfers).slice(0, MOST_TRANSFERS);
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
      this.#drawPeers(overview);
    }

    #drawFigures({ egressBytes, hub: plain, mesh, offload }: Overview): void {
      setText(this.#part("offload"), offload === null ? "–" : formatShare(offload));
      showBytes(this.#part("egress"), egressBytes);
      const split = `${formatBytes(plain.egressBytes)} plain (${count(plain.downloads, "download", "downloads")}) + ${formatBytes(mesh.fromHubBytes)} leases`;
      setText(this.#part("egressNote"), split);
      showBytes(this.#part("fromPeers"), mesh.fromPeersBytes);
      setText(this.#part("fromPeersNote"), `as their receivers report${relayedWords(mesh.relayedBytes)}`);
      setText(this.#part("peerCount"), String(mesh.peers));
      setText(this.#part("activeCount"), String(mesh.transfers));
    }

    /** A member is told only their own peers, but how many there are in all. */
    #drawPeers({ peers, mesh }: Overview): void {
      this.#list("peers", "peerTable", "noPeers", peers, (item) => item.peer, rows.peerRow, rows.drawPeerRow);
      const losses = lossesInWords(mesh.lostLinks);
      this.#part("lostLinks").hidden = losses === "";
      setText(this.#part("lostLinks"), losses);
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

function newestFirst(transfers: readonly TransferItem[]): TransferItem[] {
  return transfers.toSorted((one, other) => other.startedAt.getTime() - one.startedAt.getTime());
}
