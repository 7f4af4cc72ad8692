import { type ProblemCode, problemOf } from "../../protocol/problems";
import { type Bytes, type Effect, type KeptContent, originOf, type Source } from "../core/events";
import type { Ports } from "../ports";
import { loadContent } from "./contents";

/** What the store, and the hub over HTTP, tell the engine; it adds the time. */
export type StoreNews =
  | { type: "recalled"; contents: KeptContent[] }
  | { type: "store-failed"; problem: ProblemCode }
  | { type: "loaded"; transfer: string; kept: KeptContent }
  | { type: "load-failed"; transfer: string; problem: ProblemCode }
  | { type: "chunk-read"; link: string; chunk: number; bytes: Bytes | null }
  | { type: "admitted"; content: string; chunk: number; source: Source; outcome: "kept" | "wrong" }
  | { type: "admit-failed"; content: string; chunk: number; source: Source; problem: ProblemCode }
  | { type: "lease-bytes"; content: string; chunk: number; bytes: Bytes }
  | { type: "lease-failed"; content: string; chunk: number; problem: ProblemCode }
  | { type: "quota"; used: number; limit: number };

/** What the core wants of the store, and of the hub over HTTP. */
export type StoreEffect = Effect & {
  do: "open-store" | "close-store" | "load" | "note" | "drop" | "read-chunk" | "admit" | "fetch-leased" | "drop-leased";
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
        this.#inTurn(() => this.#open(effect.namespace));
        break;
      case "close-store":
        this.#inTurn(() => store.close());
        break;
      case "load":
        this.#inTurn(() => this.#load(effect));
        break;
      case "note":
        this.#inTurn(() => store.note(effect.content, effect.note));
        break;
      case "drop":
        this.#inTurn(() => store.drop(effect.content));
        break;
    }
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

  /** Opening, making and dropping happen one after the other; a failure is told by whoever waits for the result. */
  #inTurn(task: () => Promise<unknown>): void {
    this.#turn = this.#turn.then(task).catch(() => undefined);
  }

  async #open(namespace: string): Promise<void> {
    try {
      this.#tell({ type: "recalled", contents: await this.#ports.store.open(namespace) });
      await this.measure();
    } catch (failure) {
      this.#tell({ type: "store-failed", problem: problemOf(failure) });
    }
  }

  async #load({ transfer, resource, name }: Effect & { do: "load" }): Promise<void> {
    try {
      this.#tell({ type: "loaded", transfer, kept: await loadContent(this.#ports, { resource, name }) });
    } catch (failure) {
      this.#tell({ type: "load-failed", transfer, problem: problemOf(failure) });
    }
  }

  async #read({ link, content, chunk }: Effect & { do: "read-chunk" }): Promise<void> {
    const bytes = await this.#ports.store.read(content, chunk).catch(() => null);
    this.#tell({ type: "chunk-read", link, chunk, bytes });
  }

  async #admit({ content, chunk, source, pieces, leaf }: Effect & { do: "admit" }): Promise<void> {
    try {
      const outcome = await this.#ports.store.put(content, chunk, pieces, leaf, originOf(source));
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
