package io.hubmesh.mesh.signalling;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.kernel.PeerId;
import io.hubmesh.mesh.events.TransferReported;
import io.hubmesh.mesh.events.UploadReported;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What peers tell of their transfers. */
class ReportTests extends MeshStories {

    ReportTests(MeshWorld world) {
        super(world);
    }

    @Test
    void aReportBecomesAFact() throws Exception {
        TestPeer peer = entered(anna, "AA");
        var report = TestPeer.message("report")
                .put("content", manifest.contentId().hex())
                .put("resource", file.toString())
                .put("transfer", LINK)
                .put("model", "peers")
                .put("state", "running")
                .put("size", SIZE)
                .put("held", 3000)
                .put("fromHub", 1000)
                .put("fromPeers", 2000)
                .put("relayed", 1500)
                .put("wasted", 5)
                .put("startedMillisAgo", 1500)
                .put("served", 7000);
        peer.say(report);
        UploadReported upload =
                world.facts().await(UploadReported.class, fact -> fact.tab().equals(peer.fingerprint()));
        assertThat(upload.bytes()).isEqualTo(7000);
        assertThat(upload.tab()).isEqualTo(peer.fingerprint());
        assertThat(upload.account()).isEqualTo(anna.account().id());
        TransferReported fact =
                world.facts().await(TransferReported.class, told -> told.peer().equals(new PeerId(peer.id())));
        assertThat(fact.account()).isEqualTo(anna.account().id());
        assertThat(fact.held()).isEqualTo(3000);
        assertThat(fact.fromPeers()).isEqualTo(2000);
        assertThat(fact.relayed()).isEqualTo(1500);
        assertThat(fact.firstByte()).isNull();
        assertThat(Duration.between(fact.startedAt(), fact.at())).hasMillis(1500);
        peer.say(report.put("relayed", 2001));
        peer.awaitProblem("message-invalid");
        peer.say(report.put("relayed", 0).put("fromPeers", SIZE - 3999));
        peer.awaitProblem("message-invalid");
        peer.say(report.put("fromPeers", 0).put("size", SIZE + 1));
        peer.awaitProblem("message-invalid");
        peer.say(report.put("resource", UUID.randomUUID().toString()));
        peer.awaitProblem("not-found");
    }

    @Test
    void aReportIsStillHeardAfterTheSwarmWasLeft() throws Exception {
        TestPeer peer = entered(anna, "AA");
        peer.say(TestPeer.message("leave").put("content", manifest.contentId().hex()));
        peer.say(
                "{\"type\":\"report\",\"content\":\"" + manifest.contentId() + "\",\"resource\":\"" + file
                        + "\",\"transfer\":\"" + LINK + "\",\"model\":\"automatic\",\"state\":\"cancelled\",\"size\":"
                        + SIZE
                        + ",\"held\":0,\"fromHub\":0,\"fromPeers\":0,\"relayed\":0,\"wasted\":0,\"startedMillisAgo\":0,\"served\":0}");
        assertThat(world.facts()
                        .await(TransferReported.class, told -> told.peer().equals(new PeerId(peer.id())))
                        .state())
                .isEqualTo(TransferReported.State.CANCELLED);
    }
}
