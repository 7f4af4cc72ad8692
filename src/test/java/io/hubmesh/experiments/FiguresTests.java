package io.hubmesh.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hubmesh.experiments.Outcome.End;
import io.hubmesh.experiments.Outcome.Receiver;
import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.PeerId;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.mesh.TrialModel;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What runs come to: 20 MB, the hub 4 MB/s, three receivers that give 2 MB/s and take 8 MB/s. */
class FiguresTests {

    private static final long MB = 1_000_000;
    private static final double ROUNDING = 1e-9;
    private static final List<PeerId> PEERS = Stream.of("A", "B", "C")
            .map(letter -> new PeerId(letter.repeat(22)))
            .toList();
    private static final Experiment EXPERIMENT = new Experiment(
            new UUID(0, 1),
            0,
            "three",
            new AccountId(new UUID(0, 2)),
            new Experiment.Subject(ResourceId.ROOT, "file", new ContentId("0".repeat(64)), 20 * MB, 306),
            new Settings(List.of(TrialModel.values()), PEERS, false, 1, 4 * MB, 2 * MB, 8 * MB),
            new Experiment.Machine("0", "test", 1, "17"),
            Experiment.State.DONE,
            null,
            Instant.EPOCH,
            Instant.EPOCH);

    @Test
    void peersAreHeldAgainstOneCopyToo() {
        Figures peers = figures(TrialModel.PEERS);

        assertThat(peers.bound()).isEqualTo(6); // 3 x 20 / (4 + 3 x 2)
        assertThat(peers.efficiency()).isCloseTo(0.6, within(ROUNDING));
        assertThat(peers.oneCopyEfficiency()).isCloseTo(2.0 / 3, within(ROUNDING)); // 2 x 20 / (3 x 2) of 10
        assertThat(peers.hasOwnOneCopy()).isTrue();
    }

    @Test
    void whereOneCopyTakesNoLongerItHasNothingOfItsOwnToSay() {
        Figures alone = figures(TrialModel.PEERS, PEERS.subList(0, 1));

        assertThat(alone.oneCopyEfficiency()).isEqualTo(alone.efficiency());
        assertThat(alone.hasOwnOneCopy()).isFalse();
        assertThat(figures(TrialModel.AUTOMATIC).hasOwnOneCopy()).isFalse();
    }

    @Test
    void theOthersAreNot() {
        assertThat(figures(TrialModel.HUB).bound()).isEqualTo(15); // 3 x 20 / 4
        assertThat(figures(TrialModel.HUB).oneCopyEfficiency()).isNull();
        assertThat(figures(TrialModel.AUTOMATIC).bound()).isEqualTo(6);
        assertThat(figures(TrialModel.AUTOMATIC).oneCopyEfficiency()).isNull();
    }

    /** Of one run that took 10 s. */
    private static Figures figures(TrialModel model) {
        return figures(model, PEERS);
    }

    private static Figures figures(TrialModel model, List<PeerId> peers) {
        List<Receiver> receivers = peers.stream()
                .map(peer -> new Receiver(peer.value(), End.COMPLETED, 10_000L, 10 * MB, 10 * MB, 2 * MB, 8 * MB, null))
                .toList();
        return Figures.of(EXPERIMENT, List.of(new Outcome(new Run(1, model, 1, peers.size()), 20 * MB, receivers)))
                .get(0);
    }
}
