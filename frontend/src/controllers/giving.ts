import { Controller } from "@hotwired/stimulus";
import type { ControllerConstructor } from "@hotwired/stimulus";
import type { Mesh, MeshView } from "../mesh/ports";
import { announce, partsOf, setText } from "../ui/dom";
import { count, formatBytes } from "../ui/format";

const GIB = 1024 ** 3;

/** "Give disk on request": how much of this browser's disk the hub may ask for, and what it has asked for. */
export function givingController(mesh: Pick<Mesh, "view" | "subscribe" | "setLimits">): ControllerConstructor {
  return class extends Controller<HTMLElement> {
    readonly #part = partsOf(this.element, "data-giving-target");
    #stop: () => void = () => undefined;
    #shown = -1;

    override connect(): void {
      this.#stop = mesh.subscribe((view) => {
        this.#draw(view);
      });
      this.#draw(mesh.view());
    }

    override disconnect(): void {
      this.#stop();
    }

    save(event: Event): void {
      event.preventDefault();
      const { valueAsNumber } = this.#size();
      const giveBytes = Number.isNaN(valueAsNumber) ? 0 : Math.max(0, Math.round(valueAsNumber * GIB));
      mesh.setLimits({ ...mesh.view().limits, giveBytes });
      announce(giveBytes === 0 ? "No disk is given on request" : `${formatBytes(giveBytes)} are given on request`);
    }

    #draw({ limits, held }: MeshView): void {
      if (limits.giveBytes !== this.#shown) {
        this.#shown = limits.giveBytes;
        this.#size().value = String(Math.round((limits.giveBytes / GIB) * 100) / 100);
      }
      const asked = held.filter((item) => item.onRequest);
      const bytes = asked.reduce((sum, item) => sum + item.size, 0);
      const words =
        asked.length === 0
          ? "Nothing is kept on request now."
          : `${count(asked.length, "file", "files")}, ${formatBytes(bytes)}, kept on request now; “Forget” below lets one go.`;
      setText(this.#part("asked"), words);
    }

    #size(): HTMLInputElement {
      return this.#part("size") as HTMLInputElement;
    }
  };
}
