package io.hubmesh.measurement.advisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The advisor against the measurements that are kept beside the code. */
class KeptMeasurementsTests {

    private static final Path KEPT = Path.of("src", "docs", "measurements");

    /** How far a prediction may be from what a simulation of the same environment has shown, in percent. */
    private static final double NEAR = 15;

    @Test
    void whatIsShippedIsTheMedianOfTheFileItNames() throws IOException {
        List<ShippedMeasurements.Point> points = ShippedMeasurements.read();
        assertThat(points).hasSizeGreaterThan(3);
        for (ShippedMeasurements.Point point : points) {
            List<JsonNode> runs = results(KEPT.resolve(point.file() + ".json")).stream()
                    .filter(run -> run.at("/scenario/name").asString().equals(point.scenario()))
                    .toList();
            assertThat(runs).as(point.scenario()).isNotEmpty().allSatisfy(run -> {
                assertThat(run.at("/scenario/peers").asInt()).isEqualTo(point.receivers());
                assertThat(run.at("/scenario/leaving").asDouble())
                        .isCloseTo(point.leavingShare(), Percentage.withPercentage(0.001));
            });
            assertThat(median(runs, "/efficiency/last")).isEqualTo(point.efficiency());
            assertThat(median(runs, "/egress")).isEqualTo(point.egressCopies());
        }
    }

    @Test
    void whatIsPredictedIsNearWhatWasSimulated() throws IOException {
        List<JsonNode> runs = new ArrayList<>();
        try (Stream<Path> files = Files.list(KEPT)) {
            for (Path file : files.filter(KeptMeasurementsTests::isSimulation).toList()) {
                runs.addAll(results(file));
            }
        }
        List<JsonNode> ordinary =
                runs.stream().filter(KeptMeasurementsTests::isOrdinary).toList();
        assertThat(ordinary).hasSizeGreaterThan(12);
        Advisor advisor = Scene.advisor(null);
        for (JsonNode run : ordinary) {
            Prediction predicted =
                    advisor.advise(environment(run.get("scenario"))).of(DeliveryModel.PEERS);
            assertThat(predicted.boundSeconds())
                    .as("bound of %s", run.at("/scenario/name"))
                    .isCloseTo(run.get("bound").asDouble(), Percentage.withPercentage(0.01));
            assertThat(predicted.seconds())
                    .as("last of %s", run.at("/scenario/name"))
                    .isCloseTo(run.at("/seconds/most").asDouble(), Percentage.withPercentage(NEAR));
            assertThat((double) predicted.hubBytes() / run.at("/scenario/size").asLong())
                    .as("copies of %s", run.at("/scenario/name"))
                    .isCloseTo(run.get("egress").asDouble(), Percentage.withPercentage(NEAR));
        }
    }

    private static boolean isSimulation(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith("simulation-") && name.endsWith(".json");
    }

    /** What the advisor can be asked for: one kind of line, honest peers that all reach each other, model peers. */
    private static boolean isOrdinary(JsonNode run) {
        JsonNode scenario = run.get("scenario");
        return scenario.get("lines").size() == 1
                && scenario.get("corrupt").asDouble() == 0
                && scenario.get("mute").asDouble() == 0
                && scenario.path("holders").asInt(0) == 0
                && scenario.get("unreachable").asDouble() == 0
                && scenario.get("model").asString().equals("peers");
    }

    private static Environment environment(JsonNode scenario) {
        return new Environment(
                scenario.get("peers").asInt(),
                scenario.get("size").asLong(),
                scenario.get("hubUpload").asDouble(),
                scenario.at("/lines/0/download").asDouble(),
                scenario.at("/lines/0/upload").asDouble(),
                0,
                1 - scenario.get("leaving").asDouble(),
                1,
                0,
                0,
                Sensitivity.INTERNAL);
    }

    private static List<JsonNode> results(Path file) throws IOException {
        List<JsonNode> all = new ArrayList<>();
        for (JsonNode outcome :
                JsonMapper.shared().readTree(Files.readString(file)).get("outcomes")) {
            outcome.get("results").forEach(all::add);
        }
        return all;
    }

    private static double median(List<JsonNode> runs, String figure) {
        double[] sorted = runs.stream()
                .mapToDouble(run -> run.at(figure).asDouble())
                .sorted()
                .toArray();
        return sorted[sorted.length / 2];
    }
}
