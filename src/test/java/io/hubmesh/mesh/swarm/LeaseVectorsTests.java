package io.hubmesh.mesh.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.kernel.PeerId;
import io.hubmesh.mesh.events.TransferReported.Model;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The scenarios of {@code protocol/leases.json}, which the simulator's hub runs too. Each use of chance takes the next of
 * {@code draws}, modulo its range; all of them are used.
 */
class LeaseVectorsTests {

    record Scenario(String name, int chunks, int chunkSize, String policy, List<Integer> draws, List<JsonNode> steps) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Scenario> scenarios() throws IOException {
        try (InputStream file = LeaseVectorsTests.class.getResourceAsStream("/protocol/leases.json")) {
            return Stream.of(JsonMapper.builder().build().readValue(Objects.requireNonNull(file), Scenario[].class));
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void goesAsTheScenarioSays(Scenario scenario) {
        Deque<Integer> draws = new ArrayDeque<>(scenario.draws());
        LeasePolicy policy =
                LeasePolicy.valueOf(scenario.policy().toUpperCase(Locale.ROOT).replace('-', '_'));
        LeaseDesk desk =
                new LeaseDesk(scenario.chunks(), scenario.chunkSize(), () -> policy, range -> draws.remove() % range);
        for (JsonNode step : scenario.steps()) {
            take(step, desk, scenario.chunks());
        }
        assertThat(draws).as("draws left").isEmpty();
    }

    private static void take(JsonNode step, LeaseDesk desk, int chunks) {
        long at = step.get("at").longValue();
        PeerId peer = peer(step.get("peer").stringValue());
        switch (step.get("do").stringValue()) {
            case "enter" -> desk.enter(peer, set(step.get("have"), chunks), at);
            case "exit" -> desk.exit(peer);
            case "shun" -> desk.shun(peer);
            case "have" ->
                desk.have(peer, set(step.get("chunks"), chunks).stream().boxed().toList(), at);
            case "sent" -> desk.sent(peer, step.get("chunk").intValue(), at);
            case "served" -> desk.served(peer, step.get("bytes").longValue(), at);
            case "lease" -> {
                Model model = Model.valueOf(step.get("model").stringValue().toUpperCase(Locale.ROOT));
                int room = step.get("room").intValue();
                expect(step, desk.lease(peer, model, set(step.get("wanted"), chunks), room, at));
            }
            default -> throw new AssertionError(step.toString());
        }
    }

    private static void expect(JsonNode step, LeaseDesk.Answer answer) {
        JsonNode chunks = step.get("expect").get("chunks");
        if (chunks == null) {
            assertThat(answer.chunks()).as(step.toString()).isEmpty();
            assertThat(answer.retryAfterMillis())
                    .as(step.toString())
                    .isEqualTo(step.get("expect").get("retryAfterMillis").longValue());
        } else {
            assertThat(answer.chunks())
                    .as(step.toString())
                    .containsExactlyElementsOf(
                            chunks.values().stream().map(JsonNode::intValue).toList());
        }
    }

    private static PeerId peer(String name) {
        return new PeerId(name + "_".repeat(22 - name.length()));
    }

    /** A list of chunks, or "all". */
    private static BitSet set(JsonNode chunks, int all) {
        BitSet set = new BitSet();
        IntStream which =
                chunks.isArray() ? chunks.values().stream().mapToInt(JsonNode::intValue) : IntStream.range(0, all);
        which.forEach(set::set);
        return set;
    }
}
