import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { WorkerStore } from "../../src/mesh/browser/worker-store";
import type { StoreRequest } from "../../src/mesh/browser/store-words";

/** A worker that the test answers for. */
class WrittenWorker {
  onmessage: ((event: { data: object }) => void) | null = null;
  onerror: (() => void) | null = null;
  onmessageerror: (() => void) | null = null;
  readonly asked: StoreRequest[] = [];
  terminated = false;

  postMessage(request: StoreRequest): void {
    this.asked.push(request);
  }

  terminate(): void {
    this.terminated = true;
  }

  answer(value: unknown): void {
    this.onmessage?.({ data: { id: this.asked.at(-1)?.id, value } });
  }
}

let workers: WrittenWorker[];
let store: WorkerStore;

beforeEach(() => {
  workers = [];
  // Nobody ever answers whether the storage may be kept.
  vi.stubGlobal("navigator", { storage: { persist: () => new Promise(() => undefined) } });
  store = new WorkerStore(() => {
    const worker = new WrittenWorker();
    workers.push(worker);
    return worker as unknown as Worker;
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("the store's worker", () => {
  it("is asked at once, whatever becomes of the question whether files may be kept", async () => {
    const opening = store.open("a");
    expect(workers[0]?.asked).toMatchObject([
      { task: "room", limit: null },
      { task: "open", namespace: "a" },
    ]);
    workers[0]?.answer([]);
    await expect(opening).resolves.toEqual([]);
  });

  it.each(["onerror", "onmessageerror"] as const)("that ends in %s is replaced at the next open", async (ending) => {
    const opening = store.open("a");
    workers[0]?.answer([]);
    await opening;
    const reading = store.read("c", 0);
    workers[0]?.[ending]?.();
    await expect(reading).rejects.toMatchObject({ code: "storage-refused" });
    expect(workers[0]?.terminated).toBe(true);
    await expect(store.read("c", 1)).rejects.toMatchObject({ code: "storage-refused" });
    await store.close();
    const again = store.open("a");
    expect(workers).toHaveLength(2);
    workers[1]?.answer([]);
    await expect(again).resolves.toEqual([]);
  });

  it("that fails while it closes is gone all the same", async () => {
    const opening = store.open("a");
    workers[0]?.answer([]);
    await opening;
    const closing = store.close();
    workers[0]?.onerror?.();
    await closing;
    expect(workers[0]?.terminated).toBe(true);
  });

  it("is told the person's limit now, and again when it is started anew", async () => {
    store.room(5);
    const opening = store.open("a");
    workers[0]?.answer([]);
    await opening;
    store.room(7);
    expect(workers[0]?.asked.at(-1)).toMatchObject({ task: "room", limit: 7 });
    workers[0]?.onerror?.();
    void store.open("a");
    expect(workers[1]?.asked[0]).toMatchObject({ task: "room", limit: 7 });
  });
});
