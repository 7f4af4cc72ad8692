import type { Manifest } from "../../protocol/manifest";
import { MeshProblem, type ProblemCode, problemOf } from "../../protocol/problems";
import { type Bytes, type Effect, isKept, type KeptContent, type Source, type StorageKind } from "../core/events";
import type { FileToFetch, Ports } from "../ports";
import { fillContent, trustedManifest } from "./contents";

/** What the store, and the hub over HTTP, tell the engine; it adds the time. */
export type StoreNews =
  | { type: "recalled"; contents: KeptContent[]; storage: StorageKind }
  | { type: "store-failed"; problem: ProblemCode }
  | { type: "room-wanted"; content: string; bytes: number }
  | { type: "loaded"; transfer: string; kept: KeptContent }
  | { type: "load-failed"; transfer: string; problem: ProblemCode }
  | { type: "chunk-read"; link: string; chunk: number; bytes: Bytes | null }
  | { type: "damaged"; content: string; chunk: number }
  | { type: "inspected"; content: string; origins: Uint8Array }
  | { type: "admitted"; content: string; chunk: number; source: Source; outcome: "kept" | "wrong" }
  | { type: "admit-failed"; content: string; chunk: number; source: Source; problem: ProblemCode }
  | { type: "lease-bytes"; content: string; chunk: number; bytes: Bytes }
  | { type: "lease-failed"; content: string; chunk: number; problem: ProblemCode }
  | { type: "quota"; used: number; limit: number };

/** What the core wants of the store, and of the hub over HTTP. */
export type StoreEffect = Effect & {
  do:
    | "open-store"
    | "close-store"
    | "load"
    | "note"
    | "use"
    | "inspect"
    | "drop"
    | "read-chunk"
    | "admit"
    | "fetch-leased"
    | "drop-leased";
};

/** Does what concerns bytes at rest and bytes from the hub. */
export class StoreDesk {
  readonly #ports: Ports;
  readonly #tell: (news: StoreNews) => void;
  /** What stops the requests for leased chunks of a content. */
  readonly #leased = new Map<string, AbortController>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(ports: Ports, tell: (news: StoreNews) => void) {
    this.#ports = ports;
    this.#tell = tell;
  }

  act(effect: StoreEffect): void {
    const { store } = this.#ports;
    switch (effect.do) {
      case "read-chunk":
        void this.#read(effect);
        break;
      case "admit":
        void this.#admit(effect);
        break;
      case "fetch-leased":
        void this.#fetchLeased(effect);
        break;
      case "drop-leased":
        this.#leased.get(effect.content)?.abort();
        this.#leased.delete(effect.content);
        break;
      case "open-store":
        this.#begin(() => this.#open(effect.namespace));
        break;
      case "close-store":
        this.#begin(() => store.close());
        break;
      case "load":
        void this.#load(effect);
        break;
      case "note":
        this.#begin(() => store.note(effect.content, effect.note));
        break;
      case "use":
        this.#begin(() => store.use(effect.content, effect.use));
        break;
      case "inspect":
        this.inspect(effect.content).catch(() => undefined);
        break;
      case "drop":
        this.#begin(() => store.drop(effect.content));
        break;
    }
  }

  /** Keeps and verifies a file whose bytes are at hand. */
  async adopt(file: FileToFetch, bytes: Blob): Promise<KeptContent> {
    const manifest = await trustedManifest(this.#ports, file.resource);
    if (bytes.size !== manifest.size) throw new MeshProblem("content-mismatch");
    return fillContent(this.#ports, await this.#make(file, manifest), bytes);
  }

  /** The bytes of a whole content, once every chunk of it has been seen to be right. */
  async file(content: string): Promise<Blob> {
    if (!(await this.inspect(content))) throw new MeshProblem("content-damaged");
    return this.#ports.store.file(content);
  }

  /** Looks through a content and tells what is really held; answers whether that is all of it. */
  async inspect(content: string): Promise<boolean> {
    const { origins } = await this.#ports.store.inspect(content);
    this.#tell({ type: "inspected", content, origins });
    return origins.every(isKept);
  }

  /** Settles when everything begun so far that happens one after the other is done. */
  async settled(): Promise<void> {
    await this.#turn;
  }

  /** Tells how full the store is. */
  async measure(): Promise<void> {
    const usage = await this.#ports.store.usage().catch(() => null);
    if (usage !== null) this.#tell({ type: "quota", ...usage });
  }

  /** Opening, making and dropping happen one after the other. */
  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const running = this.#turn.then(task);
    this.#turn = running.catch(() => undefined);
    return running;
  }

  /** As above, where nobody waits for the result; a failure is met again by whoever reads or writes next. */
  #begin(task: () => Promise<unknown>): void {
    this.#inTurn(task).catch(() => undefined);
  }

  async #open(namespace: string): Promise<void> {
    try {
      this.#tell({ type: "recalled", ...(await this.#ports.store.open(namespace)) });
      await this.measure();
    } catch (failure) {
      this.#tell({ type: "store-failed", problem: problemOf(failure) });
    }
  }

  async #load({ transfer, resource, name }: Effect & { do: "load" }): Promise<void> {
    try {
      const manifest = await trustedManifest(this.#ports, resource);
      this.#tell({ type: "loaded", transfer, kept: await this.#make({ resource, name }, manifest) });
    } catch (failure) {
      this.#tell({ type: "load-failed", transfer, problem: problemOf(failure) });
    }
  }

  /** Makes room for a content, or finds what is held of it. What the engine lets go for it goes first. */
  #make(file: FileToFetch, manifest: Manifest): Promise<KeptContent> {
    const { store, clock } = this.#ports;
    this.#tell({ type: "room-wanted", content: manifest.contentId, bytes: manifest.size });
    return this.#inTurn(() => store.create({ ...file, manifest, note: null, usedAt: clock.now() }));
  }

  async #read({ link, content, chunk }: Effect & { do: "read-chunk" }): Promise<void> {
    const bytes = await this.#ports.store.read(content, chunk).catch(() => "unreadable" as const);
    this.#tell({ type: "chunk-read", link, chunk, bytes: bytes === "unreadable" ? null : bytes });
    if (bytes === null) this.#tell({ type: "damaged", content, chunk });
  }

  async #admit({ content, chunk, source, pieces, leaf, origin }: Effect & { do: "admit" }): Promise<void> {
    try {
      const outcome = await this.#ports.store.put(content, chunk, pieces, leaf, origin);
      this.#tell({ type: "admitted", content, chunk, source, outcome });
    } catch (failure) {
      this.#tell({ type: "admit-failed", content, chunk, source, problem: problemOf(failure) });
    }
  }

  #leasesOf(content: string): AbortController {
    const known = this.#leased.get(content) ?? new AbortController();
    this.#leased.set(content, known);
    return known;
  }

  async #fetchLeased({ content, lease, chunk, length }: Effect & { do: "fetch-leased" }): Promise<void> {
    const { signal } = this.#leasesOf(content);
    try {
      const bytes = await this.#ports.origin.chunk(lease, chunk, length, signal);
      this.#tell({ type: "lease-bytes", content, chunk, bytes });
    } catch (failure) {
      this.#tell({ type: "lease-failed", content, chunk, problem: problemOf(failure) });
    }
  }
}
