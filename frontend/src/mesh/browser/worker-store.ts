import { MeshProblem } from "../../protocol/problems";
import type { Bytes, KeptContent, Piece, TransferNote } from "../core/events";
import type { Store } from "../ports";
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

  constructor(start: () => Worker) {
    this.#start = start;
  }

  async open(namespace: string): Promise<KeptContent[]> {
    // Some browsers ask the person, who may never answer.
    void navigator.storage.persist().catch(() => false);
    this.#worker ??= this.#open();
    return this.#ask({ task: "open", namespace });
  }

  create(content: Omit<KeptContent, "origins">): Promise<KeptContent> {
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

  async file(content: string): Promise<Blob> {
    const path = await this.#ask({ task: "flush", content });
    const name = path.at(-1) ?? "";
    let folder = await navigator.storage.getDirectory();
    for (const step of path.slice(0, -1)) folder = await folder.getDirectoryHandle(step);
    return (await folder.getFileHandle(name)).getFile();
  }

  async usage(): Promise<{ used: number; limit: number }> {
    const { usage, quota } = await navigator.storage.estimate();
    return { used: usage ?? 0, limit: quota ?? 0 };
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    if (worker === null) return;
    await this.#ask({ task: "close" }).catch(() => undefined);
    if (this.#worker === worker) this.#end(worker);
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
