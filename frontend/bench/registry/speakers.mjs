// How a peer of each rival speaks. A speaker answers what a text was: "joined", "announced", "offer", "answer" or nothing, and
// sends what has to be sent. Texts are looked through rather than parsed where many come: the load shares the server's cores.
import { createHash } from "node:crypto";
import { description } from "./sdp.mjs";
import { frame } from "./wire.mjs";

/** Offers that a peer makes at once: as many as WebTorrent's client. */
export const OFFERS = 5;

const PONG = frame('{"type":"ping"}');

function hash(text) {
  return createHash("sha256").update(text).digest();
}

/** The value of a member that holds a text without escapes. */
function member(text, name) {
  const from = text.indexOf(`"${name}":"`) + name.length + 4;
  return text.slice(from, text.indexOf('"', from));
}

function fingerprintOf(index) {
  return hash(`peer ${index}`).toString("hex").toUpperCase().match(/../g).join(":");
}

/** The hub's own protocol, with the token of one of many accounts. */
export class HubPeer {
  constructor(index, { tokens, peersPerAccount, swarms, swarmSize }) {
    this.fingerprint = fingerprintOf(index);
    this.request = {
      path: "/api/v1/mesh/socket",
      headers: [`Authorization: Bearer ${tokens[Math.floor(index / peersPerAccount)]}`],
    };
    this.swarm = swarms[Math.floor(index / swarmSize)];
    this.link = hash(`link ${index}`).toString("base64url").slice(0, 22);
    this.have = index % 2 === 0 ? "gA" : "AA";
  }

  opened(wire) {
    wire.send(frame(JSON.stringify({ type: "hello", protocol: 1, fingerprint: this.fingerprint })));
    return null;
  }

  announce(wire) {
    const { resource, content } = this.swarm;
    wire.send(frame(JSON.stringify({ type: "enter", resource, content, have: this.have })));
  }

  heard(wire, text) {
    switch (member(text, "type")) {
      case "ping":
        wire.send(PONG);
        return null;
      case "welcome":
        this.id = member(text, "peer");
        return "joined";
      case "neighbours":
        return this.#entered(text);
      case "signal":
        return text.includes('"kind":"offer"') ? this.#answer(wire, text) : "answer";
      case "problem":
        throw new Error(text);
      default:
        return null;
    }
  }

  offer(wire, others) {
    for (const other of others)
      wire.send(frame(`{"type":"signal","to":"${other.id}","link":"${this.link}","kind":"offer"${this.tail}`));
  }

  #entered(text) {
    const { content } = this.swarm;
    const body = { content, sdp: description(this.fingerprint), ticket: member(text, "ticket") };
    this.tail = `,${JSON.stringify(body).slice(1)}`;
    return "announced";
  }

  #answer(wire, text) {
    const head = `{"type":"signal","to":"${member(text, "from")}","link":"${member(text, "link")}","kind":"answer"`;
    wire.send(frame(head + this.tail));
    return "offer";
  }
}

/** What WebTorrent says to its tracker: all offers in one announcement, and the tracker chooses who gets them. */
export class TrackerPeer {
  constructor(index, { swarmSize }) {
    this.request = { path: "/", headers: [] };
    this.hash = hash(`torrent ${Math.floor(index / swarmSize)}`)
      .toString("hex")
      .slice(0, 20);
    this.id = `-WW0208-${String(index).padStart(12, "0")}`;
    this.sdp = description(fingerprintOf(index));
    const head = { action: "announce", info_hash: this.hash, peer_id: this.id };
    this.head = JSON.stringify(head).slice(0, -1);
    this.tail = `"answer":${JSON.stringify({ type: "answer", sdp: this.sdp })}}`;
    this.offers = this.#offers();
  }

  opened() {
    return "joined";
  }

  announce(wire) {
    wire.send(frame(`${this.head},"event":"started","numwant":0,"uploaded":0,"downloaded":0,"left":1000}`));
  }

  heard(wire, text) {
    if (text.includes('"offer":')) return this.#answer(wire, text);
    if (text.includes('"answer":')) return "answer";
    if (text.includes('"failure reason"')) throw new Error(text);
    return "announced";
  }

  offer(wire) {
    wire.send(this.offers);
  }

  #offers() {
    const offers = Array.from({ length: OFFERS }, (_, each) => ({
      offer: { type: "offer", sdp: this.sdp },
      offer_id: hash(`${this.id} ${each}`).toString("hex").slice(0, 20),
    }));
    const counts = `"uploaded":0,"downloaded":0,"left":1000,"numwant":${OFFERS}`;
    return frame(`${this.head},${counts},"offers":${JSON.stringify(offers)}}`);
  }

  #answer(wire, text) {
    wire.send(
      frame(
        `${this.head},"to_peer_id":"${member(text, "peer_id")}","offer_id":"${member(text, "offer_id")}",${this.tail}`,
      ),
    );
    return "offer";
  }
}

/** What a PeerJS client says; it knows no swarms, so there is nothing to announce. */
export class PeerJsPeer {
  constructor(index) {
    this.id = `peer-${index}`;
    this.request = { path: `/peerjs?key=peerjs&id=${this.id}&token=t${index}&version=1.5.5`, headers: [] };
    this.sdp = description(fingerprintOf(index));
    this.offered = this.#body("OFFER", "offer");
    this.answered = this.#body("ANSWER", "answer");
  }

  opened() {
    return null;
  }

  heard(wire, text) {
    if (text.startsWith('{"type":"OPEN"')) return "joined";
    if (text.startsWith('{"type":"OFFER"')) {
      wire.send(frame(`${this.answered}"dst":"${member(text, "src")}"}`));
      return "offer";
    }
    if (text.startsWith('{"type":"ANSWER"')) return "answer";
    throw new Error(text);
  }

  offer(wire, others) {
    for (const other of others) wire.send(frame(`${this.offered}"dst":"${other.id}"}`));
  }

  #body(type, kind) {
    const payload = {
      sdp: { type: kind, sdp: this.sdp },
      type: "data",
      connectionId: `dc_${this.id}`,
      serialization: "binary",
    };
    return `${JSON.stringify({ type, payload }).slice(0, -1)},`;
  }
}

export const SPEAKERS = { hubmesh: HubPeer, "bittorrent-tracker": TrackerPeer, peer: PeerJsPeer };
