package io.hubmesh.experiments;

import io.hubmesh.delivery.EgressCaps;
import io.hubmesh.kernel.PeerId;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.mesh.TrialModel;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an experiment is to do. Rates in bytes a second.
 *
 * @param models to be compared, each once
 * @param peers the receivers, each once
 * @param curve whether it runs with one receiver, then two, up to all; else with all alone
 * @param repetitions how often each model runs with each number of receivers
 * @param hubRate what the hub sends for it at most
 * @param uploadRate what each receiver gives at most
 * @param downloadRate what each receiver takes at most
 */
public record Settings(
        List<TrialModel> models,
        List<PeerId> peers,
        boolean curve,
        int repetitions,
        long hubRate,
        long uploadRate,
        long downloadRate) {

    /** More browsers than a classroom has; what is told of a run fits its row. */
    static final int MOST_PEERS = 32;

    /** The spread is known well before. */
    static final int MOST_REPETITIONS = 20;

    /** Runs of one experiment: a night of them. */
    static final int MOST_RUNS = 500;

    /** @throws ProblemException invalid-value when something is missing or out of its bounds */
    public static Settings of(
            @Nullable List<TrialModel> models,
            @Nullable List<String> peers,
            boolean curve,
            int repetitions,
            long hubRate,
            long uploadRate,
            long downloadRate) {
        List<TrialModel> compared = listed(models, TrialModel.values().length, "Choose one model at least, each once.");
        List<String> receivers = listed(peers, MOST_PEERS, "Choose 1 to " + MOST_PEERS + " receivers, each once.");
        require(
                repetitions >= 1 && repetitions <= MOST_REPETITIONS,
                "An experiment has 1 to " + MOST_REPETITIONS + " repetitions.");
        for (long rate : new long[] {hubRate, uploadRate, downloadRate}) {
            require(
                    rate >= EgressCaps.LEAST && rate <= EgressCaps.MOST,
                    "A rate is " + EgressCaps.LEAST + " to " + EgressCaps.MOST + " bytes a second.");
        }
        Settings settings = new Settings(
                compared,
                receivers.stream().map(PeerId::new).toList(),
                curve,
                repetitions,
                hubRate,
                uploadRate,
                downloadRate);
        require(
                Run.plan(settings).size() <= MOST_RUNS,
                "That would be more than " + MOST_RUNS + " runs. Choose fewer receivers or repetitions.");
        return settings;
    }

    private static <T> List<T> listed(@Nullable List<T> list, int most, String otherwise) {
        require(
                list != null
                        && !list.isEmpty()
                        && list.size() <= most
                        && list.stream().allMatch(Objects::nonNull)
                        && new HashSet<>(list).size() == list.size(),
                otherwise);
        return List.copyOf(Objects.requireNonNull(list));
    }

    private static void require(boolean fits, String otherwise) {
        if (!fits) {
            throw new ProblemException(ProblemCode.INVALID_VALUE, otherwise);
        }
    }
}
