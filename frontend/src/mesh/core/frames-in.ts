import { isLive } from "./link-life";
import { type ControlFrame, type Frame, MOST_REQUEST_INDEXES } from "../../protocol/frames";
import { Bitmap, readBitmap } from "../../protocol/bitmap";
import { receivePiece } from "./chunks";
import { FRAMES_PER_SECOND, MOST_FRAMES_AT_ONCE } from "./constants";
import { advance, countCopies, faultLink } from "./links";
import { askLink, rejected } from "./requests";
import { receiveCancel, receiveRequest } from "./serving";
import type { Link, Swarm, Work } from "./state";

/** A frame has come over a link. Its shape is good; whether it fits the moment and the content is looked at here. */
export function receiveFrame(work: Work, link: Link, frame: Frame): void {
  const swarm = work.state.swarms.get(link.content);
  if (swarm === undefined) return;
  if (frame.type !== "piece" && isFlood(link, work.now)) {
    faultLink(work, link, "frame-flood");
    return;
  }
  if (link.status === "greeting") {
    if (frame.type !== "hello") faultLink(work, link, "frame-early");
    else if (frame.ticket !== link.theirTicket) faultLink(work, link, "hello-mismatch");
    else advance(work, link, "hello-arrived");
    return;
  }
  if (!isLive(link.status)) return;
  if (frame.type === "piece") receivePiece(work, swarm, link, frame);
  else receiveControl(work, swarm, link, frame);
}

/** Counts a control frame: each costs work, and nothing else bounds how many come. Pieces are bounded by what was asked. */
function isFlood(link: Link, now: number): boolean {
  const { left, at } = link.frames;
  const saved = left + (Math.max(0, now - at) * FRAMES_PER_SECOND) / 1000;
  link.frames = { left: Math.min(MOST_FRAMES_AT_ONCE, saved) - 1, at: now };
  return link.frames.left < 0;
}

function receiveControl(work: Work, swarm: Swarm, link: Link, frame: ControlFrame): void {
  if (frame.type === "hello") {
    faultLink(work, link, "frame-early");
    return;
  }
  if (frame.type === "have-all") {
    receiveHaveAll(work, swarm, link, frame.bitmap);
    return;
  }
  if (frame.chunks.some((chunk) => chunk >= swarm.chunks) || frame.chunks.length > maximum(frame)) {
    faultLink(work, link, "frame-range");
    return;
  }
  switch (frame.type) {
    case "have":
      receiveHave(work, swarm, link, frame.chunks);
      break;
    case "given":
      for (const chunk of frame.chunks) if (link.have?.has(chunk) === true) swarm.promised.add(chunk);
      break;
    case "request":
      receiveRequest(work, swarm, link, frame.chunks);
      break;
    case "cancel":
      receiveCancel(work, link, frame.chunks);
      break;
    case "reject":
      rejected(work, swarm, link, frame.chunks, frame.reason === "busy");
      break;
  }
}

function maximum(frame: ControlFrame): number {
  return frame.type === "have" ? Number.POSITIVE_INFINITY : MOST_REQUEST_INDEXES;
}

function receiveHaveAll(work: Work, swarm: Swarm, link: Link, bytes: Uint8Array): void {
  const bitmap = readBitmap(bytes, swarm.chunks);
  if (bitmap === null || link.have !== null) {
    faultLink(work, link, bitmap === null ? "frame-range" : "frame-flood");
    return;
  }
  link.have = bitmap;
  countCopies(swarm, link, 1);
  askLink(work, swarm, link);
}

function receiveHave(work: Work, swarm: Swarm, link: Link, chunks: readonly number[]): void {
  link.have ??= new Bitmap(swarm.chunks);
  let news = false;
  for (const chunk of chunks) {
    const added = link.have.add(chunk);
    if (added) swarm.copies[chunk] = (swarm.copies[chunk] ?? 0) + 1;
    news = link.refusedUntil.delete(chunk) || added || news;
  }
  if (news) askLink(work, swarm, link);
}
