import { Controller } from "@hotwired/stimulus";
import type { ControllerConstructor } from "@hotwired/stimulus";
import type { HeldView, Mesh, TransferView } from "../mesh/ports";
import type { Model } from "../protocol/messages";
import type { ProblemCode } from "../protocol/problems";
import { announce, setAttribute, showProblem } from "../ui/dom";
import { failureWords } from "../ui/problem-words";
import { drawKept, drawSaving, drawTransfer } from "./download-view";
import type { Membership } from "./membership";
import type { Saver } from "./saver";

/** The file page's downloads, automatic and from peers: consent where it is needed, one bar in two colours, the sources, the saved file. */
export function downloadController(mesh: Mesh, membership: Membership, saver: Saver): ControllerConstructor {
  return class extends Controller<HTMLElement> {
    static override targets = [
      "consent",
      "problem",
      "join",
      "automatic",
      "hub",
      "justFromHub",
      "fetch",
      "here",
      "save",
      "pin",
    ];
    static override values = { resource: String, name: String, content: String };
    declare readonly consentTarget: HTMLElement;
    declare readonly problemTarget: HTMLElement;
    declare readonly joinTarget: HTMLButtonElement;
    declare readonly fetchTarget: HTMLButtonElement;
    declare readonly hasAutomaticTarget: boolean;
    declare readonly automaticTarget: HTMLAnchorElement;
    declare readonly hubTarget: HTMLAnchorElement;
    declare readonly justFromHubTarget: HTMLButtonElement;
    declare readonly hereTarget: HTMLElement;
    declare readonly saveTarget: HTMLButtonElement;
    declare readonly pinTarget: HTMLInputElement;
    declare readonly resourceValue: string;
    declare readonly nameValue: string;
    declare readonly contentValue: string;
    #stops: (() => void)[] = [];
    #announced = "";
    /** The way that consent is asked for. */
    #model: Model = "peers";
    /** A transfer that had failed before the hub showed this page: why it failed holds no more, or there would be no page. */
    #past = "";
    /** The same of a file that is merely held. */
    #pastRefusal: ProblemCode | undefined;

    override connect(): void {
      const last = this.#transfer();
      this.#past = last?.state === "failed" ? last.transfer : "";
      this.#pastRefusal = this.#held()?.refused;
      const draw = (): void => {
        this.#draw();
      };
      this.#stops = [mesh.subscribe(draw), saver.subscribe(draw)];
      draw();
    }

    override disconnect(): void {
      for (const stop of this.#stops) stop();
    }

    fetch(): Promise<void> {
      return this.#begin("peers");
    }

    /** The link behind it is the plain download: it is followed where the person would rather not join. */
    async automatic(event: Event): Promise<void> {
      if (isOff(this.automaticTarget)) event.preventDefault();
      else if (mesh.view().status !== "off" || !membership.prefersHub()) {
        event.preventDefault();
        await this.#begin("automatic");
      }
    }

    /** A link that is switched off leads nowhere. */
    follow(event: Event): void {
      if (isOff(this.hubTarget)) event.preventDefault();
    }

    justFromHub(): void {
      membership.preferHub();
      this.consentTarget.hidden = true;
      this.hubTarget.focus();
      this.hubTarget.click();
    }

    async #begin(model: Model): Promise<void> {
      this.#model = model;
      showProblem(this.problemTarget, null);
      if (this.#whole() !== undefined && mesh.view().status !== "off") {
        this.hereTarget.hidden = false;
        this.saveTarget.focus();
        return;
      }
      if (mesh.view().status !== "off") {
        await this.#start().catch((failure: unknown) => {
          showProblem(this.problemTarget, failureWords(failure));
        });
        return;
      }
      this.justFromHubTarget.hidden = model !== "automatic";
      this.consentTarget.hidden = false;
      this.consentTarget.focus();
    }

    decline(): void {
      this.consentTarget.hidden = true;
      (this.#model === "automatic" ? this.automaticTarget : this.fetchTarget).focus();
    }

    async joinAndFetch(): Promise<void> {
      this.joinTarget.disabled = true;
      try {
        await membership.join();
        await this.#start();
      } catch (failure) {
        showProblem(this.problemTarget, failureWords(failure));
      } finally {
        this.joinTarget.disabled = false;
        this.consentTarget.hidden = true;
      }
    }

    pause(): void {
      this.#command((transfer) => {
        mesh.pause(transfer.transfer);
      });
    }

    resume(): void {
      this.#command((transfer) => {
        mesh.resume(transfer.transfer);
      });
    }

    cancel(): void {
      this.#command((transfer) => {
        mesh.cancel(transfer.transfer);
      });
    }

    async save(): Promise<void> {
      showProblem(this.problemTarget, null);
      try {
        await saver.save(this.contentValue, this.nameValue);
      } catch (failure) {
        showProblem(this.problemTarget, failureWords(failure));
      }
    }

    stopSaving(): void {
      saver.stop(this.contentValue);
    }

    async pin(): Promise<void> {
      const { checked } = this.pinTarget;
      try {
        await mesh.pin(this.contentValue, checked);
        announce(checked ? "The file stays available for others" : "The file may go when room is wanted");
      } catch (failure) {
        this.pinTarget.checked = !checked;
        showProblem(this.problemTarget, failureWords(failure));
      }
    }

    async forget(): Promise<void> {
      try {
        await mesh.forget(this.contentValue);
        announce("This browser no longer keeps the file");
      } catch (failure) {
        showProblem(this.problemTarget, failureWords(failure));
      }
    }

    async #start(): Promise<void> {
      saver.whenComplete(
        await mesh.fetch({ resource: this.resourceValue, name: this.nameValue }, { model: this.#model }),
      );
      this.#draw();
    }

    /** The newest transfer of this file. */
    #transfer(): TransferView | undefined {
      return mesh.view().transfers.findLast((transfer) => transfer.resource === this.resourceValue);
    }

    /** What this browser keeps of the file. */
    #held(): HeldView | undefined {
      return mesh.view().held.find((item) => item.content === this.contentValue);
    }

    /** The same, if that is all of it. */
    #whole(): HeldView | undefined {
      const held = this.#held();
      return held !== undefined && held.held >= held.size ? held : undefined;
    }

    /** Whether the file was withdrawn since the hub showed this page. */
    #isGone(transfer: TransferView | undefined): boolean {
      const refused = this.#held()?.refused;
      if (refused === undefined) this.#pastRefusal = undefined;
      const failed = transfer?.state === "failed" && transfer.transfer !== this.#past;
      return (failed && isGone(transfer.problem)) || (refused !== this.#pastRefusal && isGone(refused));
    }

    #command(action: (transfer: TransferView) => void): void {
      const transfer = this.#transfer();
      if (transfer !== undefined) action(transfer);
    }

    #draw(): void {
      const view = mesh.view();
      const transfer = this.#transfer();
      drawTransfer(this.element, transfer, view.paused);
      drawKept(this.element, this.#whole(), view);
      drawSaving(this.element, saver.saving(this.contentValue));
      const busy = transfer?.state === "running" || transfer?.state === "paused";
      const gone = this.#isGone(transfer);
      if (!this.fetchTarget.hasAttribute("data-off")) this.fetchTarget.disabled = busy || gone;
      if (this.hasAutomaticTarget) switchLink(this.automaticTarget, busy || gone);
      switchLink(this.hubTarget, gone);
      const state = transfer?.state ?? "";
      if (state !== this.#announced && state !== "" && state !== "running") announce(`Download ${state}`);
      this.#announced = state;
    }
  };
}

/** Whether no way of downloading can help any more. */
function isGone(problem: ProblemCode | undefined): boolean {
  return problem === "access-revoked" || problem === "not-found" || problem === "forbidden";
}

function isOff(link: HTMLAnchorElement): boolean {
  return link.getAttribute("aria-disabled") === "true";
}

/** A link has no `disabled`: this is its like. */
function switchLink(link: HTMLAnchorElement, off: boolean): void {
  setAttribute(link, "aria-disabled", off ? "true" : null);
  link.classList.toggle("disabled", off);
}
