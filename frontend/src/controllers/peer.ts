import { Controller } from "@hotwired/stimulus";
import type { ControllerConstructor } from "@hotwired/stimulus";
import type {
  HeldView,
  LinkPath,
  LinkView,
  Mesh,
  MeshStatus,
  MeshView,
  PauseReason,
  TransferView,
} from "../mesh/ports";
import { el, partsOf, setText, showProblem } from "../ui/dom";
import { count, formatBytes } from "../ui/format";
import { keyed } from "../ui/keyed";
import { resourceLink, showBytes } from "../ui/pieces";
import { failureWords, standingWords } from "../ui/problem-words";
import { drawTwoBar, twoBar } from "../ui/two-bar";
import { failuresInWords } from "./failure-words";
import { sourceName, transferFigures, transferState } from "./download-view";
import type { Membership } from "./membership";

const STANDING: Record<MeshStatus, string> = {
  off: "This browser is not in the mesh.",
  connecting: "Connecting to the hub…",
  joined: "This browser is a peer.",
  lost: "The hub does not answer. Links go on; trying to reach it again.",
};

const PAUSED: Record<PauseReason, string> = {
  battery:
    "Paused: this machine runs on battery. Nothing is given or taken until it is plugged in, or the limit is taken off.",
  metered: "Paused: the network is metered. Nothing is given or taken until it is not, or the limit is taken off.",
};

/** What a link does, where its status is a step that only the protocol knows. */
const LINK_WORDS: Partial<Record<string, string>> = {
  offering: "connecting",
  offered: "connecting",
  verifying: "connecting",
  answering: "connecting",
  accepting: "connecting",
  greeting: "connecting",
  severed: "path lost, looking for another",
  restarting: "path lost, looking for another",
  restarted: "path lost, looking for another",
  rechecking: "path lost, looking for another",
  reanswering: "path lost, looking for another",
  reaccepting: "path lost, looking for another",
  recovering: "path lost, looking for another",
};

const PATH_WORDS: Record<LinkPath, string> = {
  host: "direct, same network",
  srflx: "direct, through the router",
  prflx: "direct, through the router",
  relay: "relayed",
};

/** "My peer": joining, what this browser holds, its links and totals. */
export function peerController(mesh: Mesh, membership: Membership): ControllerConstructor {
  return class extends Controller<HTMLElement> {
    readonly #part = partsOf(this.element, "data-peer-target");
    #stop: () => void = () => undefined;
    #refused: string | null = null;

    override connect(): void {
      this.#stop = mesh.subscribe(() => {
        this.#draw();
      });
      this.#draw();
    }

    override disconnect(): void {
      this.#stop();
    }

    join(): Promise<void> {
      return this.#try(() => membership.join());
    }

    leave(): Promise<void> {
      return this.#try(() => membership.leave());
    }

    async #try(command: () => Promise<void>): Promise<void> {
      this.#refused = null;
      try {
        await command();
      } catch (failure) {
        this.#refused = failureWords(failure);
      }
      this.#draw();
    }

    #draw(): void {
      const view = mesh.view();
      this.#drawStanding(view);
      showBytes(this.#part("received"), view.received);
      drawRelayed(this.#part("relayed"), view.relayed);
      showBytes(this.#part("sent"), view.sent);
      setText(this.#part("linkCount"), String(view.links.length));
      drawKept(this.#part("kept"), view);
      this.#part("visit").hidden = view.storage !== "this-visit";
      drawTransfers(this.#part("noTransfers"), this.#part("transfers"), view);
      drawTable(this.#part("noHeld"), this.#part("heldTable"), view.held.length);
      keyed(
        this.#part("held"),
        view.held,
        (held) => held.content,
        (held) => this.#heldRow(held),
        drawHeldRow,
      );
      const failures = failuresInWords(view.failures);
      setText(this.#part("failures"), failures);
      this.#part("failures").hidden = failures === "";
      drawTable(this.#part("noLinks"), this.#part("linkTable"), view.links.length);
      keyed(this.#part("links"), view.links, (link) => `${link.peer}:${link.content}`, linkRow, drawLinkRow);
    }

    #drawStanding(view: MeshView): void {
      const held = view.held.filter((item) => item.held > 0 || item.size === 0).length;
      const serving = view.status === "joined" ? ` It serves ${count(held, "file", "files")}.` : "";
      const paused = view.status === "off" || view.paused === undefined ? null : PAUSED[view.paused];
      setText(this.#part("standing"), paused ?? STANDING[view.status] + serving);
      const join = this.#part("join");
      const leave = this.#part("leave");
      const focused = document.activeElement;
      join.hidden = view.status !== "off";
      leave.hidden = view.status === "off";
      if (focused === join && join.hidden) leave.focus();
      if (focused === leave && leave.hidden) join.focus();
      showProblem(
        this.#part("problem"),
        this.#refused ?? (view.problem === undefined ? null : standingWords(view.problem)),
      );
    }

    #heldRow(held: HeldView): HTMLTableRowElement {
      const forget = el("button", { class: "btn btn-sm btn-ghost-danger", type: "button", text: "Forget" });
      forget.setAttribute("aria-label", `Forget ${held.name}`);
      forget.addEventListener("click", () => void this.#try(() => mesh.forget(held.content)));
      return el(
        "tr",
        {},
        el("th", { scope: "row", class: "text-break", "data-label": "File" }, resourceLink(held)),
        el("td", { class: "text-end nowrap", "data-label": "Held" }),
        el("td", { class: "text-end nowrap", "data-label": "Given since joining" }),
        el("td", { "data-label": "Stays" }, this.#stays(held)),
        el("td", { class: "text-end" }, forget),
      );
    }

    #stays({ content, name }: HeldView): HTMLLabelElement {
      const stays = el("input", { class: "form-check-input", type: "checkbox", role: "switch" });
      stays.setAttribute("aria-label", `Keep ${name} available for others`);
      stays.addEventListener("change", () => void this.#try(() => mesh.pin(content, stays.checked)));
      const asked = el("span", { class: "form-check-label text-secondary", "data-part": "asked", text: "on request" });
      return el("label", { class: "form-check form-switch mb-0" }, stays, asked);
    }
  };
}

function drawRelayed(place: HTMLElement, bytes: number): void {
  place.hidden = bytes === 0;
  setText(place, `of which ${formatBytes(bytes)} relayed`);
}

function drawKept(place: HTMLElement, view: MeshView): void {
  const held = view.held.reduce((sum, item) => sum + item.held, 0);
  showBytes(place, held);
  if (view.quota !== undefined)
    place.title = `${formatBytes(view.quota.used)} set aside of the ${formatBytes(view.quota.limit)} that files may take`;
}

function drawTransfers(none: HTMLElement, list: HTMLElement, { transfers, paused }: MeshView): void {
  none.hidden = transfers.length > 0;
  list.hidden = transfers.length === 0;
  keyed(
    list,
    transfers,
    (transfer) => transfer.transfer,
    transferRow,
    (row, transfer) => {
      drawTransferRow(row, transfer, paused);
    },
  );
}

function transferRow(transfer: TransferView): HTMLLIElement {
  return el(
    "li",
    { class: "list-group-item transfer-row" },
    el(
      "div",
      { class: "transfer-head" },
      resourceLink(transfer),
      el("span", { class: "text-secondary", "data-part": "words" }),
    ),
    twoBar(`Download of ${transfer.name}`),
  );
}

function drawTransferRow(row: HTMLElement, transfer: TransferView, paused?: PauseReason): void {
  const words = row.querySelector('[data-part="words"]');
  const bar = row.querySelector<HTMLElement>(".two-bar");
  if (words !== null)
    setText(
      words,
      [transferState(transfer, paused), transferFigures(transfer)].filter((part) => part !== "").join(" · "),
    );
  if (bar !== null) drawTwoBar(bar, transfer);
}

function drawHeldRow(row: HTMLTableRowElement, held: HeldView): void {
  const [, bytes, served] = row.cells;
  const whole = held.held >= held.size;
  if (bytes !== undefined)
    setText(bytes, whole ? formatBytes(held.size) : `${formatBytes(held.held)} of ${formatBytes(held.size)}`);
  if (served !== undefined) showBytes(served, held.served);
  const stays = row.querySelector("input");
  if (stays !== null) stays.checked = held.pinned;
  const asked = row.querySelector<HTMLElement>('[data-part="asked"]');
  if (asked !== null) asked.hidden = !held.onRequest;
}

function linkRow(link: LinkView): HTMLTableRowElement {
  const cell = (label: string, end = false): HTMLElement =>
    el("td", { "data-label": label, class: end ? "text-end nowrap" : "" });
  return el(
    "tr",
    {},
    el("th", {
      scope: "row",
      "data-label": "Peer",
      title: link.peer,
      text: sourceName({ kind: "peer", id: link.peer }),
    }),
    cell("State"),
    cell("Path"),
    cell("Round trip", true),
    cell("Taken", true),
    cell("Given", true),
  );
}

function drawLinkRow(row: HTMLTableRowElement, link: LinkView): void {
  const [, status, path, roundTrip, received, sent] = row.cells;
  if (status !== undefined) setText(status, LINK_WORDS[link.status] ?? link.status);
  if (path !== undefined) setText(path, link.path === undefined ? "–" : PATH_WORDS[link.path]);
  if (roundTrip !== undefined)
    setText(roundTrip, link.roundTripMillis === undefined ? "–" : `${Math.round(link.roundTripMillis)} ms`);
  if (received !== undefined) showBytes(received, link.received);
  if (sent !== undefined) showBytes(sent, link.sent);
}

function drawTable(none: HTMLElement, table: HTMLElement, rows: number): void {
  none.hidden = rows > 0;
  table.hidden = rows === 0;
}
