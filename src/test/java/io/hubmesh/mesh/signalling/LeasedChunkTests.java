package io.hubmesh.mesh.signalling;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.mesh.events.LeaseServed;
import io.hubmesh.mesh.swarm.Limits;
import io.hubmesh.permissions.Level;
import io.hubmesh.storage.Manifest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Chunks from the hub, under leases. */
class LeasedChunkTests extends MeshStories {

    LeasedChunkTests(MeshWorld world) {
        super(world);
    }

    @BeforeEach
    void timeStandsStill() {
        world.clock().stop();
    }

    @Test
    void aLeasedChunkComesFromTheHubToItsHolderOnly() throws Exception {
        TestPeer peer = entered(anna, "AA");
        peer.lease(manifest.contentId(), CHUNKS, 3, 0);
        JsonNode leased = peer.await("leased");
        String lease = leased.get("lease").stringValue();
        assertThat(leased.get("chunks").values()).extracting(JsonNode::intValue).containsExactlyInAnyOrder(0, 3);
        HttpResponse<byte[]> last = get(anna, "/api/v1/mesh/leases/" + lease + "/chunks/3");
        assertThat(last.statusCode()).isEqualTo(200);
        assertThat(last.headers().firstValue("Content-Type")).contains("application/octet-stream");
        assertThat(last.body()).isEqualTo(Arrays.copyOfRange(bytes, 3 * CHUNK, SIZE));
        LeaseServed served = awaitServed(manifest.contentId());
        assertThat(served.bytes()).isEqualTo(SIZE - 3 * CHUNK);
        assertThat(get(anna, "/api/v1/mesh/leases/" + lease + "/chunks/0").body())
                .isEqualTo(Arrays.copyOf(bytes, CHUNK));

        assertRefused(get(anna, "/api/v1/mesh/leases/" + lease + "/chunks/1"), 403, "lease-invalid");
        assertRefused(get(anna, "/api/v1/mesh/leases/" + lease + "/chunks/-1"), 403, "lease-invalid");
        assertRefused(get(ben, "/api/v1/mesh/leases/" + lease + "/chunks/0"), 403, "lease-invalid");
        assertRefused(get(anna, "/api/v1/mesh/leases/" + LINK + "/chunks/0"), 403, "lease-invalid");
        world.clock().shift(Limits.LEASE);
        assertRefused(get(anna, "/api/v1/mesh/leases/" + lease + "/chunks/0"), 403, "lease-invalid");
    }

    @Test
    void whatTheHubHasSentMakesRoomForMore() throws Exception {
        Manifest large = stored(world, new byte[32 * CHUNK]);
        ResourceId other = world.changes()
                .addFile(administrator, ResourceId.ROOT, unique("large"), "application/octet-stream", large)
                .id();
        world.access().grant(administrator, other, anna.account().name(), Level.READ);
        TestPeer peer = joined(anna, "AA");
        peer.enter(other, large.contentId(), 32);
        peer.await("neighbours");
        int[] all = IntStream.range(0, 32).toArray();
        peer.lease(large.contentId(), 32, all);
        JsonNode leased = peer.await("leased");
        peer.lease(large.contentId(), 32, all);
        assertThat(peer.await("leased").get("chunks")).isEmpty();
        int chunk = leased.get("chunks").get(0).intValue();
        get(anna, "/api/v1/mesh/leases/" + leased.get("lease").stringValue() + "/chunks/" + chunk);
        awaitServed(large.contentId());
        peer.lease(large.contentId(), 32, all);
        assertThat(peer.await("leased").get("chunks")).hasSize(1);
    }

    @Test
    void whatAPeerHoldsIsLeasedOnlyToWhoHasWaited() throws Exception {
        TestPeer seeder = joined(anna, "AA");
        seeder.enter(file, manifest.contentId(), CHUNKS, 0, 1, 2, 3);
        seeder.await("neighbours");
        TestPeer receiver = entered(ben, "BB");
        receiver.lease(manifest.contentId(), CHUNKS, 0, 1);
        JsonNode answer = receiver.await("leased");
        assertThat(answer.get("chunks")).isEmpty();
        assertThat(answer.has("lease")).isFalse();
        assertThat(answer.get("retryAfterMillis").longValue()).isBetween(1L, 2000L);
        world.clock().shift(Limits.PATIENCE);
        receiver.lease(manifest.contentId(), CHUNKS, 0, 1);
        assertThat(receiver.await("leased").get("chunks")).hasSize(2);
        receiver.lease(manifest.contentId(), 2 * CHUNKS + 1, 4);
        receiver.awaitProblem("message-invalid");
    }

    /** It is told when the answer has ended, which its reader may know before. */
    private LeaseServed awaitServed(ContentId content) throws InterruptedException {
        return world.facts().await(LeaseServed.class, served -> served.content().equals(content));
    }
}
