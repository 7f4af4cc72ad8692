import fc from "fast-check";
import { beforeAll, describe, it } from "vitest";
import type { Frame } from "../../src/protocol/frames";
import type { HubMessage } from "../../src/protocol/messages";
import { HUB_PROBLEMS } from "../../src/protocol/problems";
import { REFUSALS } from "../../src/protocol/refusals";
import type { Link } from "../../src/mesh/core/state";
import { bytesOf, manifestOf } from "../mesh/files";
import { type HubFile, shortId } from "../mesh/virtual-hub";
import { patience, runs } from "./runs";
import { fingerprintOf, neighbourOf, Victim } from "./victim";

const CHUNKS = 6;
const NAMES = ["anna", "ben", "carl", "dora", "emil", "fay", "gus", "hal", "ida", "jo", "kit", "lea"];

let files: HubFile[];

beforeAll(async () => {
  files = await Promise.all(
    [1, 2, 3].map(async (seed) => {
      const bytes = bytesOf((CHUNKS - 1) * 65_536 + 1_000, seed);
      return { resource: `0b5f1d0e-7a52-4e57-9a43-3a9f2d9c1b7${seed}`, bytes, manifest: await manifestOf(bytes) };
    }),
  );
});

/** What an attacker, or chance, does next. The numbers choose among what there is at that moment. */
interface Move {
  what: (typeof MOVES)[number];
  who: number;
  which: number;
  how: number;
  chunks: number[];
}

const MOVES = [
  ...([
    "befriend",
    "befriend",
    "serve",
    "serve",
    "serve",
    "answer",
    "answer",
    "answer",
    "answer-again",
    "all",
  ] as const),
  ...([
    "offer",
    "reply",
    "refuse",
    "have",
    "have-all",
    "given",
    "request",
    "cancel",
    "reject",
    "piece",
    "hello",
  ] as const),
  ...([
    "lost",
    "drained",
    "opened",
    "hub",
    "neighbours",
    "revoke",
    "welcome",
    "socket",
    "wait",
    "wait",
    "user",
  ] as const),
] as const;

const small = fc.nat({ max: 40 });
const move: fc.Arbitrary<Move> = fc.record({
  what: fc.constantFrom(...MOVES),
  who: small,
  which: small,
  how: small,
  chunks: fc.array(fc.oneof({ arbitrary: fc.nat({ max: CHUNKS - 1 }), weight: 9 }, fc.nat()), {
    minLength: 1,
    maxLength: 5,
  }),
});

function at<T>(items: readonly T[], number: number): T | undefined {
  return items.length === 0 ? undefined : items[number % items.length];
}

function nameOf(move: Move): string {
  return at(NAMES, move.who) ?? "";
}

function contentOf(number: number): string {
  return at(files, number)?.manifest.contentId ?? "";
}

function linkOf(victim: Victim, move: Move): Link | undefined {
  return at([...victim.state.links.values()], move.which);
}

/** A ticket, good or wrong in one way. */
function ticketOf(victim: Victim, name: string, content: string, how: number): string {
  const good = victim.ticket(name, content);
  const wrong: readonly string[] = [
    ...[victim.ticket(name, content, { exp: Math.floor(victim.now / 1000) }), victim.ticket(name, contentOf(1))],
    ...[victim.ticket(name, undefined), victim.ticket("kim", content), victim.ticket(name, content, { iss: "x" })],
    ...[victim.ticket(name, content, { fp: fingerprintOf("kim") }), good.replace(/c2ln$/, "Zm9yZ2Vk"), "a.b.c"],
  ];
  return how % 3 === 0 ? (at(wrong, how) ?? good) : good;
}

/** The whole way to an open link, with a good ticket. */
function befriend(victim: Victim, move: Move): void {
  const name = nameOf(move);
  const content = contentOf(move.which);
  const link = shortId(`l-${name}-${move.which % 3}-${move.how % 2}`);
  const ticket = victim.ticket(name, content);
  victim.signal(name, { kind: "offer", content, link, sdp: fingerprintOf(name), ticket });
  victim.answerAll();
  victim.tell({ type: "channels-opened", link, largestMessage: 65_536 });
  victim.frame(link, { type: "hello", epoch: 1, ticket });
  victim.frame(link, { type: "have-all", bitmap: Uint8Array.of(0b1111_1100) });
}

/** Bytes of something that was asked for: mostly right, or spoilt, short, or from elsewhere. */
function serve(victim: Victim, move: Move): void {
  const links = [...victim.state.links.values()].filter((link) => link.asked.size > 0);
  const link = at(links, move.which);
  const asked = link === undefined ? undefined : at([...link.asked.values()], move.how);
  if (link === undefined || asked === undefined) return;
  const bytes = victim.chunk(link.content, asked.chunk, move.how % 5 === 0);
  const cut = move.how % 7 === 0 ? bytes.slice(0, 700) : bytes;
  for (let from = 0; from < cut.length; from += 60_000) {
    const offset = move.how % 11 === 0 ? 0 : from;
    const { id } = link;
    if (!victim.state.links.has(id)) return;
    victim.frame(id, { type: "piece", chunk: asked.chunk, offset, bytes: cut.slice(from, from + 60_000) });
  }
}

function frameOf(victim: Victim, move: Move, link: Link): Frame | null {
  const { chunks, how, which } = move;
  switch (move.what) {
    case "hello":
      return { type: "hello", epoch: how, ticket: how % 2 === 0 ? link.theirTicket : "a.b.c" };
    case "have-all":
      return { type: "have-all", bitmap: at([[0b1111_1100], [0], [0xff], [], [0xf0, 1]], how)?.map(Number) as never };
    case "have":
    case "given":
    case "request":
    case "cancel":
      return { type: move.what, chunks: chunks.slice(0, 1 + (how % 5)) };
    case "reject":
      return { type: "reject", reason: how % 2 === 0 ? "busy" : "not-held", chunks: how % 5 === 0 ? [] : chunks };
    case "piece": {
      const chunk = chunks[0] ?? 0;
      const bytes = victim.chunk(link.content, which % CHUNKS).slice(0, 1 + ((how * 1_601) % 65_000));
      return { type: "piece", chunk, offset: how % 3 === 0 ? 0 : (which * 9_973) % 70_000, bytes };
    }
    default:
      return null;
  }
}

function hubSays(victim: Victim, move: Move): HubMessage {
  const { who, which, how, chunks } = move;
  const content = contentOf(which);
  const problem = { type: "problem", detail: "", code: at(HUB_PROBLEMS, how) ?? "unexpected" } as const;
  const said: HubMessage[] = [
    { type: "ping" },
    { type: "bye", code: how % 9 === 0 ? "sign-in-required" : "silent" },
    { ...problem, content: how % 2 === 0 ? content : null, link: null },
    { ...problem, content, link: linkOf(victim, move)?.id ?? null },
    {
      type: "leased",
      content,
      lease: how % 4 === 0 ? null : "lease",
      chunks,
      retryAfterMillis: how % 3 === 0 ? how : null,
    },
    { type: "neighbours", content, ticket: "a.b.c", peers: [neighbourOf(nameOf(move))], part: [shortId("ben")] },
  ];
  return at(said, who) ?? { type: "ping" };
}

function userDoes(victim: Victim, { who, which, how }: Move): void {
  const transfer = at([...victim.state.transfers.keys()].reverse(), which % 3) ?? "";
  const content = contentOf(which);
  const does: Parameters<typeof victim.tell>[0][] = [
    { type: "pause", transfer },
    { type: "resume", transfer },
    { type: "resume", transfer },
    { type: "cancel", transfer },
    { type: "join", fingerprint: fingerprintOf("victim") },
    { type: "lease-failed", content, chunk: who % CHUNKS, problem: "hub-unreachable" },
    { type: "admit-failed", content, chunk: who % CHUNKS, source: { kind: "hub" }, problem: "storage-full" },
    how % 4 === 0 ? { type: "forget", content } : { type: "leave" },
  ];
  const next = at(does, who);
  if (who % 3 === 0 || next === undefined) victim.fetch(which);
  else victim.tell(next);
}

function signals(victim: Victim, move: Move): void {
  const { what, which, how } = move;
  const name = nameOf(move);
  const link = linkOf(victim, move);
  const content = what === "offer" ? contentOf(which) : (link?.content ?? contentOf(which));
  const id = what === "offer" ? shortId(`l-${name}-${which % 3}-${how % 2}`) : (link?.id ?? shortId("none"));
  if (what === "refuse") {
    victim.signal(link?.peer.replace(/_+$/, "") ?? name, {
      kind: "refuse",
      content,
      link: id,
      code: at(REFUSALS, how) ?? "busy",
    });
    return;
  }
  const kind = what === "offer" ? "offer" : "answer";
  const from = kind === "answer" && how % 4 > 0 && link !== undefined ? link.peer.replace(/_+$/, "") : name;
  const sdp = fingerprintOf(how % 5 === 0 ? "kim" : from);
  victim.signal(from, { kind, content, link: id, sdp, ticket: ticketOf(victim, from, content, how) });
}

function make(victim: Victim, move: Move): void {
  const { what, which, how } = move;
  switch (what) {
    case "befriend":
      befriend(victim, move);
      break;
    case "serve":
      serve(victim, move);
      break;
    case "answer":
    case "answer-again": {
      const due = at(victim.due, which);
      if (what === "answer" && due !== undefined) victim.due.splice(which % victim.due.length, 1);
      if (due?.type === "lease-bytes" && how % 4 === 0) victim.tell({ ...due, bytes: due.bytes.slice(how % 3) });
      else if (due !== undefined) victim.tell(due);
      break;
    }
    case "all":
      victim.answerAll();
      break;
    case "offer":
    case "reply":
    case "refuse":
      signals(victim, move);
      break;
    case "hub":
      victim.hear(hubSays(victim, move));
      break;
    case "neighbours":
      victim.neighbours(contentOf(which), NAMES.slice(how % 8, 9));
      break;
    case "revoke":
      victim.hear({ type: "revoked", list: victim.revocations(how % 6, how % 3 === 0 ? [nameOf(move)] : []) });
      break;
    case "welcome":
      victim.welcome(how % 8 === 0 ? "somebody-else" : "victim");
      break;
    case "socket":
      victim.tell({ type: how % 3 === 0 ? "hub-lost" : "hub-opened" });
      break;
    case "wait":
      victim.now += at([0, 100, 250, 1_000, 2_500, 16_000, 46_000, 61_000, 400_000], how) ?? 0;
      victim.tell({ type: "tick" });
      break;
    case "user":
      userDoes(victim, move);
      break;
    default:
      onLink(victim, move);
  }
}

function onLink(victim: Victim, move: Move): void {
  const link = linkOf(victim, move);
  if (link === undefined) return;
  const { id } = link;
  const frame = frameOf(victim, move, link);
  if (frame !== null)
    victim.frame(id, frame.type === "have-all" ? { ...frame, bitmap: Uint8Array.from(frame.bitmap) } : frame);
  else if (move.what === "drained") victim.tell({ type: "drained", link: id, buffered: 0 });
  else if (move.what === "lost") victim.tell({ type: "link-lost", link: id });
  else if (move.what === "opened") {
    const largestMessage = at([65_536, 262_144, 0, 9, 12, 1_200, 16_384], move.how) ?? 0;
    victim.tell({ type: "channels-opened", link: id, largestMessage });
  }
}

describe("whatever peers and the hub do", () => {
  it(
    "the core goes on, keeps to its bounds, verifies what it keeps, and serves nobody without a ticket",
    () => {
      fc.assert(
        fc.property(fc.array(move, { maxLength: 160, size: "max" }), (moves) => {
          const victim = new Victim(files).begin();
          for (const each of moves) make(victim, each);
        }),
        { ...runs(250), endOnFailure: true },
      );
    },
    patience(120_000),
  );
});
