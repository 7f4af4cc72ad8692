import type { PeerMessage, Report, TrialNews, TrialOrder } from "../../protocol/messages";
import { MeshProblem, problemOf } from "../../protocol/problems";
import type { Bytes } from "../core/events";
import { NO_LIMITS } from "../core/limits";
import type { Clock, HubSocket, Limits, Mesh, Ports, Store, TrialRoom } from "../ports";
import { trustedManifest } from "./contents";
import { copyFromHub } from "./test-copy";

/** Milliseconds between two words on how a part goes on: as often as a transfer is reported. */
const NEWS_MILLIS = 1_000;

/** The name of a test copy in the store, where nobody sees it. */
const NAME = "test copy";

/** What a part is made of. Everything is new for each part and is thrown away with it. */
export interface TrialMeans {
  clock: Clock;
  origin: Ports["origin"];
  digester: Ports["digester"];
  socket: HubSocket;
  /** A store in memory. */
  store(): Store;
  /** A peer made for that part, with that store and socket, off until it joins. */
  peer(
    trial: string,
    store: Store,
    socket: HubSocket,
    limits: Limits,
  ): Pick<Mesh, "join" | "leave" | "fetch" | "subscribe">;
  /** The bytes that the hub sends for that part. */
  download(trial: string, signal: AbortSignal): Promise<ReadableStream<Bytes>>;
}

/** Takes parts in experiments, one at a time. */
export function trialRoom(means: TrialMeans): TrialRoom {
  let part: Part | null = null;
  const end = (): void => {
    part?.end();
    part = null;
  };
  return {
    prepare(order, tell) {
      end();
      part = new Part(order, means, tell);
      part.prepare();
    },
    begin(trial) {
      if (part?.trial === trial) part.begin();
    },
    end,
  };
}

/** A part from its preparation to its end. */
class Part {
  readonly #order: TrialOrder;
  readonly #means: TrialMeans;
  readonly #tell: (news: TrialNews) => void;
  readonly #stop = new AbortController();
  readonly #store: Store;
  readonly #peer: ReturnType<TrialMeans["peer"]> | null;
  #told = Number.NEGATIVE_INFINITY;
  #over = false;

  constructor(order: TrialOrder, means: TrialMeans, tell: (news: TrialNews) => void) {
    this.#order = order;
    this.#means = means;
    this.#tell = tell;
    this.#store = means.store();
    const socket = watched(means.socket, (report) => {
      this.#reported(report);
    });
    const { upload: uploadBytesPerSecond, download: downloadBytesPerSecond } = order;
    const limits = { ...NO_LIMITS, uploadBytesPerSecond, downloadBytesPerSecond };
    this.#peer = order.model === "hub" ? null : means.peer(order.trial, this.#store, socket, limits);
  }

  get trial(): string {
    return this.#order.trial;
  }

  prepare(): void {
    this.#attempt(async () => {
      if (this.#peer === null) await this.#store.open(NAME);
      else await this.#peer.join();
      this.#say("ready");
    });
  }

  begin(): void {
    const { resource, model } = this.#order;
    this.#attempt(async () => {
      if (model === "hub" || this.#peer === null) return this.#download();
      const stop = this.#peer.subscribe(({ transfers }) => {
        const failed = transfers.find(({ state }) => state === "failed" || state === "cancelled");
        if (failed !== undefined) this.#fail(failed.problem ?? "unexpected");
      });
      this.#stop.signal.addEventListener("abort", stop);
      await this.#peer.fetch({ resource, name: NAME }, { model });
    });
  }

  /** Ends whatever goes on; nothing is told any more. */
  end(): void {
    this.#over = true;
    this.#stop.abort();
    const left = this.#peer === null ? Promise.resolve() : this.#peer.leave();
    left.then(() => this.#store.close()).catch(() => undefined);
  }

  async #download(): Promise<void> {
    const { clock } = this.#means;
    const body = await this.#means.download(this.trial, this.#stop.signal);
    const manifest = await trustedManifest(this.#means, this.#order.resource);
    if (manifest.contentId !== this.#order.content) throw new MeshProblem("content-mismatch");
    const content = { resource: this.#order.resource, name: NAME, manifest, note: null, usedAt: clock.now() };
    await this.#store.create(content);
    const progress = (bytes: number): void => {
      this.#progress(bytes, 0);
    };
    await copyFromHub(body, { clock, store: this.#store, manifest, rate: this.#order.download, progress });
    this.#complete(manifest.size, 0);
  }

  /** The peer of this part has told the hub how its transfer stands. */
  #reported({ state, content, fromHub, fromPeers }: Report): void {
    if (state === "completed" && content !== this.#order.content) this.#fail("content-mismatch");
    else if (state === "completed") this.#complete(fromHub, fromPeers);
    else this.#progress(fromHub, fromPeers);
  }

  #progress(fromHub: number, fromPeers: number): void {
    const now = this.#means.clock.now();
    if (this.#over || now - this.#told < NEWS_MILLIS) return;
    this.#told = now;
    this.#say("running", fromHub, fromPeers);
  }

  #complete(fromHub: number, fromPeers: number): void {
    if (this.#over) return;
    this.#over = true;
    this.#say("completed", fromHub, fromPeers);
  }

  #fail(code: string): void {
    if (this.#over) return;
    this.#over = true;
    this.#say("failed", 0, 0, code);
  }

  #say(state: TrialNews["state"], fromHub = 0, fromPeers = 0, code?: string): void {
    const { trial, upload, download } = this.#order;
    this.#tell({ trial, state, upload, download, fromHub, fromPeers, ...(code === undefined ? {} : { code }) });
  }

  #attempt(task: () => Promise<void>): void {
    task().catch((failure: unknown) => {
      this.#fail(problemOf(failure));
    });
  }
}

/** A socket that also shows the reports that go over it. */
function watched(socket: HubSocket, seen: (report: Report) => void): HubSocket {
  return {
    connect(listener) {
      const connection = socket.connect(listener);
      return {
        send: (message: PeerMessage) => {
          if (message.type === "report") seen(message);
          connection.send(message);
        },
        close: () => {
          connection.close();
        },
      };
    },
  };
}
