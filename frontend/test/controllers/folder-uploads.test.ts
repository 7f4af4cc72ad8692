import { describe, expect, it, vi } from "vitest";
import type { Answer } from "../../src/api/answers";
import { fromDrop, fromPicker } from "../../src/controllers/brought-folders";
import { FolderUploads } from "../../src/controllers/folder-uploads";
import { linesOf } from "../../src/controllers/upload-batches";
import type { Batch, Batched } from "../../src/controllers/upload-batches";

const file = (name: string, path = ""): File => {
  const made = new File(["x"], name);
  Object.defineProperty(made, "webkitRelativePath", { value: path });
  return made;
};

const fileEntry = (name: string) => ({
  isFile: true,
  isDirectory: false,
  name,
  file: (done: (found: File) => void) => {
    done(file(name));
  },
});

/** Gives its children out two at a time, as browsers give them out by the hundred. */
const folderEntry = (name: string, ...children: unknown[]) => ({
  isFile: false,
  isDirectory: true,
  name,
  createReader: () => {
    let given = 0;
    return {
      readEntries: (done: (some: unknown[]) => void) => {
        done(children.slice(given, (given += 2)));
      },
    };
  },
});

const dropped = (...entries: unknown[]): DataTransferItem[] =>
  entries.map((entry) => ({ webkitGetAsEntry: () => entry }) as unknown as DataTransferItem);

const entry = (key: string, change: Partial<Batched>): Batched => ({
  key,
  folder: "deep",
  name: key,
  size: 10,
  sent: 0,
  bytesPerSecond: 0,
  state: "waiting",
  resource: null,
  problem: null,
  taken: false,
  batch: { key: "b", name: "photos", folder: "f" },
  ...change,
});

describe("what is dropped", () => {
  it("comes with all that is in its folders, empty ones too", async () => {
    const found = await fromDrop(
      dropped(
        fileEntry("alone"),
        folderEntry(
          "a",
          fileEntry("1"),
          fileEntry("2"),
          fileEntry("3"),
          folderEntry("b", fileEntry("4")),
          folderEntry("c"),
        ),
      ),
    );
    expect(found?.folders).toEqual([["a"], ["a", "b"], ["a", "c"]]);
    expect(found?.files.map(({ path, file: { name } }) => [...path, name].join("/"))).toEqual([
      "alone",
      "a/1",
      "a/2",
      "a/3",
      "a/b/4",
    ]);
  });

  it("is refused as a whole when there is too much of it", async () => {
    const many = Array.from({ length: 10_001 }, (_, number) => fileEntry(String(number)));
    expect(await fromDrop(dropped(...many))).toBeNull();
  });

  it("is chosen with its ways too", () => {
    expect(fromPicker([file("1", "a/b/1")])[0]?.path).toEqual(["a", "b"]);
  });
});

describe("folders that are brought", () => {
  it("are made with one request for many, and their files are one line", async () => {
    const added: { target: string; names: string[]; batch: Batch | null | undefined }[] = [];
    const make = vi.fn((_: string, paths: readonly (readonly string[])[]): Promise<Answer<string[]>> =>
      Promise.resolve({ ok: true, value: paths.map((path) => `id of ${path.join("/")}`) }),
    );
    const uploads = new FolderUploads(
      {
        add: (target, files, batch) => {
          added.push({ target, names: files.map(({ name }) => name), batch });
        },
      },
      make,
    );
    const brought = fromPicker([file("1", "a/1"), file("2", "a/2"), file("3", "a/b/3"), file("alone")]);
    expect(await uploads.bring("f", brought, [["a"], ["empty"]])).toBeNull();
    expect(make.mock.calls).toEqual([["f", [["a"], ["empty"], ["a", "b"]]]]);
    const batch = { key: "folder 1", name: "a", folder: "f" };
    expect(added).toEqual([
      { target: "id of a", names: ["1", "2"], batch },
      { target: "id of a/b", names: ["3"], batch },
      { target: "f", names: ["alone"], batch: null },
    ]);
  });

  it("are told when the hub refuses them, and nothing is sent", async () => {
    const add = vi.fn();
    const problem = { code: "name-taken", detail: "There is a file called a.", status: 409 };
    const uploads = new FolderUploads({ add }, () => Promise.resolve({ ok: false, problem }));
    expect(await uploads.bring("f", fromPicker([file("1", "a/1")]), [])).toBe("There is a file called a.");
    expect(add).not.toHaveBeenCalled();
  });
});

describe("the line of a batch", () => {
  it("adds up what its files say", () => {
    const entries = [
      entry("1", { state: "done", sent: 10 }),
      entry("2", { state: "sending", sent: 4, bytesPerSecond: 7 }),
      entry("3", {}),
      entry("own", { batch: null, folder: "f" }),
      entry("elsewhere", { batch: null, folder: "g" }),
    ];
    const lines = linesOf(entries, "f");
    expect(lines.map((line) => line.key)).toEqual(["b", "own"]);
    expect(lines[0]).toMatchObject({
      name: "photos (3 files)",
      size: 30,
      sent: 14,
      bytesPerSecond: 7,
      state: "sending",
    });
    expect(linesOf(entries, "deep")).toEqual([]);
  });

  it("has failed when one has and none is on its way", () => {
    const failed = { state: "failed", problem: "No.", taken: true } as const;
    const [line] = linesOf([entry("1", { state: "done" }), entry("2", failed)], "f");
    expect(line).toMatchObject({ state: "failed", taken: true, problem: "1 of 2 failed, the first “2”: No." });
    expect(linesOf([entry("1", failed), entry("2", {})], "f")[0]?.state).toBe("waiting");
    expect(linesOf([entry("1", { state: "cancelled" })], "f")[0]?.state).toBe("cancelled");
  });
});
