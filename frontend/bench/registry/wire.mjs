// The lean end of a WebSocket (RFC 6455) for load: ASCII texts below 64 KiB, and no look at what a correct server never sends.
import { connect } from "node:net";

/** Any key will do: the load trusts its server. */
const KEY = "dGhlIHNhbXBsZSBub25jZQ==";

const TEXT = 1;
const CLOSE = 8;
const PING = 9;
const PONG = 10;

/** Masked, as a client's frames must be, with a mask of zeros: the server's work is the same, and the load's is less. */
const MASKED = 0x80;
const MASK_BYTES = 4;

/** All sockets of a process read into one buffer, and have taken what they need before the next one reads. */
const incoming = Buffer.allocUnsafe(64 * 1024);

/** One frame as it goes out. */
export function frame(text, opcode = TEXT) {
  const length = text.length;
  const head = length < 126 ? 2 : 4;
  const bytes = Buffer.alloc(head + MASK_BYTES + length);
  bytes[0] = 0x80 | opcode;
  bytes[1] = MASKED | (length < 126 ? length : 126);
  if (length >= 126) bytes.writeUInt16BE(length, 2);
  bytes.latin1Write(text, head + MASK_BYTES);
  return bytes;
}

export class Wire {
  #rest = null;
  #open = false;

  /**
   * Connects at once. `on.open()` once it is upgraded, `on.text(text)` for each message, `on.gone(why)` when it has ended other
   * than by `close`.
   */
  constructor({ port, localAddress, path, headers }, on) {
    this.on = on;
    const lines = [`GET ${path} HTTP/1.1`, `Host: 127.0.0.1:${port}`, "Connection: Upgrade", "Upgrade: websocket"];
    lines.push("Sec-WebSocket-Version: 13", `Sec-WebSocket-Key: ${KEY}`, ...headers, "", "");
    const callback = (count) => {
      this.#read(count);
      return true;
    };
    this.socket = connect({
      port,
      host: "127.0.0.1",
      localAddress,
      noDelay: true,
      onread: { buffer: incoming, callback },
    });
    this.socket.once("connect", () => this.socket.write(lines.join("\r\n")));
    this.socket.on("error", (failure) => this.#gone(failure.message));
    this.socket.on("close", () => this.#gone("closed"));
  }

  send(bytes) {
    this.socket.write(bytes);
  }

  close() {
    this.on = null;
    this.socket.destroy();
  }

  #gone(why) {
    const on = this.on;
    this.on = null;
    on?.gone(why);
  }

  #read(count) {
    let bytes = incoming.subarray(0, count);
    if (this.#rest !== null) {
      bytes = Buffer.concat([this.#rest, bytes]);
      this.#rest = null;
    }
    let at = this.#open ? 0 : this.#upgraded(bytes);
    while (this.on !== null && at < bytes.length) {
      const next = this.#frame(bytes, at);
      if (next === at) break;
      at = next;
    }
    if (this.on !== null && at < bytes.length) this.#rest = Buffer.from(bytes.subarray(at));
  }

  /** Where the frames begin; 0 while the answer is not whole. */
  #upgraded(bytes) {
    const end = bytes.indexOf("\r\n\r\n");
    if (end < 0) return 0;
    const status = bytes.latin1Slice(9, 12);
    if (status !== "101") {
      this.#gone(`answered with ${status}`);
      this.socket.destroy();
      return 0;
    }
    this.#open = true;
    this.on.open();
    return end + 4;
  }

  /** Where the next frame begins; `at` itself when this one is not whole or the socket is not open. */
  #frame(bytes, at) {
    if (!this.#open || bytes.length - at < 2) return at;
    let length = bytes[at + 1];
    let from = at + 2;
    if (length === 126) {
      if (bytes.length - at < 4) return at;
      length = bytes.readUInt16BE(from);
      from += 2;
    }
    if (bytes.length - from < length) return at;
    this.#take(bytes[at] & 0x0f, bytes.latin1Slice(from, from + length));
    return from + length;
  }

  #take(opcode, payload) {
    if (opcode === TEXT) this.on.text(payload);
    else if (opcode === PING) this.send(frame(payload, PONG));
    else if (opcode === CLOSE) this.#gone(`closed by the server: ${payload.slice(2)}`);
  }
}
