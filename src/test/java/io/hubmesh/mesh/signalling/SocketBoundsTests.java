package io.hubmesh.mesh.signalling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.hubmesh.kernel.PeerId;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.mesh.events.PeerLeft;
import io.hubmesh.mesh.swarm.Limits;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What no socket may do, and how it ends. */
class SocketBoundsTests extends MeshStories {

    SocketBoundsTests(MeshWorld world) {
        super(world);
    }

    @BeforeEach
    void timeStandsStill() {
        world.clock().stop();
    }

    @Test
    void nothingGoesBeforeHelloAndHelloGoesOnce() throws Exception {
        TestPeer peer = peer(anna, "AA");
        peer.lease(manifest.contentId(), CHUNKS, 0);
        peer.awaitProblem("not-joined");
        peer.settle();
        peer.join();
        peer.say(TestPeer.message("hello").put("protocol", 1).put("fingerprint", peer.fingerprint()));
        peer.awaitProblem("message-invalid");
    }

    @Test
    void theTenthInvalidMessageEndsTheSocket() throws Exception {
        TestPeer peer = joined(anna, "AA");
        for (int count = 0; count < 10; count++) {
            peer.say("{\"type\":\"shout\"}");
            peer.awaitProblem("message-invalid");
        }
        assertThat(peer.await("bye").get("code").stringValue()).isEqualTo("message-invalid");
        assertThat(peer.awaitClose()).isEqualTo(1008);
        awaitLeft(peer);
    }

    @Test
    void aMessageThatIsTooLargeEndsTheSocket() throws Exception {
        TestPeer peer = joined(anna, "AA");
        peer.say("\"" + "x".repeat(70_000) + "\"");
        awaitLeft(peer);
    }

    private void awaitLeft(TestPeer peer) throws InterruptedException {
        world.facts().await(PeerLeft.class, left -> left.peer().equals(new PeerId(peer.id())));
    }

    @Test
    void aFloodEndsTheSocket() throws Exception {
        TestPeer peer = joined(anna, "AA");
        for (int count = 0;
                count < 2_000 && world.mesh().isJoined(anna.account().id());
                count++) {
            try {
                peer.say("{\"type\":\"problem\",\"code\":\"x\",\"detail\":\"x\"}");
            } catch (CompletionException closed) {
                break; // the hub has ended it while this was on its way
            }
        }
        assertThat(peer.await("bye").get("code").stringValue()).isEqualTo("too-many-requests");
        assertThat(peer.awaitClose()).isEqualTo(1008);
    }

    @Test
    void thePeersOfAnAccountSendOnlySoMuchTogether() throws Exception {
        int each = MessageRate.BURST - 10;
        for (int sent = 0; sent + each < MessageRate.ACCOUNT_BURST - 20; sent += each) {
            TestPeer peer = joined(anna, "AA");
            chatter(peer, each);
            peer.settle();
        }
        TestPeer oneMore = joined(anna, "AA");
        TestPeer other = joined(ben, "BB");
        chatter(oneMore, each);
        assertThat(oneMore.await("bye").get("code").stringValue()).isEqualTo("too-many-requests");
        other.settle();
    }

    private static void chatter(TestPeer peer, int messages) {
        for (int count = 0; count < messages; count++) {
            try {
                peer.say("{\"type\":\"problem\",\"code\":\"x\",\"detail\":\"x\"}");
            } catch (CompletionException closed) {
                return; // the hub has ended it while this was on its way
            }
        }
    }

    @Test
    void anAccountHasOnlySoManyPeers() throws Exception {
        for (int count = 0; count < Limits.PEERS_PER_ACCOUNT; count++) {
            joined(anna, "AA");
        }
        TestPeer oneTooMany = peer(anna, "AA");
        oneTooMany.say(TestPeer.message("hello").put("protocol", 1).put("fingerprint", oneTooMany.fingerprint()));
        oneTooMany.awaitProblem("too-many-requests");
        assertThat(oneTooMany.await("bye").get("code").stringValue()).isEqualTo("too-many-requests");
        assertThat(oneTooMany.awaitClose()).isEqualTo(1008);
    }

    @Test
    void whoFallsSilentIsDropped() throws Exception {
        TestPeer peer = joined(anna, "AA");
        world.clock().shift(Limits.SILENCE);
        world.upkeep().dropSilent();
        assertThat(peer.await("bye").get("code").stringValue()).isEqualTo("silent");
        assertThat(peer.awaitClose()).isEqualTo(1008);
        assertThat(world.mesh().isJoined(anna.account().id())).isFalse();
    }

    @Test
    void enteringAgainAndAgainIsRefusedAndTheSocketStays() throws Exception {
        TestPeer peer = joined(anna, "AA");
        for (int count = 0; count < MessageRate.ENTERS_AT_ONCE; count++) {
            peer.enter(file, manifest.contentId(), CHUNKS);
        }
        for (int count = 0; count < MessageRate.ENTERS_AT_ONCE; count++) {
            peer.await("neighbours");
        }
        int refused = 0;
        for (int count = 0; count < MessageRate.ENTERS_AT_ONCE; count++) {
            peer.enter(ResourceId.ROOT, manifest.contentId(), CHUNKS);
            String code = peer.await("problem").get("code").stringValue();
            refused += code.equals("too-many-requests") ? 1 : 0;
        }
        assertThat(refused).as("many more than the tenth that ends a socket").isGreaterThan(10);
        peer.settle();
    }

    @Test
    void whoAnswersThePingsOfTheHubStays() throws Exception {
        TestPeer peer = joined(anna, "AA");
        world.clock().shift(Limits.SILENCE.minusSeconds(1));
        world.upkeep().ping();
        peer.awaitPing();
        peer.say(TestPeer.message("ping"));
        peer.settle();
        world.clock().shift(Limits.SILENCE.minusSeconds(1));
        world.upkeep().dropSilent();
        assertThat(world.mesh().isJoined(anna.account().id())).isTrue();
    }

    @Test
    void strangersAndOtherOriginsDoNotGetIn() {
        assertThat(handshakeStatus("Authorization", "Bearer hm_wrong")).isEqualTo(401);
        assertThat(handshakeStatus("Origin", "http://localhost:" + world.port()))
                .isEqualTo(401);
        assertThat(handshakeStatus("Authorization", "Bearer " + anna.token(), "Origin", "https://evil.example"))
                .isEqualTo(403);
    }

    private int handshakeStatus(String... headers) {
        WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
        for (int index = 0; index < headers.length; index += 2) {
            builder.header(headers[index], headers[index + 1]);
        }
        CompletionException refusal = (CompletionException) catchThrowable(() -> builder.buildAsync(
                        URI.create("ws://localhost:" + world.port() + "/api/v1/mesh/socket"),
                        new WebSocket.Listener() {})
                .join());
        return refusal.getCause() instanceof WebSocketHandshakeException handshake
                ? handshake.getResponse().statusCode()
                : 0;
    }
}
