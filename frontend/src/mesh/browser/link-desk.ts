import { type ChannelLabel, type ControlFrame, encodeControl, type Frame, readFrame } from "../../protocol/frames";
import type { RefusalCode } from "../../protocol/refusals";
import { fingerprintOf } from "../../protocol/sdp";
import { refuseClaims, type TicketClaims } from "../../protocol/ticket";
import type { Bytes, Effect, IceSettings } from "../core/events";
import type { LinkFacts, LinkListener, LinkMaker, PeerLink, TicketVerifier } from "../ports";

/** What links tell the engine; it adds the time. */
export type LinkNews =
  | { type: "offer-made" | "answer-made"; link: string; sdp: string }
  | { type: "ticket-passed"; link: string; ticket: string; sdp: string; claims: TicketClaims }
  | { type: "link-faulted"; link: string; code: RefusalCode }
  | { type: "channels-opened"; link: string; largestMessage: number }
  | { type: "link-lost" | "path-lost" | "path-back"; link: string }
  | ({ type: "link-facts"; link: string } & LinkFacts)
  | { type: "frame"; link: string; frame: Frame }
  | { type: "drained"; link: string; buffered: number };

type CheckTicket = Effect & { do: "check-ticket" };
type LinkEffect = Effect & {
  do: "make-offer" | "make-answer" | "make-restart" | "apply-answer" | "close-link";
};

/** The real links behind the ids that the core knows. */
export class LinkDesk {
  readonly #maker: LinkMaker;
  readonly #tell: (news: LinkNews) => void;
  readonly #links = new Map<string, PeerLink>();
  readonly #filled = new Set<string>();

  constructor(maker: LinkMaker, tell: (news: LinkNews) => void) {
    this.#maker = maker;
    this.#tell = tell;
  }

  /** Makes, answers, accepts or closes. */
  act(effect: LinkEffect): void {
    switch (effect.do) {
      case "make-offer":
        void this.#describe(effect.link, "offer-made", () => this.#make(effect.link, effect.ice).offer());
        break;
      case "make-answer":
        void this.#describe(effect.link, "answer-made", () => {
          const link = this.#links.get(effect.link);
          link?.configure(effect.ice);
          return (link ?? this.#make(effect.link, effect.ice)).answer(effect.sdp);
        });
        break;
      case "make-restart": {
        const link = this.#links.get(effect.link);
        if (link === undefined) break;
        void this.#describe(effect.link, "offer-made", () => {
          link.configure(effect.ice);
          return link.restart();
        });
        break;
      }
      case "apply-answer":
        this.#links
          .get(effect.link)
          ?.accept(effect.sdp)
          .catch(() => {
            this.#tell({ type: "link-faulted", link: effect.link, code: "description-invalid" });
          });
        break;
      case "close-link":
        this.#links.get(effect.link)?.close();
        this.#links.delete(effect.link);
        this.#filled.delete(effect.link);
        break;
    }
  }

  /** Checks the other end's ticket and description; nothing of the description has been applied yet. */
  async check({ link, ticket, sdp, key, expected }: CheckTicket, verifier: TicketVerifier): Promise<void> {
    const found = fingerprintOf(sdp);
    if ("refused" in found) {
      this.#tell({ type: "link-faulted", link, code: found.refused });
      return;
    }
    const claims = await verifier.ticket(ticket, key);
    if (typeof claims === "string") {
      this.#tell({ type: "link-faulted", link, code: claims });
      return;
    }
    const refusal = refuseClaims(claims, { ...expected, fingerprint: found.fingerprint });
    if (refusal !== null) this.#tell({ type: "link-faulted", link, code: refusal });
    else this.#tell({ type: "ticket-passed", link, ticket, sdp, claims });
  }

  sendFrame(link: string, frame: ControlFrame): void {
    this.send(link, "control", encodeControl(frame));
  }

  send(id: string, channel: ChannelLabel, message: Bytes): void {
    const link = this.#links.get(id);
    if (link === undefined) return;
    try {
      link.send(channel, message);
      if (channel === "bulk") this.#filled.add(id);
    } catch {
      this.#tell({ type: "link-lost", link: id });
    }
  }

  /** Tells the core how full the channels really are that it has just filled. */
  reportBuffers(): void {
    for (const id of this.#filled) this.#reportBuffer(id);
    this.#filled.clear();
  }

  /** Asks each link for its path and round trip. */
  look(): void {
    for (const [id, link] of this.#links) {
      void link.facts().then((facts) => {
        this.#tell({ type: "link-facts", link: id, ...facts });
      });
    }
  }

  #make(id: string, ice: IceSettings): PeerLink {
    const link = this.#maker.make(ice, this.#listen(id));
    this.#links.set(id, link);
    return link;
  }

  #listen(id: string): LinkListener {
    return {
      opened: (largestMessage) => {
        this.#tell({ type: "channels-opened", link: id, largestMessage });
        const link = this.#links.get(id);
        if (link === undefined) return;
        void link.facts().then((facts) => {
          this.#tell({ type: "link-facts", link: id, ...facts });
        });
      },
      message: (channel, bytes) => {
        const frame = readFrame(channel, bytes);
        if (frame.type === "refused") this.#tell({ type: "link-faulted", link: id, code: frame.code });
        else this.#tell({ type: "frame", link: id, frame });
      },
      drained: () => {
        this.#reportBuffer(id);
      },
      severed: () => {
        this.#tell({ type: "path-lost", link: id });
      },
      mended: () => {
        this.#tell({ type: "path-back", link: id });
      },
      lost: () => {
        this.#tell({ type: "link-lost", link: id });
      },
    };
  }

  #reportBuffer(id: string): void {
    const link = this.#links.get(id);
    if (link !== undefined) this.#tell({ type: "drained", link: id, buffered: link.buffered() });
  }

  async #describe(link: string, type: "offer-made" | "answer-made", describe: () => Promise<string>): Promise<void> {
    try {
      this.#tell({ type, link, sdp: await describe() });
    } catch {
      this.#tell({ type: "link-faulted", link, code: "description-invalid" });
    }
  }
}
