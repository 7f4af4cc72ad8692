import { el, setText } from "../ui/dom";
import { formatBytes, formatRate, formatShare, formatTimeLeft } from "../ui/format";
import type { UnfinishedUpload } from "../api/shapes";
import { isOpen } from "./upload-state";
import type { UploadState, UploadView } from "./upload-state";

/** What a row's buttons do. */
export interface UploadCommands {
  pause: (key: string) => void;
  resume: (key: string) => void;
  cancel: (key: string) => void;
  retry: (key: string) => void;
  version: (key: string) => void;
  both: (key: string) => void;
  dismiss: (key: string) => void;
}

/** A line of the list of uploads. */
export function uploadRow(upload: UploadView, commands: UploadCommands): HTMLLIElement {
  const button = (action: keyof UploadCommands, label: string): HTMLButtonElement => {
    const made = el("button", { class: "btn btn-sm", type: "button", "data-part": action, text: label });
    made.setAttribute("aria-label", `${label} ${upload.name}`);
    made.addEventListener("click", () => {
      commands[action](upload.key);
    });
    return made;
  };
  const bar = el("progress", { class: "plain-bar", "data-part": "bar", "aria-label": `Upload of ${upload.name}` });
  return el(
    "li",
    { class: "list-group-item upload-row" },
    el("div", { class: "upload-name text-break", "data-part": "name", text: upload.name }),
    el("div", { class: "upload-words", "data-part": "words" }),
    el(
      "div",
      { class: "btn-list" },
      button("pause", "Pause"),
      button("resume", "Resume"),
      button("version", "New version"),
      button("both", "Keep both"),
      button("retry", "Try again"),
      button("cancel", "Cancel"),
      button("dismiss", "Hide"),
    ),
    bar,
  );
}

/** Brings a line up to date. */
export function drawUploadRow(row: HTMLLIElement, upload: UploadView): void {
  const bar = row.querySelector("progress");
  const open = isOpen(upload.state);
  if (bar !== null) {
    bar.max = Math.max(1, upload.size);
    bar.value = upload.size === 0 && !open ? 1 : upload.sent;
    bar.hidden = !open;
  }
  show(row, "pause", upload.state === "sending");
  show(row, "resume", upload.state === "paused");
  show(row, "cancel", open && upload.state !== "finishing");
  const failed = upload.state === "failed";
  show(row, "retry", (failed && !upload.taken) || upload.state === "cancelled");
  show(row, "version", failed && upload.taken);
  show(row, "both", failed && upload.taken);
  show(row, "dismiss", !open);
  const words = row.querySelector('[data-part="words"]');
  if (words !== null) {
    setText(words, uploadWords(upload));
    words.classList.toggle("text-danger", upload.state === "failed");
  }
  const name = row.querySelector('[data-part="name"]');
  if (name !== null && upload.resource !== null && name.querySelector("a") === null) {
    name.replaceChildren(el("a", { href: `/resources/${upload.resource}`, text: upload.name }));
  }
}

/** What the hub has a part of and nobody sends. */
export function unfinishedWords(unfinished: readonly UnfinishedUpload[]): string {
  const each = unfinished.map(
    (upload) => `${upload.name} (${formatShare(upload.offset / Math.max(1, upload.size))} arrived)`,
  );
  return `Broken off: ${each.join(", ")}. Choose the same ${unfinished.length === 1 ? "file" : "files"} again to go on.`;
}

/** How far the whole list is, such as "40 of 47 uploaded, 2 failed". */
export function uploadSummary(uploads: readonly UploadView[]): string {
  const done = uploads.filter((upload) => upload.state === "done").length;
  const failed = uploads.filter((upload) => upload.state === "failed").length;
  const arrived = `${String(done)} of ${String(uploads.length)} uploaded`;
  return failed === 0 ? arrived : `${arrived}, ${String(failed)} failed`;
}

function uploadWords(upload: UploadView): string {
  const words: Record<UploadState, () => string> = {
    waiting: () => `${formatBytes(upload.size)}, waiting for its turn`,
    sending: () =>
      [
        `${formatBytes(upload.sent)} of ${formatBytes(upload.size)} (${formatShare(upload.sent / Math.max(1, upload.size))})`,
        upload.bytesPerSecond > 0 ? formatRate(upload.bytesPerSecond) : "",
        formatTimeLeft(upload.size - upload.sent, upload.bytesPerSecond),
      ]
        .filter((part) => part !== "")
        .join(" · "),
    paused: () =>
      `${formatBytes(upload.sent)} of ${formatBytes(upload.size)} (${formatShare(upload.sent / Math.max(1, upload.size))}) · paused`,
    finishing: () => "All bytes sent; the hub is finishing",
    done: () => `${formatBytes(upload.size)}, uploaded`,
    failed: () => upload.problem ?? "The upload failed.",
    cancelled: () => "Cancelled; nothing was kept",
  };
  return words[upload.state]();
}

function show(row: HTMLElement, part: string, visible: boolean): void {
  const element = row.querySelector<HTMLElement>(`[data-part="${part}"]`);
  if (element !== null) element.hidden = !visible;
}
