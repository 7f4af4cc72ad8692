package io.hubmesh.experiments.web;

import io.hubmesh.experiments.Bounds;
import io.hubmesh.experiments.Experiment;
import io.hubmesh.experiments.Experiments;
import io.hubmesh.experiments.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The runs of an experiment as a table (RFC 4180): a line for each receiver. Its cells are numbers and words, none of which needs quotes. */
final class RunsCsv {

    private static final String HEAD = String.join(
            ",",
            "run",
            "model",
            "repetition",
            "receivers",
            "receiver",
            "end",
            "seconds",
            "from_hub_bytes",
            "from_peers_bytes",
            "upload_bytes_per_second",
            "download_bytes_per_second",
            "hub_egress_bytes",
            "bound_client_server_seconds",
            "bound_peer_to_peer_seconds",
            "bound_thrifty_seconds");

    private static final double MILLIS = 1000;

    private RunsCsv() {}

    static String of(Experiments.Whole whole) {
        List<String> lines = new ArrayList<>(List.of(HEAD));
        whole.outcomes().forEach(outcome -> lines.addAll(lines(whole.experiment(), outcome)));
        return lines.stream().map(line -> line + "\r\n").collect(Collectors.joining());
    }

    private static List<String> lines(Experiment experiment, Outcome outcome) {
        Bounds bounds = Experiments.bounds(experiment, outcome).orElse(null);
        return outcome.receivers().stream()
                .map(receiver -> String.join(
                        ",",
                        Integer.toString(outcome.run().number()),
                        outcome.run().model().word(),
                        Integer.toString(outcome.run().repetition()),
                        Integer.toString(outcome.run().receivers()),
                        receiver.peer(),
                        receiver.end() == null ? "" : receiver.end().word(),
                        receiver.millis() == null ? "" : seconds(receiver.millis() / MILLIS),
                        Long.toString(receiver.fromHub()),
                        Long.toString(receiver.fromPeers()),
                        Long.toString(receiver.upload()),
                        Long.toString(receiver.download()),
                        Long.toString(outcome.egress()),
                        seconds(bounds == null ? null : bounds.clientServer()),
                        seconds(bounds == null ? null : bounds.peerToPeer()),
                        seconds(bounds == null ? null : bounds.thrifty())))
                .toList();
    }

    private static String seconds(@Nullable Double seconds) {
        return seconds == null ? "" : String.format(Locale.ROOT, "%.3f", seconds);
    }
}
