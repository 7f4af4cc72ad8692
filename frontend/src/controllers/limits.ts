import { Controller } from "@hotwired/stimulus";
import type { ControllerConstructor } from "@hotwired/stimulus";
import type { Limits, Mesh } from "../mesh/ports";
import { announce, partsOf, showProblem } from "../ui/dom";

const MEBIBYTE = 1024 ** 2;
const GIBIBYTE = 1024 ** 3;

/** Digits after the point that a limit is shown with: finer than anybody sets it. */
const DIGITS = 3;

/** The card of "My peer" on which a person sets what this browser gives and takes. */
export function limitsController(mesh: Pick<Mesh, "view" | "subscribe" | "setLimits">): ControllerConstructor {
  return class extends Controller<HTMLElement> {
    readonly #part = partsOf(this.element, "data-limits-target");
    #stop: () => void = () => undefined;

    override connect(): void {
      this.#stop = mesh.subscribe(() => {
        this.#draw();
      });
      this.#draw();
    }

    override disconnect(): void {
      this.#stop();
    }

    change(): void {
      const fields = ["upload", "download", "disk"].map((name) => this.#input(name));
      const wrong = fields.find((field) => !field.validity.valid);
      for (const field of fields) field.classList.toggle("is-invalid", field === wrong);
      const words = wrong === undefined ? null : "A number above zero, or nothing for no limit.";
      showProblem(this.#part("problem"), words);
      this.#part("problem").classList.toggle("d-block", words !== null);
      if (wrong !== undefined) return;
      mesh.setLimits({
        ...mesh.view().limits,
        uploadBytesPerSecond: this.#bytes("upload", MEBIBYTE),
        downloadBytesPerSecond: this.#bytes("download", MEBIBYTE),
        diskBytes: this.#bytes("disk", GIBIBYTE),
        pauseOnBattery: this.#input("battery").checked,
        pauseOnMetered: this.#input("metered").checked,
        experiments: this.#input("experiments").checked,
      });
      announce("Limits saved");
    }

    #draw(): void {
      const { limits, supply } = mesh.view();
      this.#show("upload", limits.uploadBytesPerSecond, MEBIBYTE);
      this.#show("download", limits.downloadBytesPerSecond, MEBIBYTE);
      this.#show("disk", limits.diskBytes, GIBIBYTE);
      this.#check("battery", limits, "pauseOnBattery");
      this.#check("metered", limits, "pauseOnMetered");
      this.#check("experiments", limits, "experiments");
      this.#part("batteryRow").hidden = supply.onBattery === undefined;
      this.#part("meteredRow").hidden = supply.onMetered === undefined;
      this.#part("pauses").hidden = supply.onBattery === undefined && supply.onMetered === undefined;
    }

    /** Leaves a field alone while somebody writes in it. */
    #show(name: string, bytes: number | null, unit: number): void {
      const field = this.#input(name);
      if (field === document.activeElement || !field.validity.valid) return;
      const text = bytes === null ? "" : String(Number((bytes / unit).toFixed(DIGITS)));
      if (field.value !== text) field.value = text;
    }

    #check(name: string, limits: Limits, member: "pauseOnBattery" | "pauseOnMetered" | "experiments"): void {
      this.#input(name).checked = limits[member];
    }

    #bytes(name: string, unit: number): number | null {
      const { value } = this.#input(name);
      return value === "" ? null : Math.round(Number(value) * unit);
    }

    #input(name: string): HTMLInputElement {
      return this.#part(name) as HTMLInputElement;
    }
  };
}
