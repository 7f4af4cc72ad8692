package io.hubmesh.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.util.List;

/** Counts in every page of a browser what comes over its links, so that the peer's own counts are held against the wire. */
final class Witness {

    /** Byte 0 of a frame says what it is; the bytes of a piece begin after chunk and offset. */
    private static final String SCRIPT = """
            window.wire = { pieceBytes: 0, connections: [] };
            (() => {
              const listen = channel => channel.addEventListener("message", ({ data }) => {
                if (data instanceof ArrayBuffer && new Uint8Array(data)[0] === 0x10) wire.pieceBytes += data.byteLength - 9;
              });
              const Original = RTCPeerConnection;
              window.RTCPeerConnection = class extends Original {
                constructor(...settings) {
                  super(...settings);
                  wire.connections.push(this);
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

    /** The lines of the page's own descriptions that name an address. */
    @SuppressWarnings("unchecked")
    static List<String> candidates(Page page) {
        return (List<String>) page.evaluate(CANDIDATES);
    }
}
