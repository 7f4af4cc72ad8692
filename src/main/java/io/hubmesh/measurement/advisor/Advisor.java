package io.hubmesh.measurement.advisor;

import io.hubmesh.measurement.advisor.Advice.CurvePoint;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Predicts both models in an environment and says which suits it. Knows nothing of the hub but its experiments. */
@Component
public class Advisor {

    /** Receivers that are reckoned with at most. */
    public static final int MOST_RECEIVERS = 100_000;

    /** Points of the curve in each power of ten. */
    private static final int POINTS_PER_DECADE = 12;

    /** The curve shows at least so many receivers, and ten times those of the environment. */
    private static final int LEAST_CURVE = 100;

    private static final int CURVE_FACTOR = 10;

    /** And so many times those at which the better choice changes. */
    private static final int AROUND_CROSSING = 4;

    private final ShippedMeasurements shipped;
    private final ObjectProvider<OwnExperiments> own;

    Advisor(ShippedMeasurements shipped, ObjectProvider<OwnExperiments> own) {
        this.shipped = shipped;
        this.own = own;
    }

    /** The same environment and the same measurements give the same answer. */
    public Advice advise(Environment environment) {
        @Nullable OwnExperiments experiments = own.getIfAvailable();
        List<Prediction> predictions = Arrays.stream(DeliveryModel.values())
                .map(model -> predict(model, environment, experiments))
                .toList();
        Integer crossing = crossing(environment, experiments);
        return new Advice(
                environment,
                predictions,
                crossing,
                Recommending.of(environment, predictions, crossing),
                Arrays.stream(DeliveryModel.values())
                        .map(model ->
                                efficiency(model, environment, experiments).source())
                        .toList(),
                Textbook.unknowns(environment),
                Textbook.differences(environment, predictions),
                curve(environment, crossing, experiments));
    }

    private Prediction predict(DeliveryModel model, Environment of, @Nullable OwnExperiments experiments) {
        return Prediction.of(model, of, efficiency(model, of, experiments));
    }

    private Efficiency efficiency(DeliveryModel model, Environment of, @Nullable OwnExperiments experiments) {
        boolean fromHub = Bounds.isFromHub(model, of);
        DeliveryModel asked = fromHub ? DeliveryModel.HUB : model;
        Optional<Efficiency> measured =
                experiments == null ? Optional.empty() : experiments.efficiencyOf(asked, of.receivers());
        return measured.orElseGet(
                () -> fromHub ? Efficiency.UNMEASURED : shipped.ofPeers(of.receivers(), 1 - of.stayingShare()));
    }

    /** The first number of receivers at which the sign of the difference changes. */
    private @Nullable Integer crossing(Environment of, @Nullable OwnExperiments experiments) {
        for (int receivers = 2; receivers <= MOST_RECEIVERS; receivers++) {
            Environment with = of.withReceivers(receivers);
            if (predict(DeliveryModel.PEERS, with, experiments).waitSeconds()
                    < predict(DeliveryModel.HUB, with, experiments).waitSeconds()) {
                return receivers;
            }
        }
        return null;
    }

    private List<CurvePoint> curve(Environment of, @Nullable Integer crossing, @Nullable OwnExperiments experiments) {
        int around = crossing == null ? 0 : AROUND_CROSSING * crossing;
        int most = Math.min(MOST_RECEIVERS, Math.max(around, Math.max(LEAST_CURVE, CURVE_FACTOR * of.receivers())));
        TreeSet<Integer> counts = new TreeSet<>(List.of(1, of.receivers(), most));
        for (int step = 0; Math.pow(10, (double) step / POINTS_PER_DECADE) <= most; step++) {
            counts.add((int) Math.round(Math.pow(10, (double) step / POINTS_PER_DECADE)));
        }
        if (crossing != null) {
            counts.add(crossing);
        }
        return counts.stream()
                .map(of::withReceivers)
                .map(with -> new CurvePoint(
                        with.receivers(),
                        predict(DeliveryModel.HUB, with, experiments).seconds(),
                        predict(DeliveryModel.PEERS, with, experiments).seconds(),
                        predict(DeliveryModel.AUTOMATIC, with, experiments).seconds()))
                .toList();
    }
}
