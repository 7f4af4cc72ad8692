import { MemoryFolder, type SyncFile } from "../../src/mesh/browser/private-folder";

/** A folder with the troubles of a disk: one writer at a time, somebody who lets go late, no room left. */
export class TroubledFolder extends MemoryFolder {
  readonly opened = new Set<string>();
  full = false;
  /** How many more times opening fails because somebody else has the file, by name. */
  readonly busy = new Map<string, number>();

  constructor() {
    super(Number.POSITIVE_INFINITY);
  }

  override async open(name: string): Promise<SyncFile> {
    const busy = this.busy.get(name) ?? 0;
    this.busy.set(name, busy - 1);
    if (busy > 0 || this.opened.has(name)) {
      throw new DOMException(`${name} is open already`, "NoModificationAllowedError");
    }
    this.opened.add(name);
    const file = await super.open(name);
    const unlessFull = (): void => {
      if (this.full) throw new DOMException("no room", "QuotaExceededError");
    };
    return {
      ...file,
      write: (bytes, at) => {
        unlessFull();
        return file.write(bytes, at);
      },
      truncate: (size) => {
        unlessFull();
        file.truncate(size);
      },
      close: () => this.opened.delete(name),
    };
  }

  override remove(name: string): Promise<void> {
    if (this.opened.has(name)) return Promise.reject(new Error(`${name} is open`));
    return super.remove(name);
  }
}
