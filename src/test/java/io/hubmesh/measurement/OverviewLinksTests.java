package io.hubmesh.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubmesh.HubFixture;
import io.hubmesh.HubTest;
import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.library.Resource;
import io.hubmesh.mesh.swarm.Network;
import io.hubmesh.mesh.swarm.Peer;
import io.hubmesh.mesh.swarm.Registry;
import io.hubmesh.mesh.ticket.Fingerprint;
import io.hubmesh.permissions.Level;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;

/** Who is told which links of the mesh. */
@HubTest
@Import(HubFixture.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class OverviewLinksTests {

    private static final int SIZE = 100_000;
    private static final int PEERS = 6;

    private final HubFixture hub;
    private final Registry registry;
    private final Overviews overviews;
    private final Clock clock;
    private final List<Peer> joined = new ArrayList<>();

    OverviewLinksTests(HubFixture hub, Registry registry, Overviews overviews, Clock clock) {
        this.hub = hub;
        this.registry = registry;
        this.overviews = overviews;
        this.clock = clock;
    }

    @AfterEach
    void leave() {
        joined.forEach(peer -> registry.leave(peer.id()));
    }

    @Test
    void anAdministratorSeesEveryEdgeOnceAndAMemberThoseOfTheirOwnPeers() {
        Resource file = hub.file(HubFixture.bytes(SIZE));
        Subject one = hub.member();
        Peer ones = enter(one, file);
        Peer anothers = enter(hub.member(), file);
        Peer thirds = enter(hub.member(), file);

        assertThat(overviews.of(hub.administrator()).links())
                .containsExactlyInAnyOrder(
                        edge(ones, anothers, file), edge(ones, thirds, file), edge(anothers, thirds, file));
        assertThat(overviews.of(one).links())
                .containsExactlyInAnyOrder(edge(ones, anothers, file), edge(ones, thirds, file));
        assertThat(overviews.of(hub.member()).links()).isEmpty();
    }

    @Test
    void aGraphIsToldUpToItsBound() {
        List<Subject> members = List.of(hub.member(), hub.member());
        List<Peer> peers = new ArrayList<>();
        for (int peer = 0; peer < PEERS; peer++) {
            peers.add(join(members.get(peer % members.size())));
        }
        // Everybody in a swarm has four edges at least.
        int edges = PEERS * 4 / 2;
        // again where the hub, which looks every minute, has found that nobody may be there
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            for (int swarm = 0; swarm * edges <= Overviews.MOST_LINKS; swarm++) {
                ContentId content = new ContentId(String.format(Locale.ROOT, "%064x", swarm));
                peers.forEach(peer -> enter(peer, content, new ResourceId(new UUID(0, 77))));
            }
            assertThat(overviews.of(hub.administrator()).links())
                    .hasSize(Overviews.MOST_LINKS)
                    .doesNotHaveDuplicates();
        });
    }

    private Peer enter(Subject member, Resource file) {
        hub.grant(member, file, Level.READ);
        Peer peer = join(member);
        enter(peer, Objects.requireNonNull(file.file()).contentId(), file.id());
        return peer;
    }

    private Peer join(Subject member) {
        Peer peer = new Peer(
                Peer.newId(new SecureRandom()),
                member.accountId(),
                new Fingerprint("AB" + ":AB".repeat(31)),
                Network.UNKNOWN,
                clock.instant());
        joined.add(peer);
        assertThat(registry.join(peer)).isTrue();
        return peer;
    }

    private void enter(Peer peer, ContentId content, ResourceId resource) {
        assertThat(registry.enter(peer.id(), content, resource, 2, SIZE, new BitSet()))
                .isTrue();
    }

    private static Overview.LinkEntry edge(Peer one, Peer other, Resource file) {
        boolean ordered = one.id().value().compareTo(other.id().value()) < 0;
        return new Overview.LinkEntry(
                (ordered ? one : other).id().value(),
                (ordered ? other : one).id().value(),
                Objects.requireNonNull(file.file()).contentId().hex(),
                null);
    }
}
