package io.hubmesh.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.mesh.events.TransferReported.State;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever peers say, however often: offload stays a share, no total shrinks, and a report that cannot be so moves none. */
class HostileReportsTests {

    /** Of a transfer that is not over yet. */
    private static final List<State> GOING_ON = List.of(State.RUNNING, State.PAUSED);

    /** Counts in bytes: any numbers at all. */
    private record Claim(String transfer, State state, long fromHub, long fromPeers, long relayed, long wasted) {

        /** Whatever else is known of the transfer. */
        boolean cannotBe() {
            return fromHub < 0
                    || fromPeers < 0
                    || relayed < 0
                    || wasted < 0
                    || fromPeers > LedgerScene.SIZE
                    || fromHub > LedgerScene.SIZE - fromPeers
                    || relayed > fromPeers;
        }
    }

    @Property
    void offloadIsAShareAndALieMovesNothing(@ForAll("claims") List<Claim> claims) {
        LedgerScene scene = new LedgerScene();
        scene.download(1);
        for (Claim claim : claims) {
            Counters before = scene.counters();
            scene.relayed = claim.relayed();
            scene.report(claim.transfer(), claim.state(), claim.fromHub(), claim.fromPeers(), claim.wasted());
            Counters after = scene.counters();
            if (claim.cannotBe()) {
                assertThat(after.peerBytes()).isEqualTo(before.peerBytes());
                assertThat(after.relayedBytes()).isEqualTo(before.relayedBytes());
                assertThat(after.wastedBytes()).isEqualTo(before.wastedBytes());
            }
            assertThat(Overviews.offload(after)).isBetween(0.0, 1.0);
            assertThat(after.peerBytes()).isBetween(before.peerBytes(), before.peerBytes() + LedgerScene.SIZE);
            assertThat(after.hubBytes()).isEqualTo(1);
        }
        scene.pass(Ledger.SILENCE.plus(Duration.ofSeconds(1)));
        assertThat(scene.counters().savedBytes()).isBetween(0L, scene.counters().peerBytes());
        assertThat(Overviews.offload(scene.counters())).isBetween(0.0, 1.0);
        Counters totals = scene.ledger.totals().counted();
        assertThat(RollupModel.plain(totals)).isEqualTo(RollupModel.plain(scene.counters()));
        assertThat(totals.savedBytes()).isEqualTo(scene.counters().savedBytes());
    }

    @Property
    void whoeverLiesWhileATransferGoesOnIsMarked(@ForAll("claims") List<Claim> claims) {
        LedgerScene scene = new LedgerScene();
        scene.report("t", State.RUNNING, 0, 0, 0);
        for (Claim claim : claims) {
            if (GOING_ON.contains(claim.state())) {
                scene.relayed = claim.relayed();
                scene.report("t", claim.state(), claim.fromHub(), claim.fromPeers(), claim.wasted());
            }
        }
        boolean lied = claims.stream().anyMatch(claim -> GOING_ON.contains(claim.state()) && claim.cannotBe());
        if (lied) {
            assertThat(scene.only().discrepancy()).startsWith("The peer reported");
            assertThat(scene.ledger.totals().discrepancies()).isEqualTo(1);
        }
    }

    @Provide
    Arbitrary<List<Claim>> claims() {
        return Combinators.combine(
                        Arbitraries.of("one", "two", "three"),
                        Arbitraries.of(State.class),
                        bytes(),
                        bytes(),
                        bytes(),
                        bytes())
                .as(Claim::new)
                .list()
                .ofMaxSize(40);
    }

    private static Arbitrary<Long> bytes() {
        return Arbitraries.oneOf(
                Arbitraries.longs(), Arbitraries.longs().between(0, LedgerScene.SIZE), Arbitraries.just(0L));
    }
}
