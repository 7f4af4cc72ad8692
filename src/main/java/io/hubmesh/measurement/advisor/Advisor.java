package io.hubmesh.measurement.advisor;

import io.hubmesh.measurement.advisor.Advice.CurvePoint;
import java.util.Arrays;
import java.util.List;
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
        OwnExperiments experiments = own.getIfAvailable(() -> List::of);
        return advise(environment, new MeasuredEfficiencies(shipped, experiments.newest()));
    }

    static Advice advise(Environment environment, Efficiencies efficiencies) {
        List<Prediction> predictions = Arrays.stream(DeliveryModel.values())
                .map(model -> predict(model, environment, efficiencies))
                .toList();
        Integer crossing = crossing(environment, efficiencies);
        return new Advice(
                environment,
                predictions,
                crossing,
                Recommending.of(environment, predictions, crossing),
                Arrays.stream(DeliveryModel.values())
                        .map(model -> efficiencies.of(model, environment).source())
                        .toList(),
                Textbook.unknowns(environment),
                Textbook.differences(environment, predictions),
                curve(environment, crossing, efficiencies));
    }

    private static Prediction predict(DeliveryModel model, Environment of, Efficiencies efficiencies) {
        return Prediction.of(model, of, efficiencies.of(model, of));
    }

    /** The first number of receivers at which the sign of the difference changes. */
    private static @Nullable Integer crossing(Environment of, Efficiencies efficiencies) {
        for (int receivers = 2; receivers <= MOST_RECEIVERS; receivers++) {
            Environment with = of.withReceivers(receivers);
            if (predict(DeliveryModel.PEERS, with, efficiencies).waitSeconds()
                    < predict(DeliveryModel.HUB, with, efficiencies).waitSeconds()) {
                return receivers;
            }
        }
        return null;
    }

    private static List<CurvePoint> curve(Environment of, @Nullable Integer crossing, Efficiencies efficiencies) {
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
                        predict(DeliveryModel.HUB, with, efficiencies).seconds(),
                        predict(DeliveryModel.PEERS, with, efficiencies).seconds(),
                        predict(DeliveryModel.AUTOMATIC, with, efficiencies).seconds()))
                .toList();
    }
}
