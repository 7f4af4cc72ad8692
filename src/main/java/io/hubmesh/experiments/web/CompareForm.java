package io.hubmesh.experiments.web;

import io.hubmesh.delivery.EgressCaps;
import io.hubmesh.experiments.Experiment;
import io.hubmesh.experiments.Settings;
import io.hubmesh.kernel.Bytes;
import io.hubmesh.kernel.PeerId;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.mesh.TrialModel;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the form of an experiment holds; rates in MiB a second. */
record CompareForm(
        @Nullable String resource,
        @Nullable String name,
        @Nullable List<TrialModel> models,
        @Nullable List<String> peers,
        @Nullable Boolean curve,
        @Nullable Integer repetitions,
        @Nullable BigDecimal hub,
        @Nullable BigDecimal upload,
        @Nullable BigDecimal download) {

    private static final int USUAL_REPETITIONS = 3;

    /** What a line of 16 Mbit/s at the hub and of homes behind it would be, near enough; below what a machine can do. */
    private static final BigDecimal HUB = BigDecimal.valueOf(2);

    private static final BigDecimal UPLOAD = BigDecimal.ONE;
    private static final BigDecimal DOWNLOAD = BigDecimal.valueOf(4);

    static CompareForm first(String resource) {
        return new CompareForm(
                resource,
                null,
                List.of(TrialModel.HUB, TrialModel.PEERS),
                List.of(),
                false,
                USUAL_REPETITIONS,
                HUB,
                UPLOAD,
                DOWNLOAD);
    }

    /** The same once more. */
    static CompareForm of(Experiment before) {
        Settings settings = before.settings();
        return new CompareForm(
                before.file().resource().toString(),
                before.name(),
                settings.models(),
                settings.peers().stream().map(PeerId::value).toList(),
                settings.curve(),
                settings.repetitions(),
                Bytes.inMebibytes(settings.hubRate()),
                Bytes.inMebibytes(settings.uploadRate()),
                Bytes.inMebibytes(settings.downloadRate()));
    }

    ResourceId file() {
        if (resource == null) {
            throw new ProblemException(ProblemCode.NOT_FOUND);
        }
        return ResourceId.of(resource);
    }

    /** @throws ProblemException invalid-value in the words and the units of the form */
    Settings settings() {
        return Settings.of(
                models,
                peers,
                Boolean.TRUE.equals(curve),
                repetitions == null ? 0 : repetitions,
                rate("The hub sends", hub),
                rate("A receiver gives", upload),
                rate("A receiver takes", download));
    }

    /** Whether the box of that model is ticked. */
    public boolean compares(TrialModel model) {
        return models != null && models.contains(model);
    }

    /** The same where some of its receivers are among those who can be asked; else with none chosen. */
    CompareForm among(List<String> present) {
        return peers == null || peers.stream().anyMatch(present::contains)
                ? this
                : new CompareForm(resource, name, models, List.of(), curve, repetitions, hub, upload, download);
    }

    /** How many of its receivers are not among those who can be asked. */
    long missing(List<String> present) {
        return peers == null
                ? 0
                : peers.stream().filter(peer -> !present.contains(peer)).count();
    }

    /** Whether the box of that receiver is ticked: all are, until somebody has chosen. */
    public boolean asks(String peer) {
        return peers == null || peers.isEmpty() || peers.contains(peer);
    }

    private static long rate(String label, @Nullable BigDecimal entered) {
        if (entered == null
                || entered.compareTo(EgressCaps.LEAST_MEBIBYTES) < 0
                || entered.compareTo(EgressCaps.MOST_MEBIBYTES) > 0) {
            throw new ProblemException(
                    ProblemCode.INVALID_VALUE, "“" + label + "” must be " + EgressCaps.BOUNDS_IN_WORDS + ".");
        }
        return Bytes.ofMebibytes(entered);
    }
}
