import type { RefusalCode } from "./refusals";

/** The version byte of `hello`. */
export const LINK_VERSION = 0x01;

/** Most indexes in one `have`. */
export const MOST_HAVE_INDEXES = 1024;

/** Most indexes in one `request`, `cancel`, `reject` or `given`. */
export const MOST_REQUEST_INDEXES = 64;

/** Bytes before the payload of a `piece`: type, chunk, offset. */
export const PIECE_HEADER_BYTES = 9;

/** Most bytes of a chunk in one `piece`: a chunk of any size but its last is a whole number of them. */
export const LARGEST_PIECE = 64 * 1024;

/** Largest message of a link, in bytes, header included. */
export const LARGEST_FRAME = PIECE_HEADER_BYTES + LARGEST_PIECE;

/** Longest ticket in a `hello`, in bytes. */
const LONGEST_TICKET = 4096;

/** Why a request is not served, as the byte of `reject`. */
export const REJECT_CODES = { "not-held": 1, busy: 2, ticket: 3, bounds: 4, leaving: 5 } as const;

export type RejectReason = keyof typeof REJECT_CODES;

export type ControlFrame =
  | { type: "hello"; epoch: number; ticket: string }
  | { type: "have-all"; bitmap: Uint8Array }
  | { type: "have"; chunks: number[] }
  | { type: "given"; chunks: number[] }
  | { type: "request"; chunks: number[] }
  | { type: "cancel"; chunks: number[] }
  | { type: "reject"; reason: RejectReason; chunks: number[] };

/** Part of a chunk; `bytes` is a view of the message it came in. */
export interface PieceFrame {
  type: "piece";
  chunk: number;
  offset: number;
  bytes: Uint8Array<ArrayBuffer>;
}

export type Frame = ControlFrame | PieceFrame;

export type ChannelLabel = "control" | "bulk";

/** A frame, or why the link must end. */
export type ReadFrame = Frame | { type: "refused"; code: RefusalCode };

const TYPES = {
  hello: 0x01,
  "have-all": 0x02,
  have: 0x03,
  request: 0x04,
  cancel: 0x05,
  reject: 0x06,
  given: 0x07,
  piece: 0x10,
} as const;

const rejectReasons = new Map<number, RejectReason>(
  Object.entries(REJECT_CODES).map(([reason, code]) => [code, reason as RejectReason]),
);

/** The message of a control frame. */
export function encodeControl(frame: ControlFrame): Uint8Array<ArrayBuffer> {
  switch (frame.type) {
    case "hello":
      return encodeHello(frame.epoch, frame.ticket);
    case "have-all": {
      const message = new Uint8Array(1 + frame.bitmap.length);
      message[0] = TYPES["have-all"];
      message.set(frame.bitmap, 1);
      return message;
    }
    case "have":
    case "given":
    case "request":
    case "cancel":
      return encodeIndexes([TYPES[frame.type]], frame.chunks);
    case "reject":
      return encodeIndexes([TYPES.reject, REJECT_CODES[frame.reason]], frame.chunks);
  }
}

/** The message of a piece: one copy of its bytes behind the header. */
export function encodePiece(chunk: number, offset: number, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const message = new Uint8Array(PIECE_HEADER_BYTES + bytes.length);
  const view = new DataView(message.buffer);
  message[0] = TYPES.piece;
  view.setUint32(1, chunk);
  view.setUint32(5, offset);
  message.set(bytes, PIECE_HEADER_BYTES);
  return message;
}

/** Reads one message of a channel; never throws. Indexes are checked against a content by the caller. */
export function readFrame(channel: ChannelLabel, message: Uint8Array<ArrayBuffer>): ReadFrame {
  const type = message[0];
  if (type === undefined || message.length > LARGEST_FRAME) return refused("frame-length");
  if (type === TYPES.piece) return channel === "bulk" ? readPiece(message) : refused("frame-channel");
  if (!Object.values<number>(TYPES).includes(type)) return refused("frame-unknown");
  if (channel !== "control") return refused("frame-channel");
  switch (type) {
    case TYPES.hello:
      return readHello(message);
    case TYPES["have-all"]:
      return { type: "have-all", bitmap: message.subarray(1) };
    case TYPES.have:
      return withIndexes(message, 1, 1, MOST_HAVE_INDEXES, (chunks) => ({ type: "have", chunks }));
    case TYPES.given:
      return withIndexes(message, 1, 1, MOST_REQUEST_INDEXES, (chunks) => ({ type: "given", chunks }));
    case TYPES.request:
      return withIndexes(message, 1, 1, MOST_REQUEST_INDEXES, (chunks) => ({ type: "request", chunks }));
    case TYPES.cancel:
      return withIndexes(message, 1, 1, MOST_REQUEST_INDEXES, (chunks) => ({ type: "cancel", chunks }));
    default:
      return readReject(message);
  }
}

function refused(code: RefusalCode): ReadFrame {
  return { type: "refused", code };
}

function encodeHello(epoch: number, ticket: string): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(ticket);
  const message = new Uint8Array(6 + text.length);
  message[0] = TYPES.hello;
  message[1] = LINK_VERSION;
  new DataView(message.buffer).setUint32(2, epoch);
  message.set(text, 6);
  return message;
}

function encodeIndexes(head: number[], chunks: number[]): Uint8Array<ArrayBuffer> {
  const message = new Uint8Array(head.length + 4 * chunks.length);
  message.set(head);
  const view = new DataView(message.buffer);
  chunks.forEach((chunk, position) => {
    view.setUint32(head.length + 4 * position, chunk);
  });
  return message;
}

function readHello(message: Uint8Array<ArrayBuffer>): ReadFrame {
  if (message.length < 7 || message.length > 6 + LONGEST_TICKET) return refused("frame-length");
  if (message[1] !== LINK_VERSION) return refused("frame-unknown");
  const epoch = viewOf(message).getUint32(2);
  try {
    const ticket = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(message.subarray(6));
    return { type: "hello", epoch, ticket };
  } catch {
    return refused("hello-mismatch");
  }
}

function withIndexes(
  message: Uint8Array<ArrayBuffer>,
  from: number,
  least: number,
  most: number,
  make: (chunks: number[]) => Frame,
): ReadFrame {
  const bytes = message.length - from;
  if (bytes < 4 * least || bytes > 4 * most || bytes % 4 !== 0) return refused("frame-length");
  const view = viewOf(message);
  return make(Array.from({ length: bytes / 4 }, (_, position) => view.getUint32(from + 4 * position)));
}

function readReject(message: Uint8Array<ArrayBuffer>): ReadFrame {
  const code = message[1];
  if (code === undefined) return refused("frame-length");
  const reason = rejectReasons.get(code);
  if (reason === undefined) return refused("frame-unknown");
  return withIndexes(message, 2, 0, MOST_REQUEST_INDEXES, (chunks) => ({ type: "reject", reason, chunks }));
}

function readPiece(message: Uint8Array<ArrayBuffer>): ReadFrame {
  if (message.length <= PIECE_HEADER_BYTES) return refused("frame-length");
  const view = viewOf(message);
  const bytes = message.subarray(PIECE_HEADER_BYTES);
  return { type: "piece", chunk: view.getUint32(1), offset: view.getUint32(5), bytes };
}

function viewOf(message: Uint8Array): DataView {
  return new DataView(message.buffer, message.byteOffset, message.byteLength);
}
