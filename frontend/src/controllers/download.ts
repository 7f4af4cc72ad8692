import { Controller } from "@hotwired/stimulus";
import type { ControllerConstructor } from "@hotwired/stimulus";
import type { HeldView, Mesh, TransferView } from "../mesh/ports";
import { announce, showProblem } from "../ui/dom";
import { failureWords } from "../ui/problem-words";
import { drawKept, drawTransfer } from "./download-view";
import type { Membership } from "./membership";
import type { Saver } from "./saver";

/** The file page's "From peers": consent where it is needed, one bar in two colours, the sources, the saved file. */
export function downloadController(mesh: Mesh, membership: Membership, saver: Saver): ControllerConstructor {
  return class extends Controller<HTMLElement> {
    static override targets = ["consent", "problem", "join", "fetch", "here", "save"];
    static override values = { resource: String, name: String, content: String };
    declare readonly consentTarget: HTMLElement;
    declare readonly problemTarget: HTMLElement;
    declare readonly joinTarget: HTMLButtonElement;
    declare readonly fetchTarget: HTMLButtonElement;
    declare readonly hereTarget: HTMLElement;
    declare readonly saveTarget: HTMLButtonElement;
    declare readonly resourceValue: string;
    declare readonly nameValue: string;
    declare readonly contentValue: string;
    #stop: () => void = () => undefined;
    #announced = "";

    override connect(): void {
      this.#stop = mesh.subscribe(() => {
        this.#draw();
      });
      this.#draw();
    }

    override disconnect(): void {
      this.#stop();
    }

    async fetch(): Promise<void> {
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
      this.consentTarget.hidden = false;
      this.consentTarget.focus();
    }

    decline(): void {
      this.consentTarget.hidden = true;
      this.fetchTarget.focus();
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
        await saver.save(this.contentValue);
      } catch (failure) {
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
      saver.whenComplete(await mesh.fetch({ resource: this.resourceValue, name: this.nameValue }, { model: "peers" }));
      this.#draw();
    }

    /** The newest transfer of this file. */
    #transfer(): TransferView | undefined {
      return mesh.view().transfers.findLast((transfer) => transfer.resource === this.resourceValue);
    }

    /** What this browser keeps of the file, if that is all of it. */
    #whole(): HeldView | undefined {
      return mesh.view().held.find((item) => item.content === this.contentValue && item.held >= item.size);
    }

    #command(action: (transfer: TransferView) => void): void {
      const transfer = this.#transfer();
      if (transfer !== undefined) action(transfer);
    }

    #draw(): void {
      const view = mesh.view();
      const transfer = this.#transfer();
      drawTransfer(this.element, transfer);
      drawKept(this.element, this.#whole(), view.status);
      const busy = transfer?.state === "running" || transfer?.state === "paused";
      if (!this.fetchTarget.hasAttribute("data-off")) this.fetchTarget.disabled = busy;
      const state = transfer?.state ?? "";
      if (state !== this.#announced && state !== "" && state !== "running") announce(`Download ${state}`);
      this.#announced = state;
    }
  };
}
