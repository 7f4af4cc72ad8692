import type { Answer } from "../api/answers";
import type { Brought } from "./brought-folders";
import type { Batch } from "./upload-batches";
import type { UploadQueue } from "./upload-queue";

/** Ways of folders that one request names. */
const PATHS_AT_ONCE = 200;

interface Together {
  target: string;
  top: string | undefined;
  files: File[];
}

/** Brings whole folders: makes them first, a request for many, then sends their files as one line of the list. */
export class FolderUploads {
  readonly #queue: Pick<UploadQueue, "add">;
  readonly #make: (folder: string, paths: readonly (readonly string[])[]) => Promise<Answer<string[]>>;
  readonly #batches = new Map<string, Batch>();
  #number = 0;

  constructor(
    queue: Pick<UploadQueue, "add">,
    make: (folder: string, paths: readonly (readonly string[])[]) => Promise<Answer<string[]>>,
  ) {
    this.#queue = queue;
    this.#make = make;
  }

  /** Null when all is on its way; else what was wrong. Files that stand in no folder are lines of their own. */
  async bring(
    folder: string,
    files: readonly Brought[],
    folders: readonly (readonly string[])[],
  ): Promise<string | null> {
    const ids = new Map<string, string>([["", folder]]);
    const paths = new Map([...folders, ...files.map((brought) => brought.path)].map((path) => [path.join("/"), path]));
    paths.delete("");
    const all = [...paths.values()];
    for (let from = 0; from < all.length; from += PATHS_AT_ONCE) {
      const some = all.slice(from, from + PATHS_AT_ONCE);
      const answer = await this.#make(folder, some);
      if (!answer.ok) return answer.problem.detail;
      some.forEach((path, at) => ids.set(path.join("/"), answer.value[at] ?? folder));
    }
    for (const { target, top, files: some } of this.#together(files, ids, folder)) {
      this.#queue.add(target, some, top === undefined ? null : this.#batch(top, folder));
    }
    return null;
  }

  /** Files of one folder go into the queue at once. */
  #together(files: readonly Brought[], ids: ReadonlyMap<string, string>, folder: string): Together[] {
    this.#batches.clear();
    const together = new Map<string, Together>();
    for (const { path, file } of files) {
      const key = path.join("/");
      const known = together.get(key);
      if (known === undefined) together.set(key, { target: ids.get(key) ?? folder, top: path[0], files: [file] });
      else known.files.push(file);
    }
    return [...together.values()];
  }

  #batch(top: string, folder: string): Batch {
    const known = this.#batches.get(top);
    if (known !== undefined) return known;
    this.#number += 1;
    const batch = { key: `folder ${this.#number}`, name: top, folder };
    this.#batches.set(top, batch);
    return batch;
  }
}
