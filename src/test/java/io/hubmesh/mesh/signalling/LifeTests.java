package io.hubmesh.mesh.signalling;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.HandClock;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** The table of {@code protocol/connection.json}. */
class LifeTests {

    record Row(String status, String event, String next, List<String> effects) {}

    static Stream<Row> table() throws IOException {
        try (InputStream file = LifeTests.class.getResourceAsStream("/protocol/connection.json")) {
            return Stream.of(JsonMapper.builder().build().readValue(Objects.requireNonNull(file), Row[].class));
        }
    }

    @ParameterizedTest
    @MethodSource("table")
    void stepsAsTheTableSays(Row row) {
        Life.Step step = Life.step(status(row.status()), event(row.event()));
        assertThat(step.next().word()).isEqualTo(row.next());
        assertThat(step.effects()).extracting(Life.Effect::word).isEqualTo(row.effects());
    }

    @Test
    void theTableIsComplete() throws IOException {
        for (Life.Status status : Life.Status.values()) {
            for (Life.Event event : Life.Event.values()) {
                assertThat(table())
                        .as(status + " x " + event)
                        .filteredOn(row -> row.status().equals(status.word())
                                && row.event().equals(event.word()))
                        .hasSize(1);
            }
        }
    }

    @Test
    void aBurstIsAllowedAndThenTheRate() {
        HandClock clock = new HandClock();
        MessageRate rate = MessageRate.ofMessages(clock);
        for (int message = 0; message < MessageRate.BURST; message++) {
            assertThat(rate.allows()).isTrue();
        }
        assertThat(rate.allows()).isFalse();
        clock.turn(Duration.ofSeconds(1));
        for (int message = 0; message < MessageRate.PER_SECOND; message++) {
            assertThat(rate.allows()).isTrue();
        }
        assertThat(rate.allows()).isFalse();
        clock.turn(Duration.ofHours(1));
        for (int message = 0; message < MessageRate.BURST; message++) {
            assertThat(rate.allows()).isTrue();
        }
        assertThat(rate.allows()).as("no more than a burst is saved up").isFalse();
    }

    private static Life.Status status(String word) {
        return Arrays.stream(Life.Status.values())
                .filter(status -> status.word().equals(word))
                .findFirst()
                .orElseThrow();
    }

    private static Life.Event event(String word) {
        return Arrays.stream(Life.Event.values())
                .filter(event -> event.word().equals(word))
                .findFirst()
                .orElseThrow();
    }
}
