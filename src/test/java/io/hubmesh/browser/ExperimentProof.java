package io.hubmesh.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * One to five browsers, 20 MB, three repetitions of each model: recorded times are those of a stopwatch in each page, bounds are those of the
 * textbook, the hub alone grows with the receivers as its bound says, and the mesh stays near flat.
 */
@ExtendWith(OnStage.class)
@Timeout(value = 1, unit = TimeUnit.HOURS)
class ExperimentProof {

    private static final int MANY = 5;
    private static final int REPETITIONS = 3;
    private static final double MB = 1e6;
    private static final long SIZE = 20_000_000;

    /** Well below what two cores do, so that the lines are measured: 9 MB/s in all with five receivers, 5 of them between browsers. */
    private static final long HUB = 4_000_000;

    private static final long UPLOAD = 1_000_000;
    private static final long DOWNLOAD = 8_000_000;

    private static final double STOPWATCH = 0.1;

    /** How far the hub's times may lie above their bound. */
    private static final double HUB_ABOVE = 1.15;

    /** How much longer five take from peers than one: by the bounds 2.2 times, where the hub alone needs 5. */
    private static final double FLAT = 3;

    private static final Duration PATIENCE = Duration.ofMinutes(45);

    private final Path folder;

    ExperimentProof(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void recordedTimesAreTrueAndBehaveAsTheoryDoes(Stage stage) {
        Shared file = new Shared(stage, folder, RealFile.made(folder, "compared.bin", SIZE));
        Receivers receivers = new Receivers(stage, file, MANY);
        String id = receivers.begin("[\"hub\",\"peers\"]", true, REPETITIONS, HUB, UPLOAD, DOWNLOAD);
        JsonNode whole = receivers.ended(id, PATIENCE);
        Figures figures = new Figures(getClass());
        figures.note("%s", whole.get("machine"));

        assertThat(whole.get("experiment").get("state").asString()).isEqualTo("done");
        double worst = againstStopwatch(whole, receivers, figures);
        Map<Integer, Double> hub = lasts(whole, "hub", figures);
        Map<Integer, Double> peers = lasts(whole, "peers", figures);
        figures.note("recorded and stopwatch differ by %.1f %% at most", worst * 100);
        assertThat(worst).isLessThan(STOPWATCH);
        hub.forEach((many, seconds) -> assertThat(seconds)
                .as("%d from the hub", many)
                .isBetween(0.95 * many * SIZE / HUB, HUB_ABOVE * many * SIZE / HUB));
        assertThat(peers.get(MANY))
                .isLessThan(FLAT * peers.getOrDefault(1, 0.0))
                .isLessThan(hub.getOrDefault(MANY, 0.0));
        assertBounds(whole);
    }

    /** By hand: the hub 4 MB/s, each receiver 1 up and 8 down, 20 MB. */
    private static void assertBounds(JsonNode whole) {
        double[] clientServer = {5, 10, 15, 20, 25};
        double[] peerToPeer = {5, 20 * 2 / 6.0, 20 * 3 / 7.0, 20 * 4 / 8.0, 20 * 5 / 9.0};
        for (JsonNode each : whole.get("figures")) {
            int index = each.get("receivers").asInt() - 1;
            JsonNode bounds = each.get("bounds");
            assertThat(bounds.get("clientServer").asDouble()).isCloseTo(clientServer[index], within(1e-9));
            assertThat(bounds.get("peerToPeer").asDouble()).isCloseTo(peerToPeer[index], within(1e-9));
        }
    }

    /** The greatest difference between a recorded time and the stopwatch in that receiver's page, as a part of the latter. */
    private static double againstStopwatch(JsonNode whole, Receivers receivers, Figures figures) {
        List<Integer> next = new ArrayList<>(List.of(0, 0, 0, 0, 0));
        List<List<Double>> laps = new ArrayList<>();
        for (int person = 0; person < MANY; person++) {
            laps.add(receivers.laps(person));
        }
        double worst = 0;
        for (JsonNode run : whole.get("done")) {
            for (int person = 0; person < run.get("receivers").size(); person++) {
                JsonNode receiver = run.get("receivers").get(person);
                assertThat(receiver.get("end").asString()).as(run.toString()).isEqualTo("completed");
                double recorded = receiver.get("millis").asDouble();
                double watched = laps.get(person).get(next.get(person));
                next.set(person, next.get(person) + 1);
                worst = Math.max(worst, Math.abs(recorded - watched) / watched);
                figures.note(
                        "run %d, %s, receiver %d of %d: recorded %.0f ms, stopwatch %.0f ms",
                        run.get("number").asInt(),
                        run.get("model").asString(),
                        person + 1,
                        run.get("receivers").size(),
                        recorded,
                        watched);
            }
        }
        return worst;
    }

    /** Seconds until the last receiver was done, by the number of receivers. */
    private static Map<Integer, Double> lasts(JsonNode whole, String model, Figures figures) {
        Map<Integer, Double> lasts = new TreeMap<>();
        for (JsonNode each : whole.get("figures")) {
            if (each.get("model").asString().equals(model)) {
                lasts.put(each.get("receivers").asInt(), each.get("last").asDouble());
                figures.note(
                        "%s, %d receivers: last %.2f s (%.2f to %.2f), bound %.2f s, efficiency %.2f, hub sent %.1f MB, peers %.1f MB",
                        model,
                        each.get("receivers").asInt(),
                        each.get("last").asDouble(),
                        each.get("least").asDouble(),
                        each.get("most").asDouble(),
                        each.get("bound").asDouble(),
                        each.get("efficiency").asDouble(),
                        each.get("egress").asDouble() / MB,
                        each.get("fromPeers").asDouble() / MB);
            }
        }
        return lasts;
    }
}
