import type { PrivateFolder, SyncFile } from "../../src/mesh/browser/opfs-vault";

/** Files in memory that behave like private ones: one writer at a time, holes read as zeros. */
export class MemoryFolder implements PrivateFolder {
  readonly files = new Map<string, Uint8Array>();
  readonly opened = new Set<string>();
  full = false;
  /** How many more times opening fails because somebody else has the file, by name. */
  readonly busy = new Map<string, number>();

  names(): Promise<string[]> {
    return Promise.resolve([...this.files.keys()]);
  }

  open(name: string): Promise<SyncFile> {
    const busy = this.busy.get(name) ?? 0;
    this.busy.set(name, busy - 1);
    if (busy > 0 || this.opened.has(name)) {
      return Promise.reject(new DOMException(`${name} is open already`, "NoModificationAllowedError"));
    }
    this.opened.add(name);
    const resize = (size: number): Uint8Array => {
      const grown = new Uint8Array(size);
      grown.set((this.files.get(name) ?? new Uint8Array(0)).subarray(0, size));
      this.files.set(name, grown);
      return grown;
    };
    if (!this.files.has(name)) this.files.set(name, new Uint8Array(0));
    const now = (): Uint8Array => this.files.get(name) ?? new Uint8Array(0);
    return Promise.resolve({
      read: (bytes: Uint8Array, { at }: { at: number }) => {
        const part = now().subarray(at, at + bytes.length);
        bytes.set(part);
        return part.length;
      },
      write: (bytes: Uint8Array, { at }: { at: number }) => {
        if (this.full) throw new DOMException("no room", "QuotaExceededError");
        resize(Math.max(now().length, at + bytes.length)).set(bytes, at);
        return bytes.length;
      },
      truncate: (size: number) => {
        if (this.full) throw new DOMException("no room", "QuotaExceededError");
        resize(size);
      },
      getSize: () => now().length,
      flush: () => undefined,
      close: () => this.opened.delete(name),
    });
  }

  remove(name: string): Promise<void> {
    if (this.opened.has(name)) return Promise.reject(new Error(`${name} is open`));
    this.files.delete(name);
    return Promise.resolve();
  }
}
