import { type ChannelLabel, LARGEST_FRAME } from "../../protocol/frames";
import { MeshProblem } from "../../protocol/problems";
import { fingerprintOf } from "../../protocol/sdp";
import type { Bytes, IceSettings } from "../core/events";
import type { LinkFacts, LinkListener, LinkMaker, LinkPath, PeerLink } from "../ports";

/** Milliseconds that candidates are gathered for at most; what is found later is not worth a third message. */
const GATHERING_MILLIS = 2_000;

/** Milliseconds that ICE may take a path for disconnected before another is looked for; consent is checked every 5 s (RFC 7675). */
const DISCONNECTED_MILLIS = 3_000;

/** Milliseconds after new descriptions in which a path that is still good shows itself. */
const SETTLE_MILLIS = 500;

/** Bytes in the bulk channel below which it asks for more (protocol: 256 KiB). */
const LOW_WATER_BYTES = 256 * 1024;

/** Most bytes waiting in the control channel: past it the other end does not read, and the link ends. */
const MOST_CONTROL_BYTES = 1024 * 1024;

/** Smallest message size that every SCTP stack takes, when a description names none (RFC 8841, section 6.1: 64 KiB). */
const DEFAULT_MESSAGE_BYTES = 64 * 1024;

/** Messages kept while the second channel is not open yet; a peer that sends more than greetings so early is dropped. */
const MOST_EARLY_MESSAGES = 8;

/** What names an address in a description (RFC 8839, section 5.1). */
const CANDIDATE_LINE = "a=candidate:";

/** Links over WebRTC, all with the one certificate of this session. */
export class RtcLinks implements LinkMaker {
  #certificate: Promise<RTCCertificate> | null = null;
  #made: RTCCertificate | null = null;

  async fingerprint(): Promise<string> {
    const algorithm: EcKeyGenParams = { name: "ECDSA", namedCurve: "P-256" };
    this.#certificate ??= RTCPeerConnection.generateCertificate(algorithm);
    this.#made = await this.#certificate;
    const { getFingerprints } = this.#made as { getFingerprints?: () => RTCDtlsFingerprint[] };
    const told = getFingerprints?.call(this.#made) ?? [];
    const known = told.find((each) => each.algorithm?.toLowerCase() === "sha-256")?.value;
    return known === undefined ? this.#describedFingerprint(this.#made) : known.toUpperCase();
  }

  make(ice: IceSettings, listener: LinkListener): PeerLink {
    if (this.#made === null) throw new MeshProblem("not-joined");
    const configuration = { certificates: [this.#made], iceServers: serversOf(ice) };
    return new RtcLink(new RTCPeerConnection(configuration), configuration, listener);
  }

  /** Where certificates do not tell their fingerprint: from a description that nobody is sent. */
  async #describedFingerprint(certificate: RTCCertificate): Promise<string> {
    const probe = new RTCPeerConnection({ certificates: [certificate] });
    try {
      probe.createDataChannel("probe");
      const found = fingerprintOf((await probe.createOffer()).sdp ?? "");
      if ("refused" in found) throw new MeshProblem("browser-unsupported");
      return found.fingerprint;
    } finally {
      probe.close();
    }
  }
}

class RtcLink implements PeerLink {
  readonly #connection: RTCPeerConnection;
  readonly #configuration: RTCConfiguration;
  readonly #listener: LinkListener;
  readonly #channels: Partial<Record<ChannelLabel, RTCDataChannel>> = {};
  #early: { channel: ChannelLabel; bytes: Bytes }[] = [];
  #open = false;
  #ended = false;
  #severed = false;
  #patience: ReturnType<typeof setTimeout> | null = null;

  constructor(connection: RTCPeerConnection, configuration: RTCConfiguration, listener: LinkListener) {
    this.#connection = connection;
    this.#configuration = configuration;
    this.#listener = listener;
    connection.onconnectionstatechange = () => {
      this.#stateChanged();
    };
    connection.ondatachannel = ({ channel }) => {
      this.#take(channel);
    };
  }

  /** ICE takes an open link's path for lost only after a while: many come back by themselves. */
  #stateChanged(): void {
    const { connectionState } = this.#connection;
    if (connectionState === "closed" || (connectionState === "failed" && !this.#open)) {
      this.#end();
      return;
    }
    if (connectionState === "connected") this.#found();
    else if (connectionState === "failed") this.#sever();
    else if (connectionState === "disconnected" && this.#open && this.#patience === null) {
      this.#patience = setTimeout(() => {
        this.#sever();
      }, DISCONNECTED_MILLIS);
    }
  }

  #sever(): void {
    clearTimeout(this.#patience ?? undefined);
    this.#patience = null;
    if (this.#severed) return;
    this.#severed = true;
    this.#listener.severed();
  }

  #found(): void {
    clearTimeout(this.#patience ?? undefined);
    this.#patience = null;
    if (!this.#severed) return;
    this.#severed = false;
    this.#listener.mended();
  }

  async offer(): Promise<string> {
    this.#take(this.#connection.createDataChannel("control", { ordered: true }));
    this.#take(this.#connection.createDataChannel("bulk", { ordered: false }));
    await this.#connection.setLocalDescription(await this.#connection.createOffer());
    return this.#gathered();
  }

  async restart(): Promise<string> {
    await this.#connection.setLocalDescription(await this.#connection.createOffer({ iceRestart: true }));
    return this.#gathered();
  }

  async answer(description: string): Promise<string> {
    const again = this.#open;
    await this.#connection.setRemoteDescription({ type: "offer", sdp: description });
    await this.#connection.setLocalDescription(await this.#connection.createAnswer());
    const sdp = await this.#gathered();
    if (again) this.#lookAgain();
    return sdp;
  }

  async accept(description: string): Promise<void> {
    await this.#connection.setRemoteDescription({ type: "answer", sdp: description });
    if (this.#open) this.#lookAgain();
  }

  /** A path that was never lost at this end, or came back meanwhile, changes no state that could be heard of. */
  #lookAgain(): void {
    this.#severed = true;
    setTimeout(() => {
      if (this.#connection.connectionState === "connected") this.#found();
    }, SETTLE_MILLIS);
  }

  send(label: ChannelLabel, message: Bytes): void {
    const channel = this.#channels[label];
    if (channel?.readyState !== "open") throw new MeshProblem("unexpected", "the channel is not open");
    if (label === "control" && channel.bufferedAmount > MOST_CONTROL_BYTES) {
      throw new MeshProblem("unexpected", "the other end does not read");
    }
    channel.send(message);
  }

  buffered(): number {
    return this.#channels.bulk?.bufferedAmount ?? 0;
  }

  async facts(): Promise<LinkFacts> {
    const stats = await this.#connection.getStats().catch(() => null);
    return stats === null ? { path: null, roundTripMillis: null } : factsOf(stats);
  }

  configure(ice: IceSettings): void {
    // A connection that has just been closed takes no settings, and needs none.
    if (this.#connection.signalingState === "closed") return;
    this.#connection.setConfiguration({ ...this.#configuration, iceServers: serversOf(ice) });
  }

  close(): void {
    clearTimeout(this.#patience ?? undefined);
    this.#ended = true;
    this.#connection.onconnectionstatechange = null;
    this.#connection.ondatachannel = null;
    for (const channel of Object.values(this.#channels)) {
      channel.onopen = channel.onclose = channel.onmessage = channel.onbufferedamountlow = null;
    }
    this.#connection.close();
  }

  #take(channel: RTCDataChannel): void {
    const { label } = channel;
    if ((label !== "control" && label !== "bulk") || this.#channels[label] !== undefined) {
      this.#end();
      return;
    }
    this.#channels[label] = channel;
    channel.binaryType = "arraybuffer";
    channel.bufferedAmountLowThreshold = LOW_WATER_BYTES;
    channel.onopen = () => {
      this.#opened();
    };
    channel.onclose = () => {
      this.#end();
    };
    channel.onmessage = (event: MessageEvent<unknown>) => {
      this.#receive(label, event.data);
    };
    if (label === "bulk") {
      channel.onbufferedamountlow = () => {
        this.#listener.drained();
      };
    }
    if (channel.readyState === "open") this.#opened();
  }

  #opened(): void {
    if (this.#open || this.#ended) return;
    if (this.#channels.control?.readyState !== "open" || this.#channels.bulk?.readyState !== "open") return;
    this.#open = true;
    const largest = this.#connection.sctp?.maxMessageSize ?? DEFAULT_MESSAGE_BYTES;
    this.#listener.opened(largest > 0 ? Math.min(largest, LARGEST_FRAME) : LARGEST_FRAME);
    const early = this.#early;
    this.#early = [];
    for (const { channel, bytes } of early) this.#receive(channel, bytes.buffer);
  }

  #receive(channel: ChannelLabel, data: unknown): void {
    if (this.#ended) return;
    // Text is no frame: an empty message is refused by the reader like any other wrong length.
    const bytes = data instanceof ArrayBuffer ? new Uint8Array(data) : new Uint8Array(0);
    if (this.#open) this.#listener.message(channel, bytes);
    else if (this.#early.length < MOST_EARLY_MESSAGES) this.#early.push({ channel, bytes });
    else this.#end();
  }

  #end(): void {
    if (this.#ended) return;
    this.close();
    this.#listener.lost();
  }

  /**
   * The local description once all candidates are in it, or those found in time. Right after a restart the connection may still call the
   * gathering before it complete: that one's candidates are in the description no more.
   */
  #gathered(): Promise<string> {
    const connection = this.#connection;
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        connection.onicegatheringstatechange = null;
        resolve(connection.localDescription?.sdp ?? "");
      };
      const timer = setTimeout(done, GATHERING_MILLIS);
      connection.onicegatheringstatechange = () => {
        if (connection.iceGatheringState === "complete") done();
      };
      const described = connection.localDescription?.sdp ?? "";
      if (connection.iceGatheringState === "complete" && described.includes(CANDIDATE_LINE)) done();
    });
  }
}

const PATHS: readonly string[] = ["host", "srflx", "prflx", "relay"] satisfies LinkPath[];

function serversOf({ stun, turn }: IceSettings): RTCIceServer[] {
  const servers: RTCIceServer[] = stun.length === 0 ? [] : [{ urls: [...stun] }];
  if (turn !== null) servers.push({ urls: [...turn.urls], username: turn.username, credential: turn.credential });
  return servers;
}

/** The selected candidate pair and its two candidates (W3C webrtc-stats). */
function factsOf(stats: RTCStatsReport): LinkFacts {
  const all = new Map<string, Record<string, unknown>>();
  stats.forEach((each: Record<string, unknown> & { id: string }) => {
    all.set(each.id, each);
  });
  const every = [...all.values()];
  const transport = every.find((each) => each["type"] === "transport");
  const chosen = transport?.["selectedCandidatePairId"];
  const pair =
    (typeof chosen === "string" ? all.get(chosen) : undefined) ??
    every.find((each) => each["type"] === "candidate-pair" && each["nominated"] === true);
  const seconds = pair?.["currentRoundTripTime"];
  const kindOf = (end: "localCandidateId" | "remoteCandidateId"): unknown => {
    const id = pair?.[end];
    return typeof id === "string" ? all.get(id)?.["candidateType"] : undefined;
  };
  const kind = kindOf("remoteCandidateId") === "relay" ? "relay" : kindOf("localCandidateId");
  return {
    path: typeof kind === "string" && PATHS.includes(kind) ? (kind as LinkPath) : null,
    roundTripMillis: typeof seconds === "number" ? Math.round(seconds * 10_000) / 10 : null,
  };
}
