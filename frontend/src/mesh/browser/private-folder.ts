/** Synchronous access to a private file, as a dedicated worker has it (WHATWG File System). */
export interface SyncFile {
  read(bytes: Uint8Array, at: { at: number }): number;
  write(bytes: Uint8Array, at: { at: number }): number;
  truncate(size: number): void;
  getSize(): number;
  flush(): void;
  close(): void;
}

/** A private folder, as far as the vault needs it: on the disk, or in memory where the browser keeps nothing. */
export interface PrivateFolder {
  names(): Promise<string[]>;
  /** Opens a file for itself alone; makes an empty one when there is none. */
  open(name: string): Promise<SyncFile>;
  /** What is in a file now, read only as it is used. */
  file(name: string): Promise<Blob>;
  remove(name: string): Promise<void>;
}

type SyncFileHandle = FileSystemFileHandle & { createSyncAccessHandle(): Promise<SyncFile> };

/** A folder of the origin's private file system. */
export function diskFolder(folder: FileSystemDirectoryHandle): PrivateFolder {
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
    async file(name) {
      return (await folder.getFileHandle(name)).getFile();
    },
    async remove(name) {
      await folder.removeEntry(name).catch((failure: unknown) => {
        if (!(failure instanceof DOMException && failure.name === "NotFoundError")) throw failure;
      });
    },
  };
}

/** A folder in memory, of at most so many bytes; gone with the worker. Holes read as zeros, as on the disk. */
export class MemoryFolder implements PrivateFolder {
  readonly files = new Map<string, Uint8Array<ArrayBuffer>>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  names(): Promise<string[]> {
    return Promise.resolve([...this.files.keys()]);
  }

  open(name: string): Promise<SyncFile> {
    const now = (): Uint8Array<ArrayBuffer> => this.files.get(name) ?? new Uint8Array(0);
    const resize = (size: number): void => {
      const old = now();
      if (size > old.length && this.#used() - old.length + size > this.#most) {
        throw new DOMException("no room in memory", "QuotaExceededError");
      }
      const grown = new Uint8Array(size);
      grown.set(old.subarray(0, size));
      this.files.set(name, grown);
    };
    this.files.set(name, now());
    return Promise.resolve({
      read: (bytes, { at }) => {
        const part = now().subarray(at, at + bytes.length);
        bytes.set(part);
        return part.length;
      },
      write: (bytes, { at }) => {
        if (at + bytes.length > now().length) resize(at + bytes.length);
        now().set(bytes, at);
        return bytes.length;
      },
      truncate: resize,
      getSize: () => now().length,
      flush: () => undefined,
      close: () => undefined,
    });
  }

  file(name: string): Promise<Blob> {
    return Promise.resolve(new Blob([this.files.get(name) ?? new Uint8Array(0)]));
  }

  remove(name: string): Promise<void> {
    this.files.delete(name);
    return Promise.resolve();
  }

  #used(): number {
    let bytes = 0;
    for (const file of this.files.values()) bytes += file.length;
    return bytes;
  }
}
