import { encodePiece } from "../../protocol/frames";
import { MeshProblem, type ProblemCode, problemOf } from "../../protocol/problems";
import { toBase64url } from "../../protocol/base64url";
import { type Effect, type MeshEvent, ORIGIN } from "../core/events";
import { type MeshState, newMesh } from "../core/state";
import { step } from "../core/step";
import { viewOf } from "../core/view";
import type { FileToFetch, HubConnection, Mesh, MeshView, Ports, SavedFile } from "../ports";
import { adoptFile, loadContent } from "./contents";
import { LinkDesk } from "./link-desk";
import { ViewBoard } from "./view-board";

/** Milliseconds between two ticks of the core: quick beside its 2 s stall, slow beside the data, which needs no timer. */
const TICK_MILLIS = 250;

/** Milliseconds between two looks at the paths of links and at the storage used. */
const LOOK_MILLIS = 3_000;

/** Milliseconds in which a join must be welcomed. */
const JOIN_MILLIS = 20_000;

/** An event without its time. */
type Untimed = MeshEvent extends infer Each ? (Each extends MeshEvent ? Omit<Each, "now"> : never) : never;

/** A peer at work: feeds events to the core and does what it asks for through the ports it was handed. */
export class Engine implements Mesh {
  readonly #ports: Ports;
  readonly #state: MeshState;
  readonly #links: LinkDesk;
  readonly #board: ViewBoard;
  readonly #queue: MeshEvent[] = [];
  readonly #check: () => ProblemCode | null;
  #stepping = false;
  #hub: HubConnection | null = null;
  #storeTurn: Promise<unknown> = Promise.resolve();
  #stopTimers: (() => void) | null = null;
  #joining: Promise<void> | null = null;

  /** `check` names what the browser lacks, or null. */
  constructor(ports: Ports, check: () => ProblemCode | null) {
    this.#ports = ports;
    this.#check = check;
    this.#state = newMesh(ports.random.bytes(16));
    this.#links = new LinkDesk(ports.links, (event) => {
      this.#tell(event);
    });
    this.#board = new ViewBoard(ports.clock, () => viewOf(this.#state));
  }

  view(): MeshView {
    return this.#board.view();
  }

  subscribe(listener: (view: MeshView) => void): () => void {
    return this.#board.subscribe(listener);
  }

  join(): Promise<void> {
    if (this.#state.status === "joined" || this.#state.status === "lost") return Promise.resolve();
    this.#joining ??= this.#join().finally(() => {
      this.#joining = null;
    });
    return this.#joining;
  }

  async #join(): Promise<void> {
    const lacking = this.#check();
    if (lacking !== null) {
      this.#state.problem = lacking;
      this.#board.changed();
      throw new MeshProblem(lacking);
    }
    const fingerprint = await this.#ports.links.fingerprint();
    this.#startTimers();
    this.#tell({ type: "join", fingerprint });
    const { status } = await this.#board.until((view) => view.status !== "connecting", JOIN_MILLIS);
    if (status === "joined" || status === "lost") return;
    const { problem } = this.#state;
    if (status === "connecting") await this.leave();
    throw new MeshProblem(problem ?? "hub-unreachable");
  }

  async leave(): Promise<void> {
    this.#tell({ type: "leave" });
    await this.#storeTurn;
  }

  fetch(file: FileToFetch): Promise<string> {
    for (const known of this.#state.transfers.values()) {
      if (known.resource !== file.resource || (known.state !== "running" && known.state !== "paused")) continue;
      this.resume(known.id);
      return Promise.resolve(known.id);
    }
    const transfer = toBase64url(this.#ports.random.bytes(16));
    this.#tell({ type: "fetch", transfer, resource: file.resource, name: file.name });
    return Promise.resolve(transfer);
  }

  pause(transfer: string): void {
    this.#tell({ type: "pause", transfer });
  }

  resume(transfer: string): void {
    this.#tell({ type: "resume", transfer });
  }

  cancel(transfer: string): void {
    this.#tell({ type: "cancel", transfer });
  }

  async adopt(file: FileToFetch, bytes: Blob): Promise<void> {
    if (!this.#state.storeOpen) throw new MeshProblem("not-joined");
    const kept = await adoptFile(this.#ports, file, bytes);
    this.#tell({ type: "adopted", kept });
  }

  async save(content: string): Promise<SavedFile> {
    const swarm = this.#state.swarms.get(content);
    if (swarm?.held.full !== true) throw new MeshProblem(this.#state.storeOpen ? "not-found" : "not-joined");
    return { name: swarm.name, bytes: await this.#ports.store.file(content) };
  }

  async forget(content: string): Promise<void> {
    this.#tell({ type: "forget", content });
    await this.#storeTurn;
  }

  #startTimers(): void {
    if (this.#stopTimers !== null) return;
    const ticking = this.#ports.clock.every(TICK_MILLIS, () => {
      this.#tell({ type: "tick" });
    });
    const looking = this.#ports.clock.every(LOOK_MILLIS, () => {
      this.#links.look();
      void this.#measureStore();
    });
    this.#stopTimers = () => {
      ticking();
      looking();
    };
  }

  #tell(event: Untimed): void {
    this.#queue.push({ ...event, now: this.#ports.clock.now() });
    if (this.#stepping) return;
    this.#stepping = true;
    try {
      for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) this.#take(next);
    } finally {
      this.#stepping = false;
    }
    if (this.#state.status === "off") {
      this.#stopTimers?.();
      this.#stopTimers = null;
    }
    this.#board.changed();
  }

  #take(event: MeshEvent): void {
    const { effects } = step(this.#state, event);
    for (const effect of effects) this.#act(effect);
    this.#links.reportBuffers();
  }

  #act(effect: Effect): void {
    switch (effect.do) {
      case "send-piece":
        this.#links.send(effect.link, "bulk", encodePiece(effect.chunk, effect.offset, effect.bytes));
        break;
      case "send-frame":
        this.#links.sendFrame(effect.link, effect.frame);
        break;
      case "read-chunk":
        void this.#read(effect);
        break;
      case "admit":
        void this.#admit(effect);
        break;
      case "fetch-leased":
        void this.#fetchLeased(effect);
        break;
      case "check-ticket":
        void this.#links.check(effect, this.#ports.verifier);
        break;
      case "make-offer":
      case "make-answer":
      case "apply-answer":
      case "close-link":
        this.#links.act(effect);
        break;
      default:
        this.#actOnHubOrStore(effect);
    }
  }

  #actOnHubOrStore(effect: HubOrStoreEffect): void {
    const { store, socket, verifier } = this.#ports;
    switch (effect.do) {
      case "connect-hub":
        this.#hub = socket.connect({
          opened: () => {
            this.#tell({ type: "hub-opened" });
          },
          message: (message) => {
            this.#tell({ type: "hub-message", message });
          },
          lost: () => {
            this.#tell({ type: "hub-lost" });
          },
        });
        break;
      case "disconnect-hub":
        this.#hub?.close();
        this.#hub = null;
        break;
      case "send-hub":
        this.#hub?.send(effect.message);
        break;
      case "check-revocations":
        void verifier.revocations(effect.list, effect.key, effect.issuer).then((list) => {
          if (list !== null) this.#tell({ type: "revocations-checked", list });
        });
        break;
      case "open-store":
        this.#inTurn(() => this.#openStore(effect.namespace));
        break;
      case "close-store":
        this.#inTurn(() => store.close());
        break;
      case "load":
        this.#inTurn(() => this.#load(effect));
        break;
      case "note":
        this.#inTurn(() => store.note(effect.content, effect.note));
        break;
      case "drop":
        this.#inTurn(() => store.drop(effect.content));
        break;
    }
  }

  /** Opening, making and dropping happen one after the other; a failure is told by whoever waits for the result. */
  #inTurn(task: () => Promise<unknown>): void {
    this.#storeTurn = this.#storeTurn.then(task).catch(() => undefined);
  }

  async #openStore(namespace: string): Promise<void> {
    try {
      this.#tell({ type: "recalled", contents: await this.#ports.store.open(namespace) });
      await this.#measureStore();
    } catch (failure) {
      this.#tell({ type: "store-failed", problem: problemOf(failure) });
    }
  }

  async #load({ transfer, resource, name }: Effect & { do: "load" }): Promise<void> {
    try {
      this.#tell({ type: "loaded", transfer, kept: await loadContent(this.#ports, { resource, name }) });
    } catch (failure) {
      this.#tell({ type: "load-failed", transfer, problem: problemOf(failure) });
    }
  }

  async #read({ link, content, chunk }: Effect & { do: "read-chunk" }): Promise<void> {
    const bytes = await this.#ports.store.read(content, chunk).catch(() => null);
    this.#tell({ type: "chunk-read", link, chunk, bytes });
  }

  async #admit({ content, chunk, source, pieces, leaf }: Effect & { do: "admit" }): Promise<void> {
    try {
      const origin = source.kind === "hub" ? ORIGIN.hub : ORIGIN.peer;
      const outcome = await this.#ports.store.put(content, chunk, pieces, leaf, origin);
      this.#tell({ type: "admitted", content, chunk, source, outcome });
    } catch (failure) {
      this.#tell({ type: "admit-failed", content, chunk, source, problem: problemOf(failure) });
    }
  }

  async #fetchLeased({ content, lease, chunk, length }: Effect & { do: "fetch-leased" }): Promise<void> {
    try {
      const bytes = await this.#ports.origin.chunk(lease, chunk, length);
      this.#tell({ type: "lease-bytes", content, chunk, bytes });
    } catch (failure) {
      this.#tell({ type: "lease-failed", content, chunk, problem: problemOf(failure) });
    }
  }

  async #measureStore(): Promise<void> {
    const usage = this.#state.storeOpen ? await this.#ports.store.usage().catch(() => null) : null;
    if (usage !== null) this.#tell({ type: "quota", ...usage });
  }
}

type LinkEffect =
  "send-piece" | "send-frame" | "check-ticket" | "make-offer" | "make-answer" | "apply-answer" | "close-link";
type HubOrStoreEffect = Exclude<Effect, { do: LinkEffect | "read-chunk" | "admit" | "fetch-leased" }>;
