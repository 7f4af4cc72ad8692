package io.hubmesh.experiments;

import io.hubmesh.measurement.advisor.DeliveryModel;
import io.hubmesh.measurement.advisor.OwnExperiments;
import io.hubmesh.mesh.TrialModel;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Tells the advisor what experiments have shown: times, rates and bytes, never whose they were or of what. */
@Component
class ToldToAdvisor implements OwnExperiments {

    /** Experiments that are looked at: what was true of this hub long ago need not be so now. */
    private static final int MOST = 20;

    private final ExperimentRows rows;

    ToldToAdvisor(ExperimentRows rows) {
        this.rows = rows;
    }

    @Override
    public List<Measured> newest() {
        return rows.newestDone(MOST).stream()
                .flatMap(experiment -> measured(experiment, rows.runs(experiment.id())))
                .toList();
    }

    private static Stream<Measured> measured(Experiment experiment, List<Outcome> outcomes) {
        return Figures.of(experiment, outcomes).stream()
                .flatMap(figures -> measured(experiment, figures, outcomes).stream());
    }

    /** Empty when no run of it was whole. */
    private static Optional<Measured> measured(Experiment experiment, Figures figures, List<Outcome> outcomes) {
        Double seconds = figures.last();
        Long egress = figures.egress();
        if (seconds == null || egress == null) {
            return Optional.empty();
        }
        return outcomes.stream()
                .filter(outcome -> outcome.isWhole() && outcome.run().receivers() == figures.receivers())
                .map(Figures::rates)
                .filter(rates -> rates.size() == figures.receivers())
                .findFirst()
                .map(rates -> new Measured(
                        LocalDate.ofInstant(experiment.startedAt(), ZoneOffset.UTC),
                        model(figures.model()),
                        figures.receivers(),
                        experiment.file().size(),
                        experiment.settings().hubRate(),
                        rates.stream().mapToLong(Bounds.Rates::download).min().orElseThrow(),
                        rates.stream().mapToLong(Bounds.Rates::upload).average().orElseThrow(),
                        seconds,
                        egress));
    }

    private static DeliveryModel model(TrialModel model) {
        return switch (model) {
            case HUB -> DeliveryModel.HUB;
            case PEERS -> DeliveryModel.PEERS;
            case AUTOMATIC -> DeliveryModel.AUTOMATIC;
        };
    }
}
