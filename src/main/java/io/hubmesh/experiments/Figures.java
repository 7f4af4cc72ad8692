package io.hubmesh.experiments;

import io.hubmesh.experiments.Outcome.Receiver;
import io.hubmesh.mesh.TrialModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * What the counted runs of one model with so many receivers come to. Times in seconds, from the runs in which everybody was served.
 *
 * @param runs how many were counted
 * @param incomplete in how many of them somebody was not served
 * @param last when the last receiver had the file: the median of the runs; null when none was whole
 * @param least of the runs
 * @param most of the runs
 * @param middle when the median receiver had it: the median of the runs
 * @param egress bytes that the hub sent, mean of the whole runs
 * @param fromPeers bytes that receivers had from peers, mean of the whole runs
 * @param bounds of the rates that receivers had
 * @param bound the one that this model is held against
 * @param efficiency that bound divided by {@code last}
 * @param oneCopyEfficiency of the model {@code peers}, which has the hub send one copy: the thrifty bound divided by {@code last}; else null
 */
public record Figures(
        TrialModel model,
        int receivers,
        int runs,
        int incomplete,
        @Nullable Double last,
        @Nullable Double least,
        @Nullable Double most,
        @Nullable Double middle,
        @Nullable Long egress,
        @Nullable Long fromPeers,
        @Nullable Bounds bounds,
        @Nullable Double bound,
        @Nullable Double efficiency,
        @Nullable Double oneCopyEfficiency) {

    private static final double MILLIS = 1000;

    /** Whether one copy from the hub takes a bound of its own, which is more than the one that this model is held against. */
    public boolean hasOwnOneCopy() {
        return oneCopyEfficiency != null && bounds != null && bound != null && bounds.thrifty() > bound;
    }

    /** One for each model and number of receivers, in the order of the plan. */
    static List<Figures> of(Experiment experiment, List<Outcome> outcomes) {
        List<Figures> all = new ArrayList<>();
        int most = experiment.settings().peers().size();
        for (int receivers = 1; receivers <= most; receivers++) {
            for (TrialModel model : experiment.settings().models()) {
                int many = receivers;
                List<Outcome> counted = outcomes.stream()
                        .filter(outcome -> !outcome.run().isWarmUp())
                        .filter(outcome ->
                                outcome.run().model() == model && outcome.run().receivers() == many)
                        .toList();
                if (!counted.isEmpty()) {
                    all.add(of(experiment, model, receivers, counted));
                }
            }
        }
        return List.copyOf(all);
    }

    private static Figures of(Experiment experiment, TrialModel model, int receivers, List<Outcome> counted) {
        List<Outcome> whole = counted.stream().filter(Outcome::isWhole).toList();
        double[] lasts = sorted(whole, Figures::last);
        double[] middles = sorted(whole, outcome -> median(millis(outcome)));
        Bounds bounds = whole.stream()
                .map(outcome -> bounds(experiment, outcome))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(null);
        Double bound = bounds == null ? null : heldAgainst(model, bounds);
        Double oneCopy = bounds == null || model != TrialModel.PEERS ? null : bounds.thrifty();
        Double last = lasts.length == 0 ? null : median(lasts) / MILLIS;
        return new Figures(
                model,
                receivers,
                counted.size(),
                counted.size() - whole.size(),
                last,
                lasts.length == 0 ? null : lasts[0] / MILLIS,
                lasts.length == 0 ? null : lasts[lasts.length - 1] / MILLIS,
                middles.length == 0 ? null : median(middles) / MILLIS,
                mean(whole.stream().mapToLong(Outcome::egress)),
                mean(whole.stream().mapToLong(outcome -> outcome.receivers().stream()
                        .mapToLong(Receiver::fromPeers)
                        .sum())),
                bounds,
                bound,
                share(bound, last),
                share(oneCopy, last));
    }

    /** Of the rates that those had who were ready; empty when nobody was. */
    static Optional<Bounds> bounds(Experiment experiment, Outcome outcome) {
        List<Bounds.Rates> rates = rates(outcome);
        Experiment.Subject file = experiment.file();
        return rates.isEmpty()
                ? Optional.empty()
                : Optional.of(Bounds.of(
                        file.size(), file.chunks(), experiment.settings().hubRate(), rates));
    }

    /** Of those who were ready. */
    static List<Bounds.Rates> rates(Outcome outcome) {
        return outcome.receivers().stream()
                .filter(receiver -> receiver.upload() > 0 && receiver.download() > 0)
                .map(receiver -> new Bounds.Rates(receiver.upload(), receiver.download()))
                .toList();
    }

    private static double heldAgainst(TrialModel model, Bounds bounds) {
        return model == TrialModel.HUB ? bounds.clientServer() : bounds.peerToPeer();
    }

    private static @Nullable Double share(@Nullable Double bound, @Nullable Double last) {
        return bound == null || last == null ? null : bound / last;
    }

    /** When the last receiver of a whole run had the file, in milliseconds. */
    private static double last(Outcome whole) {
        double[] all = millis(whole);
        return all[all.length - 1];
    }

    private static double[] millis(Outcome whole) {
        return whole.receivers().stream()
                .map(Receiver::millis)
                .filter(Objects::nonNull)
                .mapToDouble(Long::doubleValue)
                .sorted()
                .toArray();
    }

    private static double[] sorted(List<Outcome> outcomes, ToDoubleFunction<Outcome> figure) {
        return outcomes.stream().mapToDouble(figure).sorted().toArray();
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static @Nullable Long mean(LongStream figures) {
        OptionalDouble mean = figures.average();
        return mean.isPresent() ? Math.round(mean.getAsDouble()) : null;
    }
}
