package io.hubmesh.measurement.advisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the environment, some things are true of every answer. */
class AdvisorPropertyTests {

    private static final int TRIES = 1_000;

    /** Rounding of doubles. */
    private static final double NOTHING = 1e-9;

    private final ShippedMeasurements shipped = new ShippedMeasurements();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void moreOfAnyLineNeverMakesAModelSlower(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < TRIES; i++) {
            Environment one = Scene.any(random);
            double more = 1 + random.nextDouble() * 9;
            for (DeliveryModel model : DeliveryModel.values()) {
                double before = seconds(model, one);
                assertThat(seconds(model, lines(one, more, 1, 1)))
                        .as("%s, hub, %s", model, one)
                        .isLessThanOrEqualTo(before * (1 + NOTHING));
                assertThat(seconds(model, lines(one, 1, more, 1)))
                        .as("%s, down, %s", model, one)
                        .isLessThanOrEqualTo(before * (1 + NOTHING));
                assertThat(seconds(model, lines(one, 1, 1, more)))
                        .as("%s, up, %s", model, one)
                        .isLessThanOrEqualTo(before * (1 + NOTHING));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 6, 7, 8})
    void figuresAreFiguresAndWithinTheirBounds(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < TRIES; i++) {
            Environment one = Scene.any(random);
            double all = (double) one.receivers() * one.sizeBytes();
            for (DeliveryModel model : DeliveryModel.values()) {
                Prediction prediction = predict(model, one);
                assertThat(prediction.offload()).as("%s, %s", model, one).isBetween(0.0, 1.0);
                assertThat((double) prediction.hubBytes()).isBetween(one.sizeBytes() * (1 - NOTHING), all + 1);
                assertThat(prediction.hubBytes() + prediction.relayedBytes()).isLessThanOrEqualTo(Math.round(all) + 1);
                assertThat(prediction.seconds())
                        .isFinite()
                        .isGreaterThanOrEqualTo(prediction.boundSeconds() * (1 - NOTHING));
                assertThat(prediction.waitSeconds()).as("%s, %s", model, one).isPositive();
                assertThat(prediction.cost()).isFinite().isNotNegative();
                assertThat(prediction.efficiency()).isGreaterThan(0).isLessThanOrEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {9, 10})
    void theCrossingIsWhereTheSignChanges(long seed) {
        Random random = new Random(seed);
        Advisor advisor = Scene.advisor(null);
        int crossings = 0;
        for (int i = 0; i < 40; i++) {
            Environment one = Scene.any(random);
            Integer crossing = advisor.advise(one).crossingReceivers();
            if (crossing != null) {
                crossings++;
                assertThat(gain(one.withReceivers(crossing))).as("%s", one).isPositive();
                assertThat(gain(one.withReceivers(crossing - 1))).as("%s", one).isLessThanOrEqualTo(0);
            } else {
                assertThat(gain(one)).as("%s", one).isLessThanOrEqualTo(0);
            }
        }
        assertThat(crossings).isPositive();
    }

    /** Seconds by which peers are quicker than the hub. */
    private double gain(Environment of) {
        return predict(DeliveryModel.HUB, of).waitSeconds()
                - predict(DeliveryModel.PEERS, of).waitSeconds();
    }

    private double seconds(DeliveryModel model, Environment of) {
        return predict(model, of).seconds();
    }

    private Prediction predict(DeliveryModel model, Environment of) {
        Efficiency efficiency = Bounds.isFromHub(model, of)
                ? Efficiency.UNMEASURED
                : shipped.ofPeers(of.receivers(), 1 - of.stayingShare());
        return Prediction.of(model, of, efficiency);
    }

    private static Environment lines(Environment of, double hub, double download, double upload) {
        return new Environment(
                of.receivers(),
                of.sizeBytes(),
                of.hubUploadBytesPerSecond() * hub,
                of.downloadBytesPerSecond() * download,
                of.uploadBytesPerSecond() * upload,
                of.spreadSeconds(),
                of.stayingShare(),
                of.directShare(),
                of.relayedShare(),
                of.pricePerGigabyte(),
                of.sensitivity());
    }
}
