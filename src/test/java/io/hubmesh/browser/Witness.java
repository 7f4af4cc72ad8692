package io.hubmesh.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Counts in every page of a browser what comes over its links, so that the peer's own counts are held against the wire. */
final class Witness {

    /** Byte 0 of a frame says what it is; the bytes of a piece begin after chunk and offset. */
    private static final String SCRIPT = """
            window.wire = { pieceBytes: 0, pieces: new Map(), connections: [], states: [] };
            (() => {
              const listen = channel => channel.addEventListener("message", ({ data }) => {
                if (!(data instanceof ArrayBuffer) || new Uint8Array(data)[0] !== 0x10) return;
                wire.pieceBytes += data.byteLength - 9;
                const chunk = new DataView(data).getUint32(1);
                wire.pieces.set(chunk, (wire.pieces.get(chunk) ?? 0) + data.byteLength - 9);
              });
              const Original = RTCPeerConnection;
              window.RTCPeerConnection = class extends Original {
                constructor(...settings) {
                  super(...settings);
                  wire.connections.push(this);
                  this.addEventListener("connectionstatechange", () => wire.states.push([Date.now(), this.connectionState]));
                  this.addEventListener("datachannel", ({ channel }) => listen(channel));
                }
                createDataChannel(...settings) {
                  const channel = super.createDataChannel(...settings);
                  listen(channel);
                  return channel;
                }
              };
            })();
            """;

    private static final String CANDIDATES =
            "() => wire.connections.flatMap(c => (c.localDescription?.sdp ?? '').split(/\\r?\\n/)).filter(line => line.startsWith('a=candidate:'))";

    /** Chosen pairs of the connections that are not closed: how either end is known to the other (W3C webrtc-stats). */
    private static final String PAIRS = """
            () => Promise.all(wire.connections.filter(c => c.connectionState !== "closed").map(async c => {
              const stats = new Map();
              (await c.getStats()).forEach(each => stats.set(each.id, each));
              const transport = [...stats.values()].find(each => each.type === "transport");
              const pair = stats.get(transport?.selectedCandidatePairId);
              const name = end => `${end?.candidateType} ${end?.address}:${end?.port}`;
              return `${name(stats.get(pair?.localCandidateId))} to ${name(stats.get(pair?.remoteCandidateId))}`;
            }))
            """;

    /** Since when, in milliseconds since 1970. */
    private static final String STATES =
            "since => wire.states.filter(([at]) => at >= since).map(([at, state]) => `${state} after ${((at - since) / 1000).toFixed(1)} s`)";

    private static final String PIECES = "() => [...wire.pieces].map(([chunk, bytes]) => [chunk, bytes])";

    private Witness() {}

    /** Watches every page that this browser opens from now on. */
    static BrowserContext in(BrowserContext browser) {
        browser.addInitScript(SCRIPT);
        return browser;
    }

    /** Bytes of chunks, wanted or not, that have come over links since the page was loaded. */
    static long pieceBytes(Page page) {
        return ((Number) page.evaluate("() => wire.pieceBytes")).longValue();
    }

    /** Connections that are not closed. */
    static int connections(Page page) {
        return (int) page.evaluate("() => wire.connections.filter(c => c.connectionState !== 'closed').length");
    }

    /** Connections that were ever made. */
    static int made(Page page) {
        return (int) page.evaluate("() => wire.connections.length");
    }

    /** The chosen pair of each connection that is not closed. */
    @SuppressWarnings("unchecked")
    static List<String> pairs(Page page) {
        return (List<String>) page.evaluate(PAIRS);
    }

    /** The time in the page, for {@link #states}: milliseconds since 1970. */
    static double now(Page page) {
        return ((Number) page.evaluate("() => Date.now()")).doubleValue();
    }

    /** How the connections of the page have stood since then: each state, and after how long it came. */
    @SuppressWarnings("unchecked")
    static List<String> states(Page page, double since) {
        return (List<String>) page.evaluate(STATES, since);
    }

    /** Bytes of each chunk that have come over links, wanted or not. */
    @SuppressWarnings("unchecked")
    static Map<Integer, Long> pieces(Page page) {
        return ((List<List<Number>>) page.evaluate(PIECES))
                .stream().collect(Collectors.toMap(each -> each.get(0).intValue(), each -> each.get(1)
                        .longValue()));
    }

    /** The lines of the page's own descriptions that name an address. */
    @SuppressWarnings("unchecked")
    static List<String> candidates(Page page) {
        return (List<String>) page.evaluate(CANDIDATES);
    }
}
