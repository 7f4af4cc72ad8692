package io.hubmesh.mesh.signalling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** A hub behind a proxy that names the host in a header of its own. */
@TestPropertySource(properties = "server.forward-headers-strategy=framework")
class BehindProxyTests extends MeshStories {

    BehindProxyTests(MeshWorld world) {
        super(world);
    }

    @Test
    void thePeerIsSentToTheHostThatItKnowsTheHubBy() throws Exception {
        TestPeer peer = peerWith(
                "AA",
                "Authorization",
                "Bearer " + anna.token(),
                "X-Forwarded-Host",
                "hub.example",
                "X-Forwarded-Port",
                "443");
        assertThat(peer.join().get("stun").get(0).stringValue()).startsWith("stun:hub.example:");
    }

    @Test
    void peersOfOneNetworkAreNamedToEachOtherFirst() throws Exception {
        List<String> near =
                List.of(from("192.0.2.1", anna).id(), from("192.0.2.2", ben).id());
        from("198.51.100.1", anna);
        from("203.0.113.1", ben);
        from("2001:db8::1", anna);
        TestPeer newcomer = peerFrom("192.0.2.99", ben);
        newcomer.enter(file, manifest.contentId(), CHUNKS);
        JsonNode peers = newcomer.await("neighbours").get("peers");
        assertThat(peers).hasSize(4);
        assertThat(near)
                .containsExactlyInAnyOrder(
                        peers.get(0).get("peer").stringValue(),
                        peers.get(1).get("peer").stringValue());
    }

    private TestPeer from(String address, Member member) throws InterruptedException {
        TestPeer peer = peerFrom(address, member);
        peer.enter(file, manifest.contentId(), CHUNKS);
        peer.await("neighbours");
        return peer;
    }

    private TestPeer peerFrom(String address, Member member) throws InterruptedException {
        TestPeer peer = peerWith("AA", "Authorization", "Bearer " + member.token(), "X-Forwarded-For", address);
        peer.join();
        return peer;
    }
}
