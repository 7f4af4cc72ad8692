import { MeshProblem } from "../../protocol/problems";
import type { Bytes, KeptContent, NewContent, Piece, TransferNote, Use } from "../core/events";
import type { OpenedStore, Store } from "../ports";
import type { StoreAnswers, StoreReply, StoreRequest, StoreTask } from "./store-words";

interface Waiting {
  resolve: (value: never) => void;
  reject: (problem: MeshProblem) => void;
}

/** The store as the page sees it: the files themselves belong to a worker, because only there can they be written in place. */
export class WorkerStore implements Store {
  readonly #waiting = new Map<number, Waiting>();
  readonly #start: () => Worker;
  #worker: Worker | null = null;
  #next = 0;
  #limit: number | null = null;

  constructor(start: () => Worker) {
    this.#start = start;
  }

  async open(namespace: string): Promise<OpenedStore> {
    // Some browsers ask the person, who may never answer; some have no such thing.
    const storage = (navigator as Partial<Navigator>).storage as Partial<StorageManager> | undefined;
    storage?.persist?.().catch(() => false);
    this.#worker ??= this.#open();
    this.#tell({ task: "room", limit: this.#limit });
    return this.#ask({ task: "open", namespace });
  }

  room(limit: number | null): void {
    this.#limit = limit;
    if (this.#worker !== null) this.#tell({ task: "room", limit });
  }

  create(content: NewContent): Promise<KeptContent> {
    return this.#ask({ task: "create", content });
  }

  put(content: string, chunk: number, pieces: Piece[], leaf: Uint8Array, origin: number): Promise<"kept" | "wrong"> {
    const buffers = pieces.map((piece) => piece.bytes.buffer);
    return this.#ask({ task: "put", content, chunk, pieces, leaf: leaf.slice(), origin }, buffers);
  }

  read(content: string, chunk: number): Promise<Bytes | null> {
    return this.#ask({ task: "read", content, chunk });
  }

  async note(content: string, note: TransferNote | null): Promise<void> {
    await this.#ask({ task: "note", content, note });
  }

  async drop(content: string): Promise<void> {
    await this.#ask({ task: "drop", content });
  }

  inspect(content: string): Promise<KeptContent> {
    return this.#ask({ task: "inspect", content });
  }

  async use(content: string, use: Use): Promise<void> {
    await this.#ask({ task: "use", content, use });
  }

  file(content: string): Promise<Blob> {
    return this.#ask({ task: "file", content });
  }

  usage(): Promise<{ used: number; limit: number }> {
    return this.#ask({ task: "usage" });
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    if (worker === null) return;
    await this.#ask({ task: "close" }).catch(() => undefined);
    if (this.#worker === worker) this.#end(worker);
  }

  /** What nobody waits for; a worker that is gone is noticed by whoever waits next. */
  #tell(task: StoreTask): void {
    this.#ask(task).catch(() => undefined);
  }

  #ask<T extends StoreTask>(task: T, transfer: Transferable[] = []): Promise<StoreAnswers[T["task"]]> {
    const worker = this.#worker;
    if (worker === null) return Promise.reject(new MeshProblem("storage-refused"));
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      worker.postMessage({ id, ...task } satisfies StoreRequest, transfer);
    });
  }

  #open(): Worker {
    const worker = this.#start();
    worker.onmessage = ({ data }: MessageEvent<StoreReply>) => {
      const waiting = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      if ("problem" in data) waiting?.reject(new MeshProblem(data.problem));
      else waiting?.resolve(data.value as never);
    };
    worker.onerror = worker.onmessageerror = () => {
      if (this.#worker === worker) this.#end(worker);
    };
    return worker;
  }

  /** What still waits for an answer will not get one; the next `open` starts another worker. */
  #end(worker: Worker): void {
    worker.onmessage = worker.onerror = worker.onmessageerror = null;
    worker.terminate();
    this.#worker = null;
    for (const waiting of this.#waiting.values()) waiting.reject(new MeshProblem("storage-refused"));
    this.#waiting.clear();
  }
}
