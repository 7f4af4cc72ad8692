import type { Mesh, MeshView, SavedFile } from "../mesh/ports";
import { RELEASE_AFTER } from "../ui/hand-to-browser";

/** A file on the person's disk that may be written. */
export interface ChosenFile {
  createWritable(): Promise<WritableStream<Uint8Array>>;
}

/** What the saver is handed. */
export interface SaverPorts {
  mesh: Mesh;
  /** Asks the person for a place, within their click; null where the browser cannot ask. Rejected with an `AbortError` when they think better of it. */
  choose: ((name: string) => Promise<ChosenFile>) | null;
  /** Makes the browser write the file to the person's downloads; answers what to call once it has taken it. */
  hand: (file: SavedFile) => () => void;
  later: (milliseconds: number, action: () => void) => void;
}

/** A file on its way to the person's disk. `written` bytes of `size`; null while it is looked through. */
export interface Saving {
  written: number | null;
  size: number;
}

/** Brings finished files to the person's disk; those asked for are handed over as soon as they are whole, whatever page is shown. */
export class Saver {
  readonly #ports: SaverPorts;
  readonly #wanted = new Set<string>();
  readonly #saving = new Map<string, Saving & { stop: AbortController }>();
  readonly #listeners = new Set<() => void>();

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

  /** Saves a content that is whole, to a place of the person's choice where that can be asked. To be called within a click. */
  async save(content: string, name: string): Promise<void> {
    if (this.#saving.has(content)) return;
    const place = await this.#choose(name);
    if (place === "declined") return;
    if (place === null) await this.#handOver(content);
    else await this.#write(content, place);
  }

  /** How far the saving of a content is, if it is being saved. */
  saving(content: string): Saving | null {
    return this.#saving.get(content) ?? null;
  }

  /** Stops saving a content. */
  stop(content: string): void {
    this.#saving.get(content)?.stop.abort();
  }

  /** Calls `listener` when the saving of something has moved on; answers how to stop. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #choose(name: string): Promise<ChosenFile | "declined" | null> {
    try {
      return (await this.#ports.choose?.(name)) ?? null;
    } catch (failure) {
      // Anything else than the person's own no means that the browser does not let us ask.
      return failure instanceof DOMException && failure.name === "AbortError" ? "declined" : null;
    }
  }

  async #handOver(content: string): Promise<void> {
    const file = await this.#ports.mesh.save(content);
    this.#ports.later(RELEASE_AFTER, this.#ports.hand(file));
  }

  /** Streams a content into the chosen file: never more of it in memory than a few pieces. */
  async #write(content: string, place: ChosenFile): Promise<void> {
    const saving: Saving & { stop: AbortController } = { written: null, size: 0, stop: new AbortController() };
    this.#saving.set(content, saving);
    this.#moved();
    try {
      const { bytes } = await this.#ports.mesh.save(content);
      saving.size = bytes.size;
      const count = new TransformStream<Uint8Array, Uint8Array>({
        transform: (piece, onwards) => {
          saving.written = (saving.written ?? 0) + piece.length;
          onwards.enqueue(piece);
          this.#moved();
        },
      });
      await bytes
        .stream()
        .pipeThrough(count)
        .pipeTo(await place.createWritable(), { signal: saving.stop.signal });
    } catch (failure) {
      if (!saving.stop.signal.aborted) throw failure;
    } finally {
      this.#saving.delete(content);
      this.#moved();
    }
  }

  #moved(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  #look(view: MeshView): void {
    for (const transfer of view.transfers) {
      if (!this.#wanted.has(transfer.transfer)) continue;
      if (transfer.state === "cancelled" || transfer.state === "failed") this.#wanted.delete(transfer.transfer);
      if (transfer.state !== "completed") continue;
      this.#wanted.delete(transfer.transfer);
      // A refusal here is met again, and told, when the person presses "Save to disk".
      this.#handOver(transfer.content).catch(() => undefined);
    }
  }
}

/** Where the browser can ask for a place on the disk (File System Access); so far Chromium's can. */
export function chooser(): SaverPorts["choose"] {
  const { showSaveFilePicker: ask } = globalThis as {
    showSaveFilePicker?: (options: { suggestedName: string }) => Promise<ChosenFile>;
  };
  return ask === undefined ? null : (suggestedName) => ask({ suggestedName });
}
