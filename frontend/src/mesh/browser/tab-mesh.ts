import { toBase64url } from "../../protocol/base64url";
import type { Model } from "../../protocol/messages";
import { MeshProblem, problemOf } from "../../protocol/problems";
import type { Clock, FileToFetch, Limits, Mesh, MeshView, Random, SavedFile } from "../ports";
import { type CommandName, COMMANDS, type Outcome, readTabMessage, type TabMessage } from "./tab-words";

/** What the tabs of one browser hear each other by; a tab does not hear itself. */
export interface TabChannel {
  post(message: TabMessage): void;
  hear(listener: (message: unknown) => void): void;
}

/** The right to be the peer of this browser: one tab has it, until it ends. */
export interface TabLock {
  /** Waits for the right. `granted` is called once. */
  request(granted: () => void): void;
}

/** What a tab is handed to know of the others. */
export interface TabPorts {
  channel: TabChannel;
  lock: TabLock;
  clock: Pick<Clock, "now" | "every">;
  random: Random;
}

/** Milliseconds between two calls for the tab of the peer while it owes an answer. */
const CALL_MILLIS = 2_500;

/** Milliseconds without a word after which that tab counts as frozen: longer than a busy page stands still. */
const SILENT_MILLIS = 10_000;

/** Tabs whose last question is remembered: more than a person has open. */
const MOST_TABS = 256;

/** A command on its way to the tab of the peer. */
interface Asked {
  command: CommandName;
  values: unknown[];
  since: number;
  settle: (outcome: Outcome) => void;
}

/**
 * The mesh as each tab of a browser has it. The first that joins is the peer; the others show its view and hand it their commands. When its tab ends,
 * the one that has waited longest becomes the peer, joins if it had joined, and goes on from the store.
 */
export class TabMesh implements Mesh {
  readonly #peer: Mesh;
  readonly #ports: TabPorts;
  readonly #id: string;
  readonly #listeners = new Set<(view: MeshView) => void>();
  readonly #asked = new Map<number, Asked>();
  /** `apart`: it has neither joined nor heard of a peer. */
  #role: "apart" | "waiting" | "peer" = "apart";
  #ready: Promise<unknown> = Promise.resolve();
  #heard: { tab: string; view: MeshView; at: number } | null = null;
  #watched = false;
  /** The last question of each tab that was taken up: one that is asked again is not done again. */
  readonly #served = new Map<string, number>();
  #next = 0;
  #stopCalling: (() => void) | null = null;

  /** `peer`: the one of this tab, off until it is this tab's turn. */
  constructor(peer: Mesh, ports: TabPorts) {
    this.#peer = peer;
    this.#ports = ports;
    this.#id = toBase64url(ports.random.bytes(16));
    peer.subscribe((view) => {
      if (this.#role !== "waiting") this.#show(view);
      if (this.#role === "peer" && this.#watched) this.#publish();
    });
    ports.channel.hear((message) => {
      this.#hear(message);
    });
    ports.channel.post({ type: "who" });
  }

  view(): MeshView {
    return this.#role === "waiting" && this.#heard !== null ? this.#heard.view : this.#peer.view();
  }

  subscribe(listener: (view: MeshView) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async join(): Promise<void> {
    this.#wait();
    await this.#ask("join");
  }

  async leave(): Promise<void> {
    await this.#ask("leave");
  }

  async fetch(file: FileToFetch, how: { model: Model }): Promise<string> {
    return (await this.#ask("fetch", file, how)) as string;
  }

  pause(transfer: string): void {
    this.#tell("pause", transfer);
  }

  resume(transfer: string): void {
    this.#tell("resume", transfer);
  }

  cancel(transfer: string): void {
    this.#tell("cancel", transfer);
  }

  async adopt(file: FileToFetch, bytes: Blob): Promise<void> {
    await this.#ask("adopt", file, bytes);
  }

  async save(content: string): Promise<SavedFile> {
    return (await this.#ask("save", content)) as SavedFile;
  }

  async forget(content: string): Promise<void> {
    await this.#ask("forget", content);
  }

  setLimits(limits: Limits): void {
    this.#tell("setLimits", limits);
  }

  async pin(content: string, pinned: boolean): Promise<void> {
    await this.#ask("pin", content, pinned);
  }

  /** A command without an answer: that the peer is silent is shown by the view. */
  #tell(command: CommandName, ...values: unknown[]): void {
    this.#ask(command, ...values).catch(() => undefined);
  }

  async #ask(command: CommandName, ...values: unknown[]): Promise<unknown> {
    const outcome = this.#role === "waiting" ? await this.#askPeer(command, values) : await this.#do(command, values);
    if ("problem" in outcome) throw new MeshProblem(outcome.problem);
    return outcome.value;
  }

  /** Does a command by the peer of this tab. */
  async #do(command: CommandName, values: unknown[]): Promise<Outcome> {
    try {
      const value = await (COMMANDS[command].run(this.#peer, values) as Promise<unknown>);
      return value === null ? { problem: "unexpected" } : { value };
    } catch (failure) {
      return { problem: problemOf(failure) };
    }
  }

  #askPeer(command: CommandName, values: unknown[]): Promise<Outcome> {
    const id = this.#next++;
    return new Promise((settle) => {
      this.#asked.set(id, { command, values, since: this.#ports.clock.now(), settle });
      this.#ports.channel.post({ type: "ask", from: this.#id, id, command, values });
      this.#stopCalling ??= this.#ports.clock.every(CALL_MILLIS, () => {
        this.#call();
      });
    });
  }

  /** Asks for a sign of life while an answer is owed; a peer that gives none owes no more. */
  #call(): void {
    const now = this.#ports.clock.now();
    for (const [id, asked] of this.#asked) {
      if (now - Math.max(asked.since, this.#heard?.at ?? 0) >= SILENT_MILLIS)
        this.#settle(id, { problem: "tab-silent" });
    }
    if (this.#asked.size > 0) this.#ports.channel.post({ type: "who" });
    else this.#stopCalls();
  }

  #settle(id: number, outcome: Outcome): void {
    const asked = this.#asked.get(id);
    this.#asked.delete(id);
    asked?.settle(outcome);
    if ("problem" in outcome && outcome.problem === "tab-silent") this.#showSilence();
  }

  #showSilence(): void {
    const view: MeshView = { ...this.view(), problem: "tab-silent" };
    if (this.#heard !== null) this.#heard.view = view;
    this.#show(view);
  }

  #stopCalls(): void {
    this.#stopCalling?.();
    this.#stopCalling = null;
  }

  #wait(): void {
    if (this.#role !== "apart") return;
    this.#role = "waiting";
    this.#ports.lock.request(() => {
      this.#become();
    });
  }

  /** This tab is the peer from now on. What was asked of the one before is done here. */
  #become(): void {
    const wanted = this.#heard !== null && this.#heard.view.status !== "off";
    this.#role = "peer";
    this.#heard = null;
    this.#stopCalls();
    // Why it could not be joined again is shown by the view.
    this.#ready = wanted ? this.#peer.join().catch(() => undefined) : Promise.resolve();
    this.#publish();
    for (const [id, { command, values }] of this.#asked) {
      void this.#ready
        .then(() => this.#do(command, values))
        .then((outcome) => {
          this.#settle(id, outcome);
        });
    }
    this.#show(this.#peer.view());
  }

  #hear(received: unknown): void {
    const message = readTabMessage(received);
    if (message === null) return;
    switch (message.type) {
      case "who":
        if (this.#role !== "peer") break;
        this.#watched = true;
        this.#publish();
        break;
      case "view":
        if (this.#role !== "peer") this.#hearPeer(message.tab, message.view);
        break;
      case "ask":
        if (this.#role === "peer") void this.#answer(message);
        break;
      case "answer":
        if (message.to === this.#id) this.#takeAnswer(message.id, message.outcome);
        break;
    }
  }

  /** The tab of the peer has spoken. A new one is asked again for what the one before still owed. */
  #hearPeer(tab: string, view: MeshView): void {
    const isNew = this.#heard?.tab !== tab;
    this.#heard = { tab, view, at: this.#ports.clock.now() };
    this.#wait();
    if (isNew) {
      this.#ports.channel.post({ type: "who" });
      for (const [id, { command, values }] of this.#asked) {
        this.#ports.channel.post({ type: "ask", from: this.#id, id, command, values });
      }
    }
    this.#show(view);
  }

  /** Does what another tab asks, once. What it led to is shown before it is answered. */
  async #answer({ from, id, command, values }: TabMessage & { type: "ask" }): Promise<void> {
    if ((this.#served.get(from) ?? -1) >= id) return;
    this.#served.delete(from);
    this.#served.set(from, id);
    const [oldest] = this.#served.keys();
    if (this.#served.size > MOST_TABS && oldest !== undefined) this.#served.delete(oldest);
    await this.#ready;
    const outcome = await this.#do(command, values);
    this.#publish();
    this.#ports.channel.post({ type: "answer", to: from, id, outcome });
  }

  #publish(): void {
    this.#ports.channel.post({ type: "view", tab: this.#id, view: this.#peer.view() });
  }

  #takeAnswer(id: number, outcome: Outcome): void {
    const asked = this.#asked.get(id);
    if (asked === undefined) return;
    const value = "problem" in outcome ? null : COMMANDS[asked.command].answer(outcome.value);
    this.#settle(id, "problem" in outcome ? outcome : value === null ? { problem: "unexpected" } : { value });
  }

  #show(view: MeshView): void {
    for (const listener of [...this.#listeners]) listener(view);
  }
}
