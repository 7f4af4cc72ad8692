import { chunkCount, chunkLength, leafOf } from "../../src/protocol/manifest";
import type { Frame } from "../../src/protocol/frames";
import {
  encodeMessage,
  type HubMessage,
  LONGEST_MESSAGE,
  type Neighbour,
  type Signal,
} from "../../src/protocol/messages";
import { parseClaims, parseRevocations, payloadOf, refuseClaims } from "../../src/protocol/ticket";
import { type Bytes, type Effect, type KeptContent, type MeshEvent, ORIGIN } from "../../src/mesh/core/events";
import { newMesh } from "../../src/mesh/core/new-state";
import type { Link, MeshState } from "../../src/mesh/core/state";
import { step } from "../../src/mesh/core/step";
import { sha256 } from "../mesh/files";
import { type HubFile, HUB_ID, shortId, unsigned } from "../mesh/virtual-hub";
import { complaints } from "./complaints";

type Untimed = MeshEvent extends infer Each ? (Each extends MeshEvent ? Omit<Each, "now"> : never) : never;

const START = 1_800_000_000_000;

/** What one step may ask for at most: more is work without end. */
const MOST_EFFECTS = 4_000;

/** The fingerprint of somebody, and in this world also their session description. */
export function fingerprintOf(name: string): string {
  const hex = Buffer.from(sha256(Buffer.from(name))).toString("hex");
  return (hex.toUpperCase().match(/../g) ?? []).join(":");
}

/**
 * One peer under attack: the real core, and a driver that answers when the attacker pleases. It notes what has been vouched
 * for and what has been verified, and complains when the core does something that rests on neither.
 */
export class Victim {
  now = START;
  readonly state: MeshState = newMesh(sha256(Buffer.from("victim")).subarray(0, 16));
  readonly id = shortId("victim");
  /** What the driver has been asked and has not answered. */
  readonly due: Untimed[] = [];
  readonly files: readonly HubFile[];
  readonly #kept: readonly KeptContent[];
  /** `link ticket description` of every check that was passed, and the links that have been greeted with that ticket. */
  readonly #vouched = new Set<string>();
  readonly #greeted = new Set<string>();
  /** `content chunk` of everything that was here or has been verified. */
  readonly #verified = new Set<string>();
  #fetches = 0;

  /** The first file is held whole, of the second two chunks, nothing of the others. */
  constructor(files: readonly HubFile[]) {
    this.files = files;
    this.#kept = files.slice(0, 2).map((file, number) => this.#keep(file, number === 0 ? Number.POSITIVE_INFINITY : 2));
  }

  /** The hub's word for somebody; `change` makes it a wrong one. */
  ticket(name: string, content: string | undefined, change: object = {}): string {
    const now = Math.floor(this.now / 1000);
    const times = { ep: 1, iat: now, exp: now + 600, gexp: now + 43_200 };
    const who = { iss: HUB_ID, sub: shortId(`m-${name}`), pid: shortId(name), fp: fingerprintOf(name) };
    return unsigned({ ...who, ...(content === undefined ? {} : { cid: content }), ...times, ...change });
  }

  /** One event; throws where the core does what it must not. */
  tell(event: Untimed): void {
    const greeting = event.type === "frame" && event.frame.type === "hello" ? this.state.links.get(event.link) : null;
    if (greeting?.status === "greeting" && event.type === "frame" && event.frame.type === "hello") {
      if (event.frame.ticket === greeting.theirTicket) this.#greeted.add(greeting.id);
    }
    const before = new Map(this.state.links);
    const { effects } = step(this.state, { ...event, now: this.now });
    if (effects.length > MOST_EFFECTS) throw new Error(`${effects.length} effects of one ${event.type}`);
    for (const effect of effects) this.#act(effect, before);
    const wrong = [...complaints(this.state), ...this.#unverified()];
    if (wrong.length > 0) throw new Error(`after ${event.type}: ${wrong.join("; ")}`);
  }

  hear(message: HubMessage): void {
    this.tell({ type: "hub-message", message });
  }

  signal(from: string, signal: Signal): void {
    this.hear({ type: "signal", from: shortId(from), signal });
  }

  frame(link: string, frame: Frame): void {
    this.tell({ type: "frame", link, frame });
  }

  /** Answers what is due, the oldest first, until nothing is. */
  answerAll(): void {
    for (let left = 500; left > 0; left--) {
      const next = this.due.shift();
      if (next === undefined) return;
      this.tell(next);
    }
  }

  /** Joined, with its store open and a file being fetched. */
  begin(): this {
    this.tell({ type: "join", fingerprint: fingerprintOf("victim") });
    this.tell({ type: "hub-opened" });
    this.welcome("victim");
    this.answerAll();
    this.fetch(2);
    this.answerAll();
    for (const { manifest } of this.files) this.neighbours(manifest.contentId, []);
    return this;
  }

  welcome(name: string): void {
    const key = { kty: "OKP", crv: "Ed25519", x: "A".repeat(43) } as const;
    const common = { hub: HUB_ID, key, stun: [], turn: null, epoch: 1, revocations: this.revocations(1, []) };
    this.hear({ type: "welcome", peer: this.id, ticket: this.ticket(name, undefined), ...common });
  }

  neighbours(content: string, peers: string[]): void {
    const ticket = this.ticket("victim", content, { pid: this.id });
    this.hear({ type: "neighbours", content, ticket, peers: peers.map(neighbourOf), part: [] });
  }

  revocations(epoch: number, names: readonly string[]): string {
    const rev = names.map((name) => ({ sub: shortId(`m-${name}`) }));
    return unsigned({ iss: HUB_ID, iat: Math.floor(this.now / 1000), ep: epoch, rev });
  }

  fetch(number: number): void {
    const file = this.#file(number);
    const model = number % 2 === 0 ? "peers" : "automatic";
    this.tell({
      type: "fetch",
      transfer: shortId(`t-${++this.#fetches}`),
      resource: file.resource,
      name: "file",
      model,
    });
  }

  /** A chunk as it is, or spoilt. */
  chunk(content: string, chunk: number, spoilt = false): Bytes {
    const file = this.files.find((each) => each.manifest.contentId === content);
    if (file === undefined) return new Uint8Array(1);
    const from = chunk * file.manifest.chunkSize;
    const bytes = file.bytes.slice(from, from + Math.max(0, chunkLength(file.manifest, chunk)));
    return spoilt ? bytes.map((byte) => byte ^ 1) : bytes;
  }

  #act(effect: Effect, before: ReadonlyMap<string, Link>): void {
    switch (effect.do) {
      case "open-store":
        this.due.push({
          type: "recalled",
          contents: this.#kept.map((kept) => ({ ...kept, origins: kept.origins.slice() })),
          storage: "kept",
        });
        break;
      case "load": {
        const file = this.files.find((each) => each.resource === effect.resource);
        if (file !== undefined) this.due.push({ type: "loaded", transfer: effect.transfer, kept: this.#keep(file, 0) });
        break;
      }
      case "check-revocations": {
        const list = parseRevocations(payloadOf(effect.list));
        if (list !== null) this.due.push({ type: "revocations-checked", list });
        break;
      }
      case "send-hub": {
        const text = encodeMessage(effect.message);
        if (text.length > LONGEST_MESSAGE || /:(null|-|\d+\.\d)/.test(text)) throw new Error(`told the hub ${text}`);
        break;
      }
      case "admit":
        this.#admit(effect);
        break;
      case "fetch-leased": {
        const { content, chunk } = effect;
        this.due.push({ type: "lease-bytes", content, chunk, bytes: this.chunk(content, chunk) });
        break;
      }
      case "drop":
        for (const kept of this.#kept)
          if (kept.manifest.contentId === effect.content) kept.origins.fill(ORIGIN.missing);
        for (const each of this.#verified) if (each.startsWith(effect.content)) this.#verified.delete(each);
        break;
      default:
        this.#actOnLink(effect, before);
    }
  }

  #actOnLink(effect: Effect, before: ReadonlyMap<string, Link>): void {
    switch (effect.do) {
      case "make-offer":
        this.due.push({ type: "offer-made", link: effect.link, sdp: fingerprintOf("victim") });
        break;
      case "check-ticket":
        this.#check(effect);
        break;
      case "make-answer":
        this.#needsVouching(effect.link, effect.sdp, before);
        this.due.push({ type: "answer-made", link: effect.link, sdp: fingerprintOf("victim") });
        break;
      case "apply-answer":
        this.#needsVouching(effect.link, effect.sdp, before);
        break;
      case "send-frame":
        if (effect.frame.type !== "hello") this.#needsGreeting(effect.link);
        break;
      case "send-piece": {
        this.#needsGreeting(effect.link);
        const content = (this.state.links.get(effect.link) ?? before.get(effect.link))?.content ?? "";
        const right = this.chunk(content, effect.chunk).subarray(effect.offset, effect.offset + effect.bytes.length);
        if (effect.bytes.length === 0 || Buffer.compare(right, effect.bytes) !== 0)
          throw new Error("served a wrong piece");
        if (!this.#verified.has(`${content} ${effect.chunk}`)) throw new Error("served what was never verified");
        break;
      }
      case "read-chunk": {
        const { link, chunk } = effect;
        this.due.push({ type: "chunk-read", link, chunk, bytes: this.chunk(effect.content, chunk) });
        break;
      }
      default:
        break;
    }
  }

  #check({ link, ticket, sdp, expected }: Effect & { do: "check-ticket" }): void {
    const claims = ticket.endsWith(".c2ln") ? parseClaims(payloadOf(ticket)) : null;
    const code = claims === null ? "ticket-invalid" : refuseClaims(claims, { ...expected, fingerprint: sdp });
    if (claims === null || code !== null) {
      this.due.push({ type: "link-faulted", link, code: code ?? "ticket-invalid" });
      return;
    }
    this.#vouched.add([link, ticket, sdp].join(" "));
    this.due.push({ type: "ticket-passed", link, ticket, sdp, claims });
  }

  #needsVouching(id: string, sdp: string, before: ReadonlyMap<string, Link>): void {
    const ticket = (this.state.links.get(id) ?? before.get(id))?.theirTicket ?? "";
    if (!this.#vouched.has([id, ticket, sdp].join(" ")))
      throw new Error("a description was used that nothing vouches for");
  }

  #needsGreeting(id: string): void {
    if (!this.#greeted.has(id)) throw new Error("somebody was told something without a ticket");
  }

  #admit({ content, chunk, source, pieces, leaf }: Effect & { do: "admit" }): void {
    const file = this.files.find((each) => each.manifest.contentId === content);
    if (file === undefined || Buffer.compare(leaf, leafOf(file.manifest, chunk)) !== 0) throw new Error("another leaf");
    const right = Buffer.compare(sha256(Uint8Array.of(0), ...pieces.map((piece) => piece.bytes)), leaf) === 0;
    if (right) this.#verified.add(`${content} ${chunk}`);
    this.due.push({ type: "admitted", content, chunk, source, outcome: right ? "kept" : "wrong" });
  }

  #unverified(): string[] {
    const held = [...this.state.swarms.values()].flatMap(({ content, chunks, held }) =>
      Array.from({ length: chunks }, (_, chunk) => chunk)
        .filter((chunk) => held.has(chunk))
        .map((chunk) => `${content} ${chunk}`),
    );
    return held.filter((each) => !this.#verified.has(each)).map((each) => `${each} was never verified`);
  }

  #keep(file: HubFile, chunks: number): KeptContent {
    const origins = new Uint8Array(chunkCount(file.manifest)).fill(ORIGIN.own, 0, chunks);
    origins.forEach((origin, chunk) => {
      if (origin !== ORIGIN.missing) this.#verified.add(`${file.manifest.contentId} ${chunk}`);
    });
    return {
      resource: file.resource,
      name: "file",
      manifest: file.manifest,
      origins,
      note: null,
      pinned: false,
      onRequest: false,
      usedAt: 0,
    };
  }

  #file(number: number): HubFile {
    const file = this.files[number % this.files.length];
    if (file === undefined) throw new Error("no files");
    return file;
  }
}

/** As the hub names somebody. */
export function neighbourOf(name: string): Neighbour {
  return { peer: shortId(name), member: shortId(`m-${name}`), fingerprint: fingerprintOf(name) };
}
