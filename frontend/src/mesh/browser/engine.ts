import { encodePiece } from "../../protocol/frames";
import type { Model } from "../../protocol/messages";
import { MeshProblem, type ProblemCode } from "../../protocol/problems";
import { toBase64url } from "../../protocol/base64url";
import type { Effect, MeshEvent } from "../core/events";
import { newMesh } from "../core/new-state";
import type { MeshState } from "../core/state";
import { step } from "../core/step";
import { viewOf } from "../core/view";
import type { FileToFetch, HubConnection, Limits, Mesh, MeshView, Ports, SavedFile } from "../ports";
import { readLimits } from "./kept-limits";
import { LinkDesk } from "./link-desk";
import { StoreDesk } from "./store-desk";
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
  readonly #store: StoreDesk;
  readonly #board: ViewBoard;
  readonly #queue: MeshEvent[] = [];
  readonly #check: () => ProblemCode | null;
  #stepping = false;
  #hub: HubConnection | null = null;
  #stopTimers: (() => void) | null = null;
  #stopWake: (() => void) | null = null;
  #joining: Promise<void> | null = null;

  /** `check` names what the browser lacks, or null; `madeFor`: the part in an experiment for which it is, or null. */
  constructor(ports: Ports, check: () => ProblemCode | null, madeFor: string | null = null) {
    this.#ports = ports;
    this.#check = check;
    this.#state = newMesh(ports.random.bytes(16), madeFor);
    this.#links = new LinkDesk(ports.links, (event) => {
      this.#tell(event);
    });
    this.#store = new StoreDesk(ports, (news) => {
      this.#tell(news);
    });
    this.#board = new ViewBoard(ports.clock, () => viewOf(this.#state));
    this.#recallLimits();
    ports.supply.watch((supply) => {
      this.#tell({ type: "supply", supply });
    });
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
    this.#recallLimits();
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
    await this.#store.settled();
  }

  fetch(file: FileToFetch, { model }: { model: Model }): Promise<string> {
    for (const known of this.#state.transfers.values()) {
      if (known.resource !== file.resource || (known.state !== "running" && known.state !== "paused")) continue;
      this.resume(known.id);
      return Promise.resolve(known.id);
    }
    const transfer = toBase64url(this.#ports.random.bytes(16));
    this.#tell({ type: "fetch", transfer, resource: file.resource, name: file.name, model });
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
    this.#tell({ type: "adopted", kept: await this.#store.adopt(file, bytes) });
  }

  async save(content: string): Promise<SavedFile> {
    const swarm = this.#state.swarms.get(content);
    if (swarm?.held.full !== true) throw new MeshProblem(this.#state.storeOpen ? "not-found" : "not-joined");
    const bytes = await this.#store.file(content);
    this.#tell({ type: "used", content });
    return { name: swarm.name, bytes };
  }

  async forget(content: string): Promise<void> {
    this.#tell({ type: "forget", content });
    await this.#store.settled();
  }

  async pin(content: string, pinned: boolean): Promise<void> {
    if (!this.#state.swarms.has(content)) throw new MeshProblem(this.#state.storeOpen ? "not-found" : "not-joined");
    this.#tell({ type: "pin", content, pinned });
    await this.#store.settled();
  }

  setLimits(limits: Limits): void {
    const sensible = readLimits({ ...limits });
    this.#ports.limits.save(sensible);
    this.#setLimits(sensible);
  }

  #setLimits(limits: Limits): void {
    this.#ports.store.room(limits.diskBytes);
    this.#tell({ type: "limits", limits });
    if (this.#state.storeOpen) void this.#store.measure();
  }

  /** The limits as they are remembered: another tab may have set them. */
  #recallLimits(): void {
    this.#setLimits(this.#ports.limits.load());
  }

  #startTimers(): void {
    if (this.#stopTimers !== null) return;
    const ticking = this.#ports.clock.every(TICK_MILLIS, () => {
      this.#tell({ type: "tick" });
    });
    const looking = this.#ports.clock.every(LOOK_MILLIS, () => {
      this.#links.look();
      if (this.#state.storeOpen) void this.#store.measure();
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
      case "check-ticket":
        void this.#links.check(effect, this.#ports.verifier);
        break;
      case "make-offer":
      case "make-answer":
      case "make-restart":
      case "apply-answer":
      case "close-link":
        this.#links.act(effect);
        break;
      case "connect-hub":
      case "disconnect-hub":
      case "send-hub":
      case "check-revocations":
      case "wake-at":
        this.#actOnHub(effect);
        break;
      case "trial-prepare":
        this.#ports.trials.prepare(effect.order, (news) => {
          this.#tell({ type: "trial-news", news });
        });
        break;
      case "trial-begin":
        this.#ports.trials.begin(effect.trial);
        break;
      case "trial-end":
        this.#ports.trials.end();
        break;
      default:
        this.#store.act(effect);
    }
  }

  #actOnHub(effect: HubEffect): void {
    const { socket, verifier } = this.#ports;
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
      case "wake-at":
        this.#stopWake?.();
        this.#stopWake = this.#ports.clock.after(Math.max(0, effect.at - this.#ports.clock.now()), () => {
          this.#tell({ type: "wake" });
        });
        break;
    }
  }
}

type HubEffect = Effect & { do: "connect-hub" | "disconnect-hub" | "send-hub" | "check-revocations" | "wake-at" };
