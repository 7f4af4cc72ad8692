import { Controller } from "@hotwired/stimulus";
import type { ControllerConstructor } from "@hotwired/stimulus";
import type { Hub } from "../api/hub";
import { parseOverview } from "../api/overview";
import type { Overview, TransferItem } from "../api/overview";
import { readJsonObject } from "../protocol/shapes";
import { partsOf, setAttribute, setText, showProblem } from "../ui/dom";
import { count, formatBytes, formatShare } from "../ui/format";
import { keyed } from "../ui/keyed";
import { showBytes } from "../ui/pieces";
import * as rows from "./dashboard-rows";
import { TransferRates } from "./transfer-rates";

/** Transfers shown; the newest first. */
const MOST_TRANSFERS = 50;

const LIVE_WORDS = { connecting: "Connecting…", live: "Live", lost: "Connection lost; trying again…" };

/** Makes the stream of overviews; the browser's own reconnects by itself, after sleep too. */
export type OpenEvents = (address: string) => EventSource;

/** Both models on the same resources, live. */
export function dashboardController(hub: Hub, openEvents: OpenEvents): ControllerConstructor {
  return class extends Controller<HTMLElement> {
    static override values = { events: String };
    declare readonly eventsValue: string;
    readonly #rates = new TransferRates();
    readonly #part = partsOf(this.element, "data-dashboard-target");
    #events: EventSource | undefined;

    override connect(): void {
      void this.#first();
      this.#open();
    }

    override disconnect(): void {
      this.#events?.close();
    }

    async #first(): Promise<void> {
      const answer = await hub.overview();
      if (answer.ok) this.#draw(answer.value);
      showProblem(this.#part("problem"), answer.ok ? null : answer.problem.detail);
    }

    #open(): void {
      const events = openEvents(this.eventsValue);
      this.#events = events;
      events.addEventListener("open", () => {
        this.#live("live");
      });
      events.addEventListener("error", () => {
        this.#live("lost");
      });
      events.addEventListener("overview", (event: MessageEvent<unknown>) => {
        const overview = typeof event.data === "string" ? parseOverview(readJsonObject(event.data)) : null;
        if (overview === null) return;
        this.#live("live");
        showProblem(this.#part("problem"), null);
        this.#draw(overview);
      });
    }

    #live(state: keyof typeof LIVE_WORDS): void {
      const place = this.#part("live");
      setAttribute(place, "data-state", state);
      setText(place, LIVE_WORDS[state]);
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
      setText(this.#part("peerCount"), String(mesh.peers));
      setText(this.#part("activeCount"), String(mesh.transfers));
    }

    /** A member is told only their own peers, but how many there are in all. */
    #drawPeers({ peers, mesh }: Overview): void {
      this.#list("peers", "peerTable", "noPeers", peers, (item) => item.peer, rows.peerRow, rows.drawPeerRow);
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
