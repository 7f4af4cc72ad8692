package io.hubmesh.mesh.signalling;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.HubFixture;
import io.hubmesh.kernel.GroupId;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.library.Access;
import io.hubmesh.library.Clash;
import io.hubmesh.library.Expected;
import io.hubmesh.library.Resource;
import io.hubmesh.permissions.Level;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is taken away reaches live peers. */
class RevocationTests extends MeshStories {

    RevocationTests(MeshWorld world) {
        super(world);
    }

    @Test
    void aWithdrawnGrantReachesTheSwarm() throws Exception {
        TestPeer seeder = entered(anna, "AA");
        TestPeer receiver = joined(ben, "BB");
        receiver.enter(file, manifest.contentId(), CHUNKS);
        JsonNode ticket = claims(receiver.await("neighbours").get("ticket"));
        receiver.lease(manifest.contentId(), CHUNKS, 0);
        String lease = receiver.await("leased").get("lease").stringValue();

        world.access().withdraw(administrator, file, ben.account().name());
        JsonNode list = claims(seeder.await("revoked").get("list"));
        assertThat(receiver.await("revoked").has("list")).isTrue();
        assertThat(list.get("ep").longValue()).isGreaterThan(ticket.get("ep").longValue());
        assertThat(list.get("rev").values()).anySatisfy(entry -> {
            assertThat(entry.get("sub")).isEqualTo(ticket.get("sub"));
            assertThat(entry.get("cid")).isEqualTo(ticket.get("cid"));
        });
        assertRefused(get(ben, "/api/v1/mesh/leases/" + lease + "/chunks/0"), 403, "lease-invalid");
        receiver.enter(file, manifest.contentId(), CHUNKS);
        receiver.awaitProblem("not-found");
        receiver.lease(manifest.contentId(), CHUNKS, 1);
        receiver.awaitProblem("not-found");

        world.access().grant(administrator, file, ben.account().name(), Level.READ);
        assertThat(receiver.await("permitted").get("content").stringValue())
                .isEqualTo(manifest.contentId().hex());
        receiver.enter(file, manifest.contentId(), CHUNKS);
        JsonNode again = claims(receiver.await("neighbours").get("ticket"));
        assertThat(again.get("ep").longValue())
                .isGreaterThanOrEqualTo(list.get("ep").longValue());
    }

    @Test
    void whoLeavesAGroupLosesWhatItWasGranted() throws Exception {
        GroupId group = world.groups().create(HubFixture.fresh("group")).id();
        world.groups().add(group, ben.account().id());
        world.access().grant(administrator, file, group, Level.READ);
        world.access().withdraw(administrator, file, ben.account().name());
        TestPeer seeder = entered(anna, "AA");
        TestPeer receiver = joined(ben, "BB");
        receiver.enter(file, manifest.contentId(), CHUNKS);
        JsonNode ticket = claims(receiver.await("neighbours").get("ticket"));

        world.groups().remove(group, ben.account().id());
        JsonNode list = claims(seeder.await("revoked").get("list"));
        assertThat(receiver.await("revoked").has("list")).isTrue();
        assertThat(list.get("rev").values()).anySatisfy(entry -> {
            assertThat(entry.get("sub")).isEqualTo(ticket.get("sub"));
            assertThat(entry.get("cid")).isEqualTo(ticket.get("cid"));
        });
        world.groups().add(group, ben.account().id());
        assertThat(receiver.await("permitted").get("content").stringValue())
                .isEqualTo(manifest.contentId().hex());
        receiver.enter(file, manifest.contentId(), CHUNKS);
        receiver.await("neighbours");
        world.access().withdraw(administrator, file, group);
        receiver.await("revoked");
        world.access().grant(administrator, file, group, Level.READ);
        receiver.await("permitted");
        receiver.enter(file, manifest.contentId(), CHUNKS);
        receiver.await("neighbours");
        world.groups().delete(group);
        receiver.await("revoked");
    }

    @Test
    void whoMayComeBackIsToldOnce() throws Exception {
        GroupId group = world.groups().create(HubFixture.fresh("group")).id();
        world.groups().add(group, ben.account().id());
        TestPeer seeder = entered(anna, "AA");
        TestPeer receiver = entered(ben, "BB");
        world.access().withdraw(administrator, file, ben.account().name());
        receiver.await("revoked");
        seeder.await("revoked");

        world.access().grant(administrator, file, group, Level.READ);
        receiver.await("permitted");
        world.access().grant(administrator, file, ben.account().name(), Level.READ);
        world.access().withdraw(administrator, file, anna.account().name());
        seeder.await("revoked"); // and so everything before it has been told
        assertThat(receiver.heard()).isEmpty();
        receiver.enter(file, manifest.contentId(), CHUNKS);
        receiver.await("neighbours");
    }

    @Test
    void whoHasHungUpIsRevokedAllTheSame() throws Exception {
        TestPeer seeder = entered(anna, "AA");
        TestPeer receiver = joined(ben, "BB");
        receiver.enter(file, manifest.contentId(), CHUNKS);
        JsonNode ticket = claims(receiver.await("neighbours").get("ticket"));
        receiver.say(TestPeer.message("bye"));
        assertThat(receiver.awaitClose()).isEqualTo(1000);
        world.access().withdraw(administrator, file, ben.account().name());
        JsonNode list = claims(seeder.await("revoked").get("list"));
        assertThat(list.get("rev").values())
                .extracting(entry -> entry.get("sub"))
                .contains(ticket.get("sub"));
    }

    @Test
    void switchedOffDeliveryEndsTheSwarm() throws Exception {
        TestPeer peer = entered(anna, "AA");
        world.changes().allowPeerDelivery(administrator, file, Expected.ANY, false);
        peer.await("revoked");
        peer.enter(file, manifest.contentId(), CHUNKS);
        peer.awaitProblem("peer-delivery-off");
        assertThat(world.mesh().peers())
                .filteredOn(view -> view.peer().value().equals(peer.id()))
                .singleElement()
                .satisfies(view -> assertThat(view.swarms()).isZero());
        world.changes().allowPeerDelivery(administrator, file, Expected.ANY, true);
        assertThat(peer.await("permitted").get("content").stringValue())
                .isEqualTo(manifest.contentId().hex());
        peer.enter(file, manifest.contentId(), CHUNKS);
        peer.await("neighbours");
    }

    @Test
    void aDeletedFileEndsTheSwarm() throws Exception {
        TestPeer peer = entered(anna, "AA");
        world.trash().delete(administrator, file, Expected.ANY);
        peer.await("revoked");
        peer.enter(file, manifest.contentId(), CHUNKS);
        peer.awaitProblem("not-found");
    }

    @Test
    void aFileThatMovesAwayFromWhatWasGrantedEndsTheSwarmAndMayComeBack() throws Exception {
        Resource open = world.changes().createFolder(administrator, ResourceId.ROOT, "open");
        Resource closed = world.changes().createFolder(administrator, ResourceId.ROOT, "closed");
        Access access = world.access();
        access.grant(administrator, open.id(), anna.account().name(), Level.READ);
        access.withdraw(administrator, file, anna.account().name());
        world.moving().move(administrator, file, Expected.ANY, open.id(), null, Clash.REFUSE);
        TestPeer peer = entered(anna, "AA");
        world.moving().move(administrator, file, Expected.ANY, closed.id(), null, Clash.REFUSE);
        peer.await("revoked");
        peer.enter(file, manifest.contentId(), CHUNKS);
        peer.awaitProblem("not-found");
        world.moving().move(administrator, file, Expected.ANY, open.id(), null, Clash.REFUSE);
        assertThat(peer.await("permitted").get("content").stringValue())
                .isEqualTo(manifest.contentId().hex());
    }

    @Test
    void aDisabledAccountIsShownOut() throws Exception {
        TestPeer seeder = entered(anna, "AA");
        TestPeer out = entered(ben, "BB");
        TestPeer silent = peer(ben, "CC");
        world.accounts().setEnabled(ben.account().id(), false);
        seeder.await("revoked");
        out.await("revoked");
        assertThat(out.await("bye").get("code").stringValue()).isEqualTo("sign-in-required");
        assertThat(out.awaitClose()).isEqualTo(1008);
        assertThat(silent.awaitClose()).isEqualTo(1008);
        assertThat(world.mesh().isJoined(ben.account().id())).isFalse();
    }
}
