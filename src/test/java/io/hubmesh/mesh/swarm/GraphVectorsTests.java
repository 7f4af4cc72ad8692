package io.hubmesh.mesh.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.PeerId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The scenarios of {@code protocol/graph.json}, which the simulator's hub runs too. Each use of chance takes the next of
 * {@code draws}, modulo its range, and 0 when there is none left; all of them are used.
 */
class GraphVectorsTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    record Scenario(String name, List<Integer> draws, List<JsonNode> steps) {
        @Override
        public String toString() {
            return name;
        }
    }

    record News(List<String> named, List<String> part) {}

    static Stream<Scenario> scenarios() throws IOException {
        try (InputStream file = GraphVectorsTests.class.getResourceAsStream("/protocol/graph.json")) {
            return Stream.of(JSON.readValue(Objects.requireNonNull(file), Scenario[].class));
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void goesAsTheScenarioSays(Scenario scenario) {
        Deque<Integer> draws = new ArrayDeque<>(scenario.draws());
        NeighbourGraph graph = new NeighbourGraph(range -> draws.isEmpty() ? 0 : draws.remove() % range);
        for (JsonNode step : scenario.steps()) {
            take(step, graph);
            JsonNode expected = step.get("expect");
            PeerId peer = peer(step.get("peer").stringValue());
            assertThat(names(graph.neighbours(peer))).as(step.toString()).isEqualTo(texts(expected.get("neighbours")));
            assertThat(news(graph)).as(step.toString()).isEqualTo(news(expected.get("news")));
        }
        assertThat(draws).as("draws left").isEmpty();
    }

    private static void take(JsonNode step, NeighbourGraph graph) {
        long at = step.get("at").longValue();
        String name = step.get("peer").stringValue();
        switch (step.get("do").stringValue()) {
            case "enter" -> {
                Node node = new Node(
                        peer(name),
                        account(step.path("account").asString(name)),
                        new Network(step.path("network").asString("")));
                node.full = step.path("full").asBoolean(false);
                graph.enter(node, at);
            }
            case "exit" -> graph.exit(peer(name), at);
            case "filled" -> graph.filled(peer(name), at);
            case "lost" -> graph.lost(peer(name), peer(step.get("neighbour").stringValue()), code(step), at);
            case "reopen" -> graph.reopen(at);
            default -> throw new AssertionError(step.toString());
        }
    }

    private static RefusalCode code(JsonNode step) {
        String word = step.get("code").stringValue();
        return RefusalCode.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    private static Map<String, News> news(NeighbourGraph graph) {
        Map<String, News> all = new LinkedHashMap<>();
        graph.wiring()
                .take()
                .forEach((peer, own) -> all.put(name(peer), new News(names(own.named()), names(own.part()))));
        return all;
    }

    private static Map<String, News> news(JsonNode expected) {
        Map<String, News> all = new LinkedHashMap<>();
        expected.properties().forEach(entry -> {
            JsonNode own = entry.getValue();
            all.put(entry.getKey(), new News(texts(own.get("named")), texts(own.get("part"))));
        });
        return all;
    }

    private static List<String> texts(JsonNode list) {
        return list.values().stream().map(JsonNode::stringValue).toList();
    }

    private static List<String> names(Collection<PeerId> peers) {
        return peers.stream().map(GraphVectorsTests::name).toList();
    }

    private static PeerId peer(String name) {
        return new PeerId(name + "_".repeat(22 - name.length()));
    }

    private static String name(PeerId peer) {
        return peer.value().replaceFirst("_+$", "");
    }

    private static AccountId account(String name) {
        return new AccountId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
    }
}
