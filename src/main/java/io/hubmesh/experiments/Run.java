package io.hubmesh.experiments;

import io.hubmesh.mesh.TrialModel;
import java.util.ArrayList;
import java.util.List;

/**
 * One delivery of the file to some receivers at once.
 *
 * @param number 1 for the first
 * @param repetition 1 for the first; 0: a warm-up, which is told and not counted
 * @param receivers how many: always the first of the experiment's
 */
public record Run(int number, TrialModel model, int repetition, int receivers) {

    boolean isWarmUp() {
        return repetition == 0;
    }

    /** A warm-up of each model with everybody, then all repetitions; each begins with another model than the one before. */
    static List<Run> plan(Settings settings) {
        List<TrialModel> models = settings.models();
        int all = settings.peers().size();
        List<Run> runs = new ArrayList<>();
        for (TrialModel model : models) {
            runs.add(new Run(runs.size() + 1, model, 0, all));
        }
        for (int repetition = 1; repetition <= settings.repetitions(); repetition++) {
            for (int receivers = settings.curve() ? 1 : all; receivers <= all; receivers++) {
                for (int turn = 0; turn < models.size(); turn++) {
                    TrialModel model = models.get((turn + repetition - 1) % models.size());
                    runs.add(new Run(runs.size() + 1, model, repetition, receivers));
                }
            }
        }
        return List.copyOf(runs);
    }
}
