import { isLive } from "./link-life";
import {
  ABANDON_MILLIS,
  CHUNK_DEADLINE_MILLIS,
  LARGEST_WINDOW_BYTES,
  LEAST_PIECE_BYTES,
  LEAST_REQUESTS,
  MOST_ASKED_BYTES,
  MOST_FORGIVEN_BYTES,
  MOST_REQUESTS,
  MOST_UNSETTLED_BYTES,
  REJECT_PAUSE_MILLIS,
  SILENT_MILLIS,
  WINDOW_MILLIS,
} from "./constants";
import { countWaste } from "./accounting";
import { mayTake, take } from "./bucket";
import { dropLeases } from "./lease";
import { countSource } from "./loose";
import { lengthOf, pickChunk } from "./picker";
import { type Asked, isFetching, type Link, linksOf, type MeshState, type Swarm, type Work } from "./state";

/** Bytes to keep requested of a link. */
function windowOf(link: Link, chunkSize: number): number {
  return Math.max(link.window.bytes, LEAST_REQUESTS * chunkSize);
}

/**
 * A chunk of a link is whole: what is kept requested follows the time it took, and so the product of rate and delay. It shrinks at most
 * once for what was requested together.
 */
export function moveWindow(work: Work, link: Link, asked: Asked): void {
  const { window } = link;
  const aim = WINDOW_MILLIS + (link.roundTripMillis ?? 0);
  const took = work.now - asked.since;
  if (took <= aim) {
    // What a limit of this end's own keeps small need not grow.
    if (link.askedBytes + asked.length >= window.bytes / 2) {
      window.bytes = Math.min(LARGEST_WINDOW_BYTES, window.bytes + asked.length);
    }
  } else if (asked.since >= window.shrunkAt) {
    window.bytes = Math.max(LEAST_PIECE_BYTES, (window.bytes * aim) / took);
    window.shrunkAt = work.now;
  }
}

/** Asks the links of a content for more, as far as their windows and the store allow. */
export function askSwarm(work: Work, swarm: Swarm): void {
  if (!isFetching(work.state, swarm)) return;
  for (const link of linksOf(work.state, swarm.content)) askLink(work, swarm, link);
}

/** Asks one link for more. */
export function askLink(work: Work, swarm: Swarm, link: Link): void {
  if (link.status !== "open" || link.have === null || !isFetching(work.state, swarm)) return;
  const chunks: number[] = [];
  const room = roomOf(work, swarm, link);
  while (link.askedBytes < room && link.asked.size < MOST_REQUESTS && unsettled(work.state) < MOST_UNSETTLED_BYTES) {
    const chunk = pickChunk(work, swarm, link);
    if (chunk === null || !mayTake(work, work.state.download, lengthOf(swarm, chunk))) break;
    note(work, swarm, link, chunk);
    chunks.push(chunk);
  }
  if (chunks.length > 0) work.effects.push({ do: "send-frame", link: link.id, frame: { type: "request", chunks } });
}

/** Bytes that may be asked of a link: its window, while all links together leave room for it; always enough to keep it going. */
function roomOf(work: Work, swarm: Swarm, link: Link): number {
  const { chunkSize } = swarm.manifest;
  let others = 0;
  for (const each of work.state.links.values()) if (each !== link) others += each.askedBytes;
  return Math.max(LEAST_REQUESTS * chunkSize, Math.min(windowOf(link, chunkSize), MOST_ASKED_BYTES - others));
}

function note(work: Work, swarm: Swarm, link: Link, chunk: number): void {
  if (link.askedBytes === 0) link.progressAt = work.now;
  const length = lengthOf(swarm, chunk);
  link.asked.set(chunk, { chunk, length, pieces: [], got: 0, since: work.now });
  link.askedBytes += length;
  take(work.state.download, length);
  countSource(swarm, chunk, 1);
}

function unsettled(state: MeshState): number {
  let bytes = 0;
  for (const swarm of state.swarms.values()) for (const length of swarm.settling.values()) bytes += length;
  return bytes;
}

/** Takes a chunk off what is asked of a link, whole or not. */
export function forgetAsked(swarm: Swarm, link: Link, asked: Asked): void {
  if (!link.asked.delete(asked.chunk)) return;
  link.askedBytes -= asked.length;
  countSource(swarm, asked.chunk, -1);
}

/**
 * Withdraws requests of a link: what has come of them is waste. What still comes is forgiven where this end has changed its mind
 * (`tell`), not where the other has refused: asked, refusing and offering in turn it could be forgiven any number of bytes.
 */
export function withdraw(work: Work, swarm: Swarm, link: Link, asked: readonly Asked[], tell: boolean): void {
  for (const each of asked) {
    forgetAsked(swarm, link, each);
    countWaste(work, swarm, each.got);
    if (tell) link.unaskedAllowance = Math.min(MOST_FORGIVEN_BYTES, link.unaskedAllowance + each.length - each.got);
    take(work.state.download, each.got - each.length);
  }
  if (!tell || asked.length === 0) return;
  const chunks = asked.map((each) => each.chunk);
  work.effects.push({ do: "send-frame", link: link.id, frame: { type: "cancel", chunks } });
}

/** Withdraws everything asked for a content, of links and of the hub. */
export function withdrawAll(work: Work, swarm: Swarm): void {
  dropLeases(work, swarm);
  for (const link of linksOf(work.state, swarm.content)) {
    withdraw(work, swarm, link, [...link.asked.values()], isLive(link.status));
  }
}

/** Withdraws what has been asked for a content and of which nothing has come yet: fewer bytes a second may come from now on. */
export function withdrawUnbegun(work: Work, swarm: Swarm): void {
  for (const link of linksOf(work.state, swarm.content)) {
    const unbegun = [...link.asked.values()].filter((asked) => asked.got === 0);
    withdraw(work, swarm, link, unbegun, isLive(link.status));
  }
}

/** Withdraws a chunk that has come from `but` everywhere else. */
export function withdrawElsewhere(work: Work, swarm: Swarm, chunk: number, but: Link | null): void {
  if ((swarm.sources[chunk] ?? 0) === 0) return;
  for (const link of linksOf(work.state, swarm.content)) {
    const asked = link.asked.get(chunk);
    if (asked !== undefined && link !== but) withdraw(work, swarm, link, [asked], true);
  }
}

/** A peer does not serve what was asked of it. */
export function rejected(work: Work, swarm: Swarm, link: Link, chunks: readonly number[], held: boolean): void {
  const refused = chunks.length === 0 ? [...link.asked.keys()] : chunks;
  const asked = refused.flatMap((chunk) => link.asked.get(chunk) ?? []);
  withdraw(work, swarm, link, asked, false);
  const until = held ? work.now + REJECT_PAUSE_MILLIS : Number.POSITIVE_INFINITY;
  for (const each of asked) link.refusedUntil.set(each.chunk, until);
  askSwarm(work, swarm);
}

/** What quiet links hold up goes elsewhere. Answers whether the link has been silent for so long that it should end. */
export function watchLink(work: Work, swarm: Swarm, link: Link): boolean {
  if (link.askedBytes === 0) return false;
  const quiet = work.now - link.progressAt;
  if (quiet >= SILENT_MILLIS) return true;
  // The oldest request stands first; this is asked of every link four times a second, nearly always in vain.
  const [oldest] = link.asked.values();
  if (quiet < ABANDON_MILLIS && work.now - (oldest?.since ?? work.now) < CHUNK_DEADLINE_MILLIS) return false;
  const late = [...link.asked.values()].filter((asked) =>
    quiet >= ABANDON_MILLIS ? (swarm.sources[asked.chunk] ?? 0) > 1 : work.now - asked.since >= CHUNK_DEADLINE_MILLIS,
  );
  withdraw(work, swarm, link, late, true);
  for (const asked of late) link.refusedUntil.set(asked.chunk, work.now + ABANDON_MILLIS);
  return false;
}
