import type { Mesh, MeshView, SavedFile } from "../mesh/ports";

/** How long the browser is given to take a saved file before its address is released. In milliseconds. */
const RELEASE_AFTER = 60_000;

/** What the saver is handed. */
export interface SaverPorts {
  mesh: Mesh;
  /** Makes the browser write the file to the person's downloads; answers what to call once it has taken it. */
  hand: (file: SavedFile) => () => void;
  later: (milliseconds: number, action: () => void) => void;
}

/** Hands finished files to the browser; those asked for are handed over as soon as they are whole, whatever page is shown. */
export class Saver {
  readonly #ports: SaverPorts;
  readonly #wanted = new Set<string>();

  constructor(ports: SaverPorts) {
    this.#ports = ports;
    ports.mesh.subscribe((view) => {
      this.#look(view);
    });
  }

  /** Saves when this transfer completes. Asked twice, it is saved once. */
  whenComplete(transfer: string): void {
    this.#wanted.add(transfer);
    this.#look(this.#ports.mesh.view());
  }

  /** Saves a content that is whole. */
  async save(content: string): Promise<void> {
    const file = await this.#ports.mesh.save(content);
    this.#ports.later(RELEASE_AFTER, this.#ports.hand(file));
  }

  #look(view: MeshView): void {
    for (const transfer of view.transfers) {
      if (!this.#wanted.has(transfer.transfer)) continue;
      if (transfer.state === "cancelled" || transfer.state === "failed") this.#wanted.delete(transfer.transfer);
      if (transfer.state !== "completed") continue;
      this.#wanted.delete(transfer.transfer);
      // A refusal here is met again, and told, when the person presses "Save to disk".
      this.save(transfer.content).catch(() => undefined);
    }
  }
}

/** Clicks a link that names the file; the browser does the rest. The address takes room until it is released. */
export function handToBrowser(file: SavedFile): () => void {
  const url = URL.createObjectURL(file.bytes);
  const link = document.createElement("a");
  link.href = url;
  link.download = file.name;
  link.dataset["turbo"] = "false";
  document.body.append(link);
  link.click();
  link.remove();
  return () => {
    URL.revokeObjectURL(url);
  };
}
