package io.hubmesh.browser;

import com.microsoft.playwright.Page;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a browser's peer says of itself at one moment: the words that its tabs hear from each other. */
record PeerView(JsonNode json) {

    /** A function that a page is handed; its promise is kept with the view as JSON text. */
    static final String ASK = """
            () => new Promise((tell, fail) => {
              const account = document.querySelector('meta[name="account"]').content;
              const channel = new BroadcastChannel(`hubmesh-peer.${account}`);
              const silent = setTimeout(() => fail(new Error("no peer in this browser")), 30_000);
              channel.onmessage = ({ data }) => {
                if (data.type !== "view") return;
                clearTimeout(silent);
                channel.close();
                tell(JSON.stringify(data.view));
              };
              channel.postMessage({ type: "who" });
            })
            """;

    private static final String TELL = """
            ([command, ...values]) => {
              const account = document.querySelector('meta[name="account"]').content;
              const channel = new BroadcastChannel(`hubmesh-peer.${account}`);
              const from = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))))
                .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
              channel.postMessage({ type: "ask", from, id: 0, command, values });
              channel.close();
            }
            """;

    /** The peer of the browser in which this page is. */
    static PeerView of(Page page) {
        return read((String) page.evaluate(ASK));
    }

    /** What {@link #ASK} has answered. */
    static PeerView read(String answer) {
        return new PeerView(JsonMapper.shared().readTree(answer));
    }

    /** Hands that peer a command, as another tab would. */
    static void tell(Page page, Object... commandAndValues) {
        page.evaluate(TELL, commandAndValues);
    }

    /** The newest transfer of a resource. */
    TransferView transfer(String resource) {
        return stream("transfers")
                .filter(transfer -> text(transfer, "resource").equals(resource))
                .reduce((first, second) -> second)
                .map(TransferView::new)
                .orElseThrow(() -> new AssertionError("No transfer of " + resource + " in " + json));
    }

    /** Verified bytes that it keeps of a resource. */
    long held(String resource) {
        return stream("held")
                .filter(held -> text(held, "resource").equals(resource))
                .mapToLong(held -> held.get("held").asLong())
                .sum();
    }

    /** How many links it has, open or being set up. */
    int links() {
        return json.get("links").size();
    }

    /** How its only link stands: {@code open}, {@code severed} and so on; {@code none} where there are none or several. */
    String linkStatus() {
        return links() == 1 ? text(json.get("links").get(0), "status") : "none";
    }

    /** {@code joined}, {@code lost} and so on. */
    String status() {
        return text(json, "status");
    }

    /** Its own peer id. */
    String id() {
        return text(json, "peer");
    }

    private Stream<JsonNode> stream(String list) {
        return json.get(list).valueStream();
    }

    private static String text(JsonNode node, String member) {
        return node.get(member).asString();
    }

    /** One transfer as its receiver counts it, in bytes. */
    record TransferView(JsonNode json) {

        String state() {
            return text(json, "state");
        }

        long fromHub() {
            return json.get("fromHub").asLong();
        }

        long fromPeers() {
            return json.get("fromPeers").asLong();
        }

        long wasted() {
            return json.get("wasted").asLong();
        }

        /** Verified bytes here now, whenever and from wherever they came. */
        long verified() {
            return json.get("held").asLong() + fromHub() + fromPeers();
        }

        /** Verified bytes that one peer sent. */
        long from(String peer) {
            Predicate<JsonNode> isPeer = source -> text(source, "id").equals(peer);
            return json.get("sources")
                    .valueStream()
                    .filter(isPeer)
                    .mapToLong(source -> source.get("bytes").asLong())
                    .sum();
        }
    }
}
