/** A file, and the folders that it stands in below where it was brought to. */
export interface Brought {
  path: readonly string[];
  file: File;
}

/** Files and folders that one drop may bring; more would hold the page up. */
export const MOST_BROUGHT = 10_000;

/** What was chosen as a folder: the browser tells each file's way below it. */
export function fromPicker(files: readonly File[]): Brought[] {
  return files.slice(0, MOST_BROUGHT).map((file) => {
    const steps = file.webkitRelativePath.split("/").filter((step) => step !== "");
    return { path: steps.slice(0, -1), file };
  });
}

/**
 * What was dropped, folders with all that is in them. To be called while the drop is being handled: the browser shows its
 * entries no longer. Null when there is more than {@link MOST_BROUGHT}.
 */
export async function fromDrop(
  items: readonly DataTransferItem[],
): Promise<{ files: Brought[]; folders: string[][] } | null> {
  const entries = items.map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  const files: Brought[] = [];
  const folders: string[][] = [];
  const waiting: { entry: FileSystemEntry; path: string[] }[] = entries.map((entry) => ({ entry, path: [] }));
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { entry, path } = next;
    if (isFile(entry)) {
      files.push({ path, file: await fileOf(entry) });
    } else if (isFolder(entry)) {
      const below = [...path, entry.name];
      folders.push(below);
      waiting.push(...(await entriesOf(entry)).map((child) => ({ entry: child, path: below })));
    }
    if (files.length + folders.length + waiting.length > MOST_BROUGHT) return null;
  }
  return { files, folders };
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => {
    entry.file(resolve, reject);
  });
}

/** Browsers give them out by the hundred, until none is left. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (some.length === 0) return all;
    all.push(...some);
  }
}
