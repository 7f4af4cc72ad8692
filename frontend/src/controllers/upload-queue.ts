import { CANCELLED, refused } from "../api/answers";
import type { Answer, Problem } from "../api/answers";
import type { ResourceItem } from "../api/shapes";
import type { SendFile, Upload } from "../api/upload";
import type { SendFileAs, UploadClash } from "../api/upload-as";
import { linesOf } from "./upload-batches";
import type { Batch, Batched } from "./upload-batches";
import { isOpen } from "./upload-state";
import type { UploadView } from "./upload-state";

/** The rate is taken over this span, so that it is neither nervous nor stale. In milliseconds. */
const RATE_SPAN = 3000;
/** A file of a folder that is smaller is sent without asking first whether its name is free. In bytes. */
const WORTH_ASKING = 1024 * 1024;

/** How many files are sent at a time: small ones do not wait for a large one, and none gets too little. */
const AT_ONCE = 3;

interface Entry extends Batched {
  file: File;
  clash: UploadClash | null;
  upload: Upload | null;
  samples: { at: number; sent: number }[];
}

/** What the queue is handed. */
export interface UploadPorts {
  /** What has that name in a folder now; a large file whose name is taken is then not sent in vain. */
  named: (folder: string, name: string) => Promise<Answer<ResourceItem[]>>;
  send: SendFile;
  /** For a file whose name is taken, when the person has said what is to happen. */
  sendAs: SendFileAs;
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

  add(folder: string, files: readonly File[], batch: Batch | null = null, clash: UploadClash | null = null): void {
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
        taken: false,
        batch,
        file,
        clash,
        upload: null,
        samples: [],
      });
    }
    this.#next();
    this.#changed();
  }

  uploads(folder: string): readonly UploadView[] {
    return linesOf(this.#entries, folder);
  }

  /** Whether something is waiting or on its way, anywhere. */
  busy(): boolean {
    return this.#entries.some((entry) => isOpen(entry.state));
  }

  cancel(key: string): void {
    for (const entry of this.#line(key)) {
      if (entry.state === "waiting") entry.state = "cancelled";
      else entry.upload?.cancel();
    }
    this.#changed();
  }

  pause(key: string): void {
    for (const entry of this.#line(key)) {
      if (entry.state !== "sending") continue;
      entry.state = "paused";
      entry.bytesPerSecond = 0;
      entry.upload?.pause();
    }
    this.#next();
    this.#changed();
  }

  resume(key: string): void {
    for (const entry of this.#line(key)) {
      if (entry.state !== "paused") continue;
      entry.state = "sending";
      entry.samples = [];
      entry.upload?.resume();
    }
    this.#changed();
  }

  /** Sends again what failed or was cancelled of a line. */
  retry(key: string, clash: UploadClash | null = null): void {
    const again = this.#line(key).filter((entry) => entry.state === "failed" || entry.state === "cancelled");
    this.#entries = this.#entries.filter((entry) => !again.includes(entry));
    for (const entry of again) this.add(entry.folder, [entry.file], entry.batch, clash);
  }

  dismiss(key: string): void {
    const gone = this.#line(key).filter((entry) => !isOpen(entry.state));
    this.#entries = this.#entries.filter((entry) => !gone.includes(entry));
    this.#changed();
  }

  /** Takes what has arrived out of a folder's list; what failed or was cancelled stays until it is dismissed. */
  dismissDone(folder: string): void {
    this.#entries = this.#entries.filter(
      (entry) => (entry.batch?.folder ?? entry.folder) !== folder || entry.state !== "done",
    );
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
      const asks = entry.clash === null && (entry.batch === null || entry.size > WORTH_ASKING);
      const taken = asks ? await this.#ports.named(entry.folder, entry.name) : null;
      if (cancelled) return refused(CANCELLED);
      if (taken?.ok === true && taken.value.length > 0) return refused(nameTaken(entry.name));
      upload =
        entry.clash === null
          ? this.#ports.send(entry.folder, entry.file, (sent) => {
              this.#progress(entry, sent);
            })
          : this.#ports.sendAs(entry.folder, entry.file, entry.clash);
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
      entry.taken = answer.problem.code === "name-taken";
    }
    this.#next();
    this.#changed();
  }

  /** The files of a line: one, or those of a batch. */
  #line(key: string): Entry[] {
    return this.#entries.filter((entry) => (entry.batch?.key ?? entry.key) === key);
  }

  #changed(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

function nameTaken(name: string): Problem {
  const detail = `There is already something named "${name}" in this folder. Choose another name.`;
  return { code: "name-taken", detail, status: 0 };
}
