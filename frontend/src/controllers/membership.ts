import type { Mesh } from "../mesh/ports";

/** Where a choice is kept; local storage, or nothing where the browser refuses it. */
export interface Memory {
  get: (key: string) => string | null;
  set: (key: string, value: string | null) => void;
}

/** Joining and leaving, with the choice remembered for this account in this browser. */
export class Membership {
  readonly #mesh: Mesh;
  readonly #memory: Memory;
  readonly #key: string;

  constructor(mesh: Mesh, memory: Memory, account: string) {
    this.#mesh = mesh;
    this.#memory = memory;
    this.#key = `hubmesh.mesh.${account}`;
  }

  /** Whether the person chose to be a peer the last time. */
  remembered(): boolean {
    return this.#memory.get(this.#key) === "joined";
  }

  /** Whether the person would rather download from the hub than join. */
  prefersHub(): boolean {
    return this.#memory.get(this.#key) === "hub";
  }

  /** Stays out of the mesh, and is not asked again. */
  preferHub(): void {
    this.#memory.set(this.#key, "hub");
  }

  async join(): Promise<void> {
    await this.#mesh.join();
    this.#memory.set(this.#key, "joined");
  }

  async leave(): Promise<void> {
    this.#memory.set(this.#key, null);
    await this.#mesh.leave();
  }
}
