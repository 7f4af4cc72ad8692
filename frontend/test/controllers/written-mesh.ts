import { NO_LIMITS } from "../../src/mesh/core/limits";
import type { Model } from "../../src/protocol/messages";
import type { FileToFetch, Limits, Mesh, MeshView, SavedFile } from "../../src/mesh/ports";

/** A mesh whose view a test writes; commands are recorded by name. */
export class WrittenMesh implements Mesh {
  readonly commands: string[] = [];
  joinRefusal: Error | null = null;
  #view: MeshView = {
    status: "off",
    links: [],
    transfers: [],
    held: [],
    received: 0,
    relayed: 0,
    sent: 0,
    failures: [],
    limits: NO_LIMITS,
    supply: {},
  };
  readonly #listeners = new Set<(view: MeshView) => void>();

  view(): MeshView {
    return this.#view;
  }

  show(change: Partial<MeshView>): void {
    this.#view = { ...this.#view, ...change };
    for (const listener of this.#listeners) listener(this.#view);
  }

  subscribe(listener: (view: MeshView) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  join(): Promise<void> {
    this.commands.push("join");
    if (this.joinRefusal !== null) return Promise.reject(this.joinRefusal);
    this.show({ status: "joined" });
    return Promise.resolve();
  }

  leave(): Promise<void> {
    this.commands.push("leave");
    this.show({ status: "off" });
    return Promise.resolve();
  }

  fetch(file: FileToFetch, { model }: { model: Model }): Promise<string> {
    this.commands.push(`fetch ${file.resource} ${model}`);
    return Promise.resolve("transfer-1");
  }

  pause(transfer: string): void {
    this.commands.push(`pause ${transfer}`);
  }

  resume(transfer: string): void {
    this.commands.push(`resume ${transfer}`);
  }

  cancel(transfer: string): void {
    this.commands.push(`cancel ${transfer}`);
  }

  adopt(file: FileToFetch): Promise<void> {
    this.commands.push(`adopt ${file.resource}`);
    return Promise.resolve();
  }

  save(content: string): Promise<SavedFile> {
    this.commands.push(`save ${content}`);
    return Promise.resolve({ name: "film.mp4", bytes: new Blob([content]) });
  }

  setLimits(limits: Limits): void {
    this.commands.push("setLimits");
    this.show({ limits });
  }

  pin(content: string, pinned: boolean): Promise<void> {
    this.commands.push(`${pinned ? "pin" : "unpin"} ${content}`);
    return Promise.resolve();
  }

  forget(content: string): Promise<void> {
    this.commands.push(`forget ${content}`);
    return Promise.resolve();
  }
}
