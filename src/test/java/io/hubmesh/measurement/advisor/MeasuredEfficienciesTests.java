package io.hubmesh.measurement.advisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hubmesh.measurement.advisor.OwnExperiments.Measured;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A hub of 4 MB/s and receivers with 1 up and 8 down: 20 MB for five take 25 s from the hub and 16 s from peers at the least. */
class MeasuredEfficienciesTests {

    private static final LocalDate TODAY = LocalDate.parse("2026-11-23");
    private static final int MB = 1_000_000;

    private static Measured measured(DeliveryModel model, int receivers, double seconds, long egress) {
        return new Measured(TODAY, model, receivers, 20 * MB, 4 * MB, 8 * MB, 1 * MB, seconds, egress);
    }

    private static Advice advice(Environment environment, Measured... measured) {
        return Scene.advisor(() -> List.of(measured)).advise(environment);
    }

    private static Environment five() {
        return measured(DeliveryModel.HUB, 5, 1, 1).environment();
    }

    @Test
    void withoutExperimentsShippedSimulationsAreBelievedAndTheAnswerSaysSo() {
        Advice shipped = Scene.advisor(null).advise(five());
        assertThat(shipped.sources().get(0)).contains("nothing was measured");
        assertThat(shipped.sources().get(1)).contains("shipped").contains("simulation-");
    }

    @Test
    void whatWasMeasuredIsForetoldAgain() {
        Advice own = advice(
                five(), measured(DeliveryModel.HUB, 5, 26, 100 * MB), measured(DeliveryModel.PEERS, 5, 20, 30 * MB));
        assertThat(own.of(DeliveryModel.HUB).seconds()).isCloseTo(26, within(1e-9));
        assertThat(own.of(DeliveryModel.PEERS).seconds()).isCloseTo(20, within(1e-9));
        assertThat(own.of(DeliveryModel.PEERS).efficiency()).isCloseTo(16 / 20.0, within(1e-9));
        assertThat(own.of(DeliveryModel.PEERS).hubBytes()).isEqualTo(30 * MB);
        assertThat(own.sources().get(1))
                .contains("own experiment")
                .contains("2026-11-23")
                .contains("5");
        assertThat(own.sources().get(2)).contains("shipped");
    }

    @Test
    void nothingIsForetoldToBeQuickerThanItCanBe() {
        Advice own = advice(five(), measured(DeliveryModel.HUB, 5, 24.5, 100 * MB));
        assertThat(own.of(DeliveryModel.HUB).seconds()).isCloseTo(25, within(1e-9));
    }

    @Test
    void otherLinesAreForetoldByTheirBoundAndTheSameEfficiency() {
        Measured slower = new Measured(TODAY, DeliveryModel.PEERS, 5, 20 * MB, 2 * MB, 8 * MB, MB / 2, 1, 1);
        Advice own = advice(slower.environment(), measured(DeliveryModel.PEERS, 5, 20, 20 * MB));
        assertThat(own.of(DeliveryModel.PEERS).seconds()).isCloseTo(32 / 0.8, within(1e-9));
    }

    @Test
    void theNearestNumberOfReceiversCountsAndOfTwoTheNewer() {
        Measured few = measured(DeliveryModel.PEERS, 2, 20, 20 * MB);
        Measured newer = measured(DeliveryModel.PEERS, 10, 36, 20 * MB);
        Measured older = measured(DeliveryModel.PEERS, 10, 18, 20 * MB);
        Advice own = advice(five(), newer, older, few);
        assertThat(own.of(DeliveryModel.PEERS).efficiency()).isCloseTo(18 / 36.0, within(1e-9));
    }

    @Test
    void aThousandAreNotForetoldByFive() {
        Measured five = measured(DeliveryModel.PEERS, 5, 20, 20 * MB);
        assertThat(advice(five().withReceivers(1000), five).sources().get(1)).contains("shipped");
        assertThat(advice(five().withReceivers(50), five).sources().get(1)).contains("own experiment");
    }

    @Test
    void norIsAHubOfAThousandForetoldByOneOfFive() {
        Measured five = measured(DeliveryModel.HUB, 5, 50, 100 * MB);
        assertThat(advice(five().withReceivers(1000), five).sources().get(0)).contains("nothing was measured");
        assertThat(advice(five().withReceivers(50), five).sources().get(0)).contains("own experiment");
    }

    @Test
    void aRunOfAMomentForetellsNothing() {
        Measured moment = measured(DeliveryModel.HUB, 5, 4.9, 100 * MB);
        assertThat(advice(five(), moment).sources().get(0)).contains("nothing was measured");
        assertThat(advice(five(), measured(DeliveryModel.PEERS, 5, 4.9, 20 * MB))
                        .sources()
                        .get(1))
                .contains("shipped");
    }

    @Test
    void thoseWhoLeaveCostWhatTheyDidInTheSimulation() {
        Measured five = measured(DeliveryModel.PEERS, 5, 20, 20 * MB);
        Environment stay = five.environment();
        Environment leave = new Environment(
                5,
                stay.sizeBytes(),
                stay.hubUploadBytesPerSecond(),
                stay.downloadBytesPerSecond(),
                stay.uploadBytesPerSecond(),
                0,
                0.5,
                1,
                0,
                0,
                Sensitivity.INTERNAL);
        Advice own = advice(leave, five);
        assertThat(own.of(DeliveryModel.PEERS).seconds())
                .isGreaterThan(advice(stay, five).of(DeliveryModel.PEERS).seconds());
        assertThat(own.sources().get(1)).contains("own experiment").contains("those who leave");
    }
}
