package io.hubmesh.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One to five browsers, 20 MB, three repetitions of each model: recorded times are those of a stopwatch in each page, bounds are those of the
 * textbook, the hub alone grows with the receivers as its bound says, and the mesh stays near flat. What the advisor then foretells of other lines is
 * what a second experiment with them measures.
 */
@ExtendWith(OnStage.class)
@Timeout(value = 1, unit = TimeUnit.HOURS)
class ExperimentProof {

    private static final int MANY = 5;
    private static final int REPETITIONS = 3;
    private static final double MB = 1e6;
    private static final double MIB = 1024 * 1024;
    private static final int MEGABIT = 125_000;
    private static final long SIZE = 20_000_000;

    /** Well below what two cores do, so that the lines are measured: 14 MB/s in all with five receivers, 10 of them between browsers. */
    private static final Lines HOME = new Lines(4_000_000, 2_000_000, 8_000_000);

    /** Other ones, for the advisor: half the hub, and receivers that give less. */
    private static final Lines OTHER = new Lines(2_000_000, 1_500_000, 5_000_000);

    private static final double STOPWATCH = 0.1;

    /** How far times may lie above the bound of their model. */
    private static final double ABOVE = 1.15;

    /** How much longer five take from peers than one: 1.6 times by the bound of a hub that sends one copy, where the hub alone needs 5. */
    private static final double FLAT = 2;

    /** Least seconds for one to five when the hub sends one copy, by hand: 20 MB, the hub 4 MB/s, each receiver 2 up and 8 down. */
    private static final double[] ONE_COPY = {5, 5, 20 * 2 / 6.0, 20 * 3 / 8.0, 20 * 4 / 10.0};

    /** How far from what is measured the advisor may be. */
    private static final double FORETOLD = 0.25;

    private static final Duration PATIENCE = Duration.ofMinutes(45);

    /** In bytes a second. */
    private record Lines(long hub, long upload, long download) {}

    private final Path folder;

    ExperimentProof(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void recordedTimesAreTrueAndBehaveAsTheoryDoes(Stage stage) {
        Shared file = new Shared(stage, folder, RealFile.made(folder, "compared.bin", SIZE));
        Receivers receivers = new Receivers(stage, file, MANY);
        Figures figures = new Figures(getClass());
        JsonNode whole = run(receivers, HOME, true);
        figures.note("%s", whole.get("machine"));
        double worst = againstStopwatch(whole, receivers, figures);
        Map<Integer, Double> hub = lasts(whole, "hub", figures);
        Map<Integer, Double> peers = lasts(whole, "peers", figures);
        figures.note("recorded and stopwatch differ by %.1f %% at most", worst * 100);
        assertThat(worst).isLessThan(STOPWATCH);
        hub.forEach((many, seconds) ->
                assertThat(seconds).as("%d from the hub", many).isBetween(0.95 * 5 * many, ABOVE * 5 * many));
        peers.forEach((many, seconds) ->
                assertThat(seconds).as("%d from peers", many).isLessThan(ABOVE * ONE_COPY[many - 1]));
        assertThat(peers.get(MANY)).isLessThan(FLAT * peers.getOrDefault(1, 0.0));
        assertBounds(whole);
        foretold(stage, receivers, figures);
    }

    private static JsonNode run(Receivers receivers, Lines lines, boolean curve) {
        String id = receivers.begin(
                "[\"hub\",\"peers\"]", curve, REPETITIONS, lines.hub(), lines.upload(), lines.download());
        JsonNode whole = receivers.ended(id, PATIENCE);
        assertThat(whole.get("experiment").get("state").asString()).isEqualTo("done");
        return whole;
    }

    /** What the advisor says of other lines, knowing the first experiment, and what a second one with them then measures. */
    private static void foretold(Stage stage, Receivers receivers, Figures figures) {
        String question = String.format(
                Locale.ROOT,
                "/api/v1/advisor?receivers=%d&sizeMib=%.9f&hubUploadMbits=%d&uploadMbits=%d&downloadMbits=%d"
                        + "&spreadMinutes=0&stayingPercent=100&directPercent=100&relayedPercent=0",
                MANY,
                SIZE / MIB,
                OTHER.hub() / MEGABIT,
                OTHER.upload() / MEGABIT,
                OTHER.download() / MEGABIT);
        JsonNode advice =
                JsonMapper.shared().readTree(stage.administrator().get(question).body());
        JsonNode measured = run(receivers, OTHER, false).get("figures");
        for (int model = 0; model < measured.size(); model++) {
            assertThat(advice.get("sources").get(model).asString()).contains("own experiment");
            double told = advice.get("predictions").get(model).get("seconds").asDouble();
            double seen = measured.get(model).get("last").asDouble();
            figures.note(
                    "other lines, %s: foretold %.2f s (%s), measured %.2f s",
                    measured.get(model).get("model").asString(),
                    told,
                    advice.get("sources").get(model).asString(),
                    seen);
            assertThat(told).isCloseTo(seen, within(FORETOLD * seen));
        }
    }

    /** By hand: the hub 4 MB/s, each receiver 2 up and 8 down, 20 MB. */
    private static void assertBounds(JsonNode whole) {
        double[] clientServer = {5, 10, 15, 20, 25};
        double[] peerToPeer = {5, 5, 20 * 3 / 10.0, 20 * 4 / 12.0, 20 * 5 / 14.0};
        for (JsonNode each : whole.get("figures")) {
            int index = each.get("receivers").asInt() - 1;
            JsonNode bounds = each.get("bounds");
            assertThat(bounds.get("clientServer").asDouble()).isCloseTo(clientServer[index], within(1e-9));
            assertThat(bounds.get("thrifty").asDouble()).isCloseTo(ONE_COPY[index], within(1e-9));
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
