import { Controller } from "@hotwired/stimulus";
import type { ControllerConstructor } from "@hotwired/stimulus";
import type { Answer } from "../api/answers";
import type { UnfinishedUpload } from "../api/shapes";
import { announce, setText, showProblem } from "../ui/dom";
import { count } from "../ui/format";
import { keyed } from "../ui/keyed";
import { fromDrop, fromPicker, MOST_BROUGHT } from "./brought-folders";
import type { FolderUploads } from "./folder-uploads";
import type { UploadQueue } from "./upload-queue";
import { isOpen } from "./upload-state";
import { drawUploadRow, unfinishedWords, uploadRow, uploadSummary } from "./upload-rows";

/** Puts files into the folder that is shown: by the button, or dropped on the page. */
export function uploadController(
  queue: UploadQueue,
  folders: FolderUploads,
  refresh: () => void,
  unfinished: () => Promise<Answer<UnfinishedUpload[]>>,
): ControllerConstructor {
  return class extends Controller<HTMLElement> {
    static override targets = ["input", "folderInput", "panel", "list", "problem", "summary", "clear", "unfinished"];
    static override values = { folder: String };
    declare readonly inputTarget: HTMLInputElement;
    declare readonly hasInputTarget: boolean;
    declare readonly folderInputTarget: HTMLInputElement;
    declare readonly hasFolderInputTarget: boolean;
    declare readonly panelTarget: HTMLElement;
    declare readonly listTarget: HTMLElement;
    declare readonly problemTarget: HTMLElement;
    declare readonly summaryTarget: HTMLElement;
    declare readonly clearTarget: HTMLElement;
    declare readonly unfinishedTarget: HTMLElement;
    declare readonly folderValue: string;
    #stop: () => void = () => undefined;
    #depth = 0;
    #wasBusy = false;

    override connect(): void {
      this.#wasBusy = this.#busy();
      this.#stop = queue.subscribe(() => {
        this.#draw();
      });
      this.#draw();
      if (this.folderValue !== "") void this.#remind();
    }

    override disconnect(): void {
      this.#stop();
    }

    browse(): void {
      if (this.hasInputTarget) this.inputTarget.click();
    }

    choose(): void {
      this.#add([...(this.inputTarget.files ?? [])]);
      this.inputTarget.value = "";
    }

    enter(event: DragEvent): void {
      if (!bringsFiles(event)) return;
      event.preventDefault();
      this.#depth += 1;
      this.element.classList.add("is-drop");
    }

    over(event: DragEvent): void {
      if (bringsFiles(event)) event.preventDefault();
    }

    leave(event: DragEvent): void {
      if (!bringsFiles(event)) return;
      this.#depth = Math.max(0, this.#depth - 1);
      if (this.#depth === 0) this.element.classList.remove("is-drop");
    }

    drop(event: DragEvent): void {
      if (!bringsFiles(event)) return;
      event.preventDefault();
      this.#depth = 0;
      this.element.classList.remove("is-drop");
      const items = [...(event.dataTransfer?.items ?? [])].filter((item) => item.kind === "file");
      void this.#bring(fromDrop(items));
    }

    /** A folder was chosen. */
    chooseFolder(): void {
      const files = fromPicker([...(this.folderInputTarget.files ?? [])]);
      this.folderInputTarget.value = "";
      void this.#bring(Promise.resolve({ files, folders: [] }));
    }

    browseFolder(): void {
      if (this.hasFolderInputTarget) this.folderInputTarget.click();
    }

    /** Hides the rows of what has arrived. */
    clear(): void {
      queue.dismissDone(this.folderValue);
      this.element.querySelector<HTMLElement>("[data-action~='upload#browse']")?.focus();
    }

    async #bring(brought: ReturnType<typeof fromDrop>): Promise<void> {
      if (this.folderValue === "") return;
      const { files, folders: made } = (await brought.catch(() => null)) ?? { files: null, folders: [] };
      if (files === null) {
        const most = count(MOST_BROUGHT, "file", "files");
        showProblem(
          this.problemTarget,
          `That could not be read, or is more than ${most} and folders. Bring parts of it.`,
        );
        return;
      }
      announce(`${count(files.length, "file", "files")} to upload`);
      showProblem(this.problemTarget, await folders.bring(this.folderValue, files, made));
      void this.#remind();
      if (files.length === 0 && made.length > 0) refresh();
    }

    #add(files: File[]): void {
      if (this.folderValue === "" || files.length === 0) return;
      queue.add(this.folderValue, files);
      void this.#remind();
      announce(`${count(files.length, "file", "files")} to upload`);
    }

    /** Of what was broken off, before a reload or in another window, and is not on its way again. */
    async #remind(): Promise<void> {
      const answer = await unfinished();
      if (!answer.ok) return;
      const sending = new Set(queue.uploads(this.folderValue).map((upload) => upload.name));
      const left = answer.value.filter((upload) => upload.folder === this.folderValue && !sending.has(upload.name));
      this.unfinishedTarget.hidden = left.length === 0;
      if (left.length > 0) setText(this.unfinishedTarget, unfinishedWords(left));
    }

    #busy(): boolean {
      return queue.uploads(this.folderValue).some((upload) => isOpen(upload.state));
    }

    #draw(): void {
      const uploads = queue.uploads(this.folderValue);
      this.panelTarget.hidden = uploads.length === 0;
      setText(this.summaryTarget, uploadSummary(uploads));
      this.clearTarget.hidden = !uploads.some((upload) => upload.state === "done");
      keyed(
        this.listTarget,
        uploads,
        (upload) => upload.key,
        (upload) =>
          uploadRow(upload, {
            pause: (key) => {
              queue.pause(key);
            },
            resume: (key) => {
              queue.resume(key);
            },
            cancel: (key) => {
              queue.cancel(key);
            },
            retry: (key) => {
              queue.retry(key);
            },
            version: (key) => {
              queue.retry(key, "version");
            },
            both: (key) => {
              queue.retry(key, "rename");
            },
            dismiss: (key) => {
              queue.dismiss(key);
            },
          }),
        drawUploadRow,
      );
      const busy = this.#busy();
      const finished = this.#wasBusy && !busy;
      this.#wasBusy = busy;
      if (finished && uploads.some((upload) => upload.state === "done")) {
        announce("Uploads finished");
        refresh();
      }
    }
  };
}

function bringsFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes("Files") === true;
}
