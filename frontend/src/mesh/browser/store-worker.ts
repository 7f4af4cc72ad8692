import { MeshProblem, type ProblemCode } from "../../protocol/problems";
import type { NewContent, StorageKind } from "../core/events";
import type { OpenedStore } from "../ports";
import { diskFolder, MemoryFolder, type PrivateFolder } from "./private-folder";
import { sensibleRoom } from "./room";
import type { StoreReply, StoreRequest } from "./store-words";
import { systemDigester } from "./system";
import { RETRY_MILLIS, Vault } from "./vault";

/** The folder below the private root under which everything lies, and a file in it by which writing is tried. */
const FOLDER = "hubmesh";
const TRIAL = "trial";

/** Held as long as this worker lives: two tabs cannot write the same files. */
const LOCK = "hubmesh-store";

/** Milliseconds that the lock is waited for. */
const LOCK_MILLIS = 5_000;

/** Bytes kept in memory where there is no disk, at most: a tab that takes much more is ended on small machines. */
const MEMORY_BYTES = 256 * 1024 * 1024;

/** The part of a dedicated worker's global scope that is used here; the page's own type library does not know it. */
interface WorkerScope {
  readonly name: string;
  onmessage: ((event: MessageEvent<StoreRequest>) => void) | null;
  postMessage(message: StoreReply, transfer: Transferable[]): void;
}

const scope = globalThis as unknown as WorkerScope;

/** Whether the worker is one for test copies: in memory alone, gone with it, and nobody else's files. */
const isScratch = scope.name === "scratch";

let vault: Vault | null = null;
let storage: StorageKind = "kept";
let wished: number | null = null;
let turn: Promise<unknown> = Promise.resolve();
let unlock: (() => void) | null = null;

scope.onmessage = ({ data }) => {
  // Opening, making, noting and dropping keep their order; reading, looking at and writing chunks go side by side.
  const ordered = data.task !== "put" && data.task !== "read" && data.task !== "inspect";
  const running = ordered ? turn.then(() => perform(data)) : perform(data);
  if (ordered) turn = running.catch(() => undefined);
  running.then(
    (value) => {
      scope.postMessage({ id: data.id, value }, value instanceof Uint8Array ? [value.buffer] : []);
    },
    (failure: unknown) => {
      scope.postMessage({ id: data.id, problem: problemOf(failure) }, []);
    },
  );
};

async function perform(request: StoreRequest): Promise<unknown> {
  if (request.task === "open") return open(request.namespace);
  if (request.task === "close") return close();
  if (request.task === "room") {
    wished = request.limit;
    return setRoom();
  }
  if (vault === null) throw new MeshProblem("not-joined");
  switch (request.task) {
    case "create":
      return create(vault, request.content);
    case "put":
      return vault.put(request.content, request.chunk, request.pieces, request.leaf, request.origin);
    case "read":
      return vault.read(request.content, request.chunk);
    case "inspect":
      return vault.inspect(request.content);
    case "note":
      return vault.note(request.content, request.note);
    case "use":
      return vault.use(request.content, request.use);
    case "file":
      return vault.file(request.content);
    case "drop":
      return vault.drop(request.content);
    case "usage":
      return vault.usage();
  }
}

async function open(namespace: string): Promise<OpenedStore> {
  await close();
  if (!isScratch && !(await lock())) throw new MeshProblem("storage-busy");
  const disk = isScratch ? null : await triedFolder(namespace).catch(() => null);
  storage = disk === null ? "this-visit" : "kept";
  vault = new Vault(disk ?? new MemoryFolder(MEMORY_BYTES), (bytes) => systemDigester.sha256(bytes), rest);
  await setRoom();
  return { contents: await vault.contents(), storage };
}

/** The folder of one hub and member, once a file in it could be written: some browsers only say then that they keep nothing. */
async function triedFolder(namespace: string): Promise<PrivateFolder> {
  const root = await (await navigator.storage.getDirectory()).getDirectoryHandle(FOLDER, { create: true });
  const folder = diskFolder(await root.getDirectoryHandle(namespace, { create: true }));
  const trial = await folder.open(TRIAL);
  try {
    trial.write(new Uint8Array(1), { at: 0 });
    trial.flush();
  } finally {
    trial.close();
  }
  await folder.remove(TRIAL);
  return folder;
}

async function create(into: Vault, content: NewContent): Promise<unknown> {
  if (storage === "this-visit" && content.manifest.size > MEMORY_BYTES) throw new MeshProblem("storage-visit");
  return into.create(content);
}

async function setRoom(): Promise<null> {
  if (storage === "this-visit") vault?.room(Math.min(wished ?? MEMORY_BYTES, MEMORY_BYTES));
  else vault?.room(sensibleRoom(wished, await allowed()));
  return null;
}

/** Bytes that the browser allows this origin, or null: it does not tell. */
async function allowed(): Promise<number | null> {
  const manager = navigator.storage as Partial<StorageManager>;
  const estimate = await manager.estimate?.().catch(() => null);
  return estimate?.quota ?? null;
}

async function close(): Promise<null> {
  await vault?.close();
  vault = null;
  unlock?.();
  unlock = null;
  return null;
}

function rest(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, RETRY_MILLIS));
}

/** Waits a little: after a reload the worker of the page before may not be gone yet. */
function lock(): Promise<boolean> {
  return new Promise((resolve) => {
    navigator.locks
      .request(LOCK, { signal: AbortSignal.timeout(LOCK_MILLIS) }, () => {
        resolve(true);
        return new Promise<void>((release) => {
          unlock = release;
        });
      })
      .catch(() => {
        resolve(false);
      });
  });
}

function problemOf(failure: unknown): ProblemCode {
  return failure instanceof MeshProblem ? failure.code : "storage-refused";
}
