import { CANCELLED, refused } from "../api/answers";
import type { Answer, Problem } from "../api/answers";
import type { ResourceItem } from "../api/shapes";
import type { SendFile, Upload } from "../api/upload";

/** The rate is taken over this span, so that it is neither nervous nor stale. In milliseconds. */
const RATE_SPAN = 3000;

/** How many files are sent at a time: small ones do not wait for a large one, and none gets too little. */
const AT_ONCE = 3;

export type UploadState = "waiting" | "sending" | "paused" | "finishing" | "done" | "failed" | "cancelled";

/** One file on its way into a folder. Bytes, and bytes a second. */
export interface UploadView {
  key: string;
  folder: string;
  name: string;
  size: number;
  sent: number;
  bytesPerSecond: number;
  state: UploadState;
  /** The id of the file in the library, once it is there. */
  resource: string | null;
  problem: string | null;
}

interface Entry extends UploadView {
  file: File;
  upload: Upload | null;
  samples: { at: number; sent: number }[];
}

/** What the queue is handed. */
export interface UploadPorts {
  /** What a folder holds now; a large file whose name is taken is then not sent in vain. */
  children: (folder: string) => Promise<Answer<ResourceItem[]>>;
  send: SendFile;
  /** Milliseconds, from any start. */
  now: () => number;
  /** Called with each file that has arrived, for the mesh to serve it. */
  arrived: (resource: ResourceItem, file: File) => void;
}

/** Uploads files, a few at a time. It outlives the page that began it, as long as the tab lives. */
export class UploadQueue {
  readonly #ports: UploadPorts;
  readonly #listeners = new Set<() => void>();
  #entries: Entry[] = [];
  #number = 0;

  constructor(ports: UploadPorts) {
    this.#ports = ports;
  }

  add(folder: string, files: readonly File[]): void {
    for (const file of files) {
      this.#number += 1;
      this.#entries.push({
        key: String(this.#number),
        folder,
        name: file.name,
        size: file.size,
        sent: 0,
        bytesPerSecond: 0,
        state: "waiting",
        resource: null,
        problem: null,
        file,
        upload: null,
        samples: [],
      });
    }
    this.#next();
    this.#changed();
  }

  uploads(folder: string): readonly UploadView[] {
    return this.#entries.filter((entry) => entry.folder === folder);
  }

  /** Whether something is waiting or on its way, anywhere. */
  busy(): boolean {
    return this.#entries.some((entry) => isOpen(entry.state));
  }

  cancel(key: string): void {
    const entry = this.#find(key);
    if (entry?.state === "waiting") {
      entry.state = "cancelled";
      this.#changed();
    } else {
      entry?.upload?.cancel();
    }
  }

  pause(key: string): void {
    const entry = this.#find(key);
    if (entry?.state !== "sending") return;
    entry.state = "paused";
    entry.bytesPerSecond = 0;
    entry.upload?.pause();
    this.#next();
    this.#changed();
  }

  resume(key: string): void {
    const entry = this.#find(key);
    if (entry?.state !== "paused") return;
    entry.state = "sending";
    entry.samples = [];
    entry.upload?.resume();
    this.#changed();
  }

  retry(key: string): void {
    const entry = this.#find(key);
    if (entry === undefined || isOpen(entry.state)) return;
    this.#entries = this.#entries.filter((other) => other !== entry);
    this.add(entry.folder, [entry.file]);
  }

  dismiss(key: string): void {
    this.#entries = this.#entries.filter((entry) => entry.key !== key || isOpen(entry.state));
    this.#changed();
  }

  /** Takes what has arrived out of a folder's list; what failed or was cancelled stays until it is dismissed. */
  dismissDone(folder: string): void {
    this.#entries = this.#entries.filter((entry) => entry.folder !== folder || entry.state !== "done");
    this.#changed();
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #next(): void {
    const moving = this.#entries.filter((entry) => entry.upload !== null && entry.state !== "paused").length;
    const waiting = this.#entries.filter((entry) => entry.state === "waiting");
    for (const entry of waiting.slice(0, Math.max(0, AT_ONCE - moving))) this.#send(entry);
  }

  #send(entry: Entry): void {
    entry.state = "sending";
    entry.samples = [];
    entry.upload = this.#begin(entry);
    void entry.upload.done.then((answer) => {
      this.#ended(entry, answer);
    });
  }

  /** Looks whether the name is free, then sends; the hub still decides. */
  #begin(entry: Entry): Upload {
    let upload: Upload | null = null;
    let cancelled = false;
    let paused = false;
    const run = async (): Promise<Answer<ResourceItem>> => {
      const children = await this.#ports.children(entry.folder);
      if (cancelled) return refused(CANCELLED);
      if (children.ok && children.value.some((child) => sameName(child.name, entry.name))) {
        return refused(nameTaken(entry.name));
      }
      upload = this.#ports.send(entry.folder, entry.file, (sent) => {
        this.#progress(entry, sent);
      });
      if (paused) upload.pause();
      return upload.done;
    };
    const pause = (): void => {
      paused = true;
      upload?.pause();
    };
    const resume = (): void => {
      paused = false;
      upload?.resume();
    };
    const cancel = (): void => {
      cancelled = true;
      upload?.cancel();
    };
    return { done: run(), pause, resume, cancel };
  }

  #progress(entry: Entry, sent: number): void {
    if (entry.state !== "sending") return; // the last words of one that was paused
    const at = this.#ports.now();
    entry.sent = Math.min(sent, entry.size);
    // the first of them is what the hub had already
    entry.samples = [...entry.samples.filter((sample) => at - sample.at <= RATE_SPAN), { at, sent }];
    const oldest = entry.samples[0];
    if (oldest !== undefined && at > oldest.at) {
      entry.bytesPerSecond = ((sent - oldest.sent) * 1000) / (at - oldest.at);
    }
    if (entry.sent === entry.size) entry.state = "finishing";
    this.#changed();
  }

  #ended(entry: Entry, answer: Answer<ResourceItem>): void {
    entry.upload = null;
    if (answer.ok) {
      entry.state = "done";
      entry.sent = entry.size;
      entry.resource = answer.value.id;
      this.#ports.arrived(answer.value, entry.file);
    } else {
      entry.state = answer.problem.code === "cancelled" ? "cancelled" : "failed";
      entry.problem = answer.problem.detail;
    }
    this.#next();
    this.#changed();
  }

  #find(key: string): Entry | undefined {
    return this.#entries.find((entry) => entry.key === key);
  }

  #changed(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

/** As the hub compares names: composed, without spaces around, whatever the case. */
function sameName(one: string, other: string): boolean {
  const [key, otherKey] = [one, other].map((name) => name.trim().normalize("NFC").toUpperCase().toLowerCase());
  return key === otherKey;
}

function nameTaken(name: string): Problem {
  const detail = `There is already something named "${name}" in this folder. Choose another name.`;
  return { code: "name-taken", detail, status: 0 };
}

/** Whether an upload in this state may still move bytes. */
export function isOpen(state: UploadState): boolean {
  return state === "waiting" || state === "sending" || state === "paused" || state === "finishing";
}
