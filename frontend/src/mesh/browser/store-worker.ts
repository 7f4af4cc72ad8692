import { MeshProblem, type ProblemCode } from "../../protocol/problems";
import { OpfsVault, type PrivateFolder, RETRY_MILLIS, type SyncFile } from "./opfs-vault";
import type { StoreReply, StoreRequest } from "./store-words";
import { systemDigester } from "./system";

/** The folder below the private root under which everything lies. */
const FOLDER = "hubmesh";

/** Held as long as this worker lives: two tabs cannot write the same files. */
const LOCK = "hubmesh-store";

/** Milliseconds that the lock is waited for. */
const LOCK_MILLIS = 5_000;

/** The part of a dedicated worker's global scope that is used here; the page's own type library does not know it. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<StoreRequest>) => void) | null;
  postMessage(message: StoreReply, transfer: Transferable[]): void;
}

type SyncFileHandle = FileSystemFileHandle & { createSyncAccessHandle(): Promise<SyncFile> };

const scope = globalThis as unknown as WorkerScope;

let vault: OpfsVault | null = null;
let namespace = "";
let turn: Promise<unknown> = Promise.resolve();
let unlock: (() => void) | null = null;

scope.onmessage = ({ data }) => {
  // Opening, making, noting and dropping keep their order; reading and writing chunks go side by side.
  const ordered = data.task !== "put" && data.task !== "read";
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
  if (vault === null) throw new MeshProblem("not-joined");
  switch (request.task) {
    case "create":
      return vault.create(request.content);
    case "put":
      return vault.put(request.content, request.chunk, request.pieces, request.leaf, request.origin);
    case "read":
      return vault.read(request.content, request.chunk);
    case "note":
      return vault.note(request.content, request.note);
    case "drop":
      return vault.drop(request.content);
    case "flush":
      await vault.flush(request.content);
      return [FOLDER, namespace, `${request.content}.data`];
  }
}

async function open(name: string): Promise<unknown> {
  await close();
  if (!(await lock())) throw new MeshProblem("storage-busy");
  try {
    const root = await navigator.storage.getDirectory();
    const folder = await (
      await root.getDirectoryHandle(FOLDER, { create: true })
    ).getDirectoryHandle(name, { create: true });
    namespace = name;
    vault = new OpfsVault(privateFolder(folder), (bytes) => systemDigester.sha256(bytes), rest);
    return await vault.contents();
  } catch (failure) {
    throw new MeshProblem("storage-refused", String(failure));
  }
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

function privateFolder(folder: FileSystemDirectoryHandle): PrivateFolder {
  return {
    async names() {
      const names: string[] = [];
      for await (const name of folder.keys()) names.push(name);
      return names;
    },
    async open(name) {
      const handle = (await folder.getFileHandle(name, { create: true })) as SyncFileHandle;
      return handle.createSyncAccessHandle();
    },
    async remove(name) {
      await folder.removeEntry(name).catch((failure: unknown) => {
        if (!(failure instanceof DOMException && failure.name === "NotFoundError")) throw failure;
      });
    },
  };
}

function problemOf(failure: unknown): ProblemCode {
  return failure instanceof MeshProblem ? failure.code : "storage-refused";
}
