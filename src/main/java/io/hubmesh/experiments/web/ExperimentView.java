package io.hubmesh.experiments.web;

import io.hubmesh.experiments.Bounds;
import io.hubmesh.experiments.Experiment;
import io.hubmesh.experiments.Experiments;
import io.hubmesh.experiments.Figures;
import io.hubmesh.experiments.Outcome;
import io.hubmesh.experiments.Settings;
import io.hubmesh.kernel.PeerId;
import io.hubmesh.mesh.TrialModel;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Experiments as the API tells them. Sizes in bytes, rates in bytes a second, times of figures in seconds. */
final class ExperimentView {

    private ExperimentView() {}

    /** @param chunks into which the file is cut */
    record File(String resource, String name, String content, long size, int chunks) {}

    record Wish(
            List<String> models,
            List<String> peers,
            boolean curve,
            int repetitions,
            long hubRate,
            long uploadRate,
            long downloadRate) {

        static Wish of(Settings settings) {
            return new Wish(
                    settings.models().stream().map(TrialModel::word).toList(),
                    settings.peers().stream().map(PeerId::value).toList(),
                    settings.curve(),
                    settings.repetitions(),
                    settings.hubRate(),
                    settings.uploadRate(),
                    settings.downloadRate());
        }
    }

    /** What a list tells of one. */
    record Brief(
            String id,
            String name,
            File file,
            Wish settings,
            String state,
            @Nullable String reason,
            Instant startedAt,
            @Nullable Instant endedAt) {

        static Brief of(Experiment experiment) {
            Experiment.Subject file = experiment.file();
            return new Brief(
                    experiment.id().toString(),
                    experiment.name(),
                    new File(
                            file.resource().toString(),
                            file.name(),
                            file.content().hex(),
                            file.size(),
                            file.chunks()),
                    Wish.of(experiment.settings()),
                    experiment.state().word(),
                    experiment.reason(),
                    experiment.startedAt(),
                    experiment.endedAt());
        }
    }

    /** @param warmUp told, and counted in no figure */
    record RunView(
            int number,
            String model,
            int repetition,
            boolean warmUp,
            long egress,
            @Nullable Bounds bounds,
            List<Outcome.Receiver> receivers) {

        static RunView of(Experiment experiment, Outcome outcome) {
            return new RunView(
                    outcome.run().number(),
                    outcome.run().model().word(),
                    outcome.run().repetition(),
                    outcome.run().repetition() == 0,
                    outcome.egress(),
                    Experiments.bounds(experiment, outcome).orElse(null),
                    outcome.receivers());
        }
    }

    /** Least times for so many receivers at the rates that were set. */
    record Curve(int receivers, Bounds bounds) {}

    /**
     * Everything about one.
     *
     * @param runs how many there are to be
     * @param live how it goes on; null when it is over
     */
    record Whole(
            Brief experiment,
            String by,
            Experiment.Machine machine,
            int runs,
            List<RunView> done,
            List<Figures> figures,
            List<Curve> curve,
            Experiments.@Nullable Live live) {

        static Whole of(Experiments.Whole whole) {
            Experiment experiment = whole.experiment();
            return new Whole(
                    Brief.of(experiment),
                    whole.by(),
                    experiment.machine(),
                    whole.runs(),
                    whole.outcomes().stream()
                            .map(outcome -> RunView.of(experiment, outcome))
                            .toList(),
                    whole.figures(),
                    curve(experiment),
                    whole.live());
        }

        private static List<Curve> curve(Experiment experiment) {
            Settings settings = experiment.settings();
            Bounds.Rates rates = new Bounds.Rates(settings.uploadRate(), settings.downloadRate());
            return IntStream.rangeClosed(1, settings.peers().size())
                    .mapToObj(receivers -> new Curve(
                            receivers,
                            Bounds.of(
                                    experiment.file().size(),
                                    experiment.file().chunks(),
                                    settings.hubRate(),
                                    IntStream.range(0, receivers)
                                            .mapToObj(each -> rates)
                                            .toList())))
                    .toList();
        }
    }
}
