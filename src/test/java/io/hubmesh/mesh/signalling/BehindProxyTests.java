package io.hubmesh.mesh.signalling;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

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
}
