package io.hubmesh.mesh.signalling;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.ResourceId;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A peer as the hub sees it: a real socket, and no browser behind it. */
final class TestPeer implements WebSocket.Listener, AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final ContentId NOTHING = new ContentId("0".repeat(64));
    private static final int PATIENCE_SECONDS = 60;

    private final String fingerprint;
    private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
    private final BlockingQueue<JsonNode> pings = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private final WebSocket socket;
    private @Nullable JsonNode welcome;

    /** @param mark two hexadecimal digits that the peer's fingerprint consists of */
    TestPeer(int port, String token, String mark) {
        this(port, mark, "Authorization", "Bearer " + token);
    }

    /** @param headers of the handshake: a name, its value, and so on */
    TestPeer(int port, String mark, String... headers) {
        this.fingerprint = mark + (":" + mark).repeat(31);
        WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
        for (int index = 0; index < headers.length; index += 2) {
            builder.header(headers[index], headers[index + 1]);
        }
        this.socket = builder.buildAsync(URI.create("ws://localhost:" + port + "/api/v1/mesh/socket"), this)
                .join();
    }

    String fingerprint() {
        return fingerprint;
    }

    JsonNode join() throws InterruptedException {
        say(message("hello").put("protocol", 1).put("fingerprint", fingerprint));
        JsonNode answer = await("welcome");
        welcome = answer;
        return answer;
    }

    String id() {
        JsonNode answer = welcome;
        assertThat(answer).isNotNull();
        return answer.get("peer").stringValue();
    }

    /** Of the membership. */
    String ticket() {
        JsonNode answer = welcome;
        assertThat(answer).isNotNull();
        return answer.get("ticket").stringValue();
    }

    void enter(ResourceId resource, ContentId content, int chunks, int... have) {
        say(message("enter")
                .put("resource", resource.toString())
                .put("content", content.hex())
                .put("have", bitmap(chunks, have)));
    }

    static String bitmap(int chunks, int... set) {
        byte[] bitmap = new byte[(chunks + 7) / 8];
        Arrays.stream(set).forEach(chunk -> bitmap[chunk / 8] |= (byte) (0x80 >> chunk % 8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bitmap);
    }

    void offer(String to, ContentId content, String link, String sdpFingerprint, String ticket) {
        say(message("signal")
                .put("to", to)
                .put("content", content.hex())
                .put("link", link)
                .put("kind", "offer")
                .put("sdp", "v=0\r\na=fingerprint:sha-256 " + sdpFingerprint + "\r\n")
                .put("ticket", ticket));
    }

    /** @param most how many chunks the content has */
    void lease(ContentId content, int most, int... wanted) {
        say(message("lease")
                .put("content", content.hex())
                .put("model", "peers")
                .put("wanted", bitmap(most, wanted))
                .put("room", 32));
    }

    void have(ContentId content, int... chunks) {
        ObjectNode news = message("have").put("content", content.hex());
        var array = news.putArray("chunks");
        Arrays.stream(chunks).forEach(array::add);
        say(news);
    }

    static ObjectNode message(String type) {
        return JSON.createObjectNode().put("type", type);
    }

    void say(ObjectNode message) {
        say(message.toString());
    }

    void say(String message) {
        socket.sendText(message, true).join();
    }

    /** The next message, which must be of that type. */
    JsonNode await(String type) throws InterruptedException {
        JsonNode message = next();
        assertThat(message.get("type").stringValue()).as(message.toString()).isEqualTo(type);
        return message;
    }

    private JsonNode next() throws InterruptedException {
        JsonNode message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("the hub says nothing");
        }
        return message;
    }

    void awaitProblem(String code) throws InterruptedException {
        assertThat(await("problem").get("code").stringValue()).isEqualTo(code);
    }

    /** What the hub has said without being asked, when everything said so far has been handled. */
    List<JsonNode> heard() throws InterruptedException {
        lease(NOTHING, 1, 0);
        List<JsonNode> heard = new ArrayList<>();
        for (JsonNode message = next(); !message.get("type").stringValue().equals("problem"); message = next()) {
            heard.add(message);
        }
        return heard;
    }

    /** The code of the next message, which must be a problem. */
    String problem() {
        try {
            return await("problem").get("code").stringValue();
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    /** Everything that has come and has not been looked at. */
    List<JsonNode> unread() {
        return List.copyOf(messages);
    }

    /** Everything said so far has been handled: the hub answers in order. */
    void settle() throws InterruptedException {
        lease(NOTHING, 1, 0);
        await("problem");
    }

    /** The hub asks for a sign of life now and then, between whatever else it says. */
    void awaitPing() throws InterruptedException {
        assertThat(pings.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isNotNull();
    }

    int awaitClose() {
        return closed.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            JsonNode message = JSON.readTree(text.toString());
            boolean ping = message.get("type").stringValue().equals("ping");
            (ping ? pings : messages).add(message);
            text.setLength(0);
        }
        from.request(1);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        closed.complete(status);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.completeExceptionally(error);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
