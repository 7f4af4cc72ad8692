package io.hubmesh.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StretchTests {

    private static final Instant NOW = Instant.parse("2026-03-01T08:17:42.5Z");

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // asked for: step, from, to; told: step, from, to
                "-, -, -, MINUTE, 2026-03-01T05:17:00Z, 2026-03-01T08:18:00Z",
                "HOUR, -, -, HOUR, 2026-02-22T08:00:00Z, 2026-03-01T09:00:00Z",
                "DAY, -, -, DAY, 2025-12-01T00:00:00Z, 2026-03-02T00:00:00Z",
                "-, 2026-03-01T07:00:30Z, 2026-03-01T07:59:59Z, MINUTE, 2026-03-01T07:00:00Z, 2026-03-01T08:00:00Z",
                "-, 2026-02-28T07:00:00Z, -, HOUR, 2026-02-28T07:00:00Z, 2026-03-01T09:00:00Z",
                "-, 2026-02-01T07:00:00Z, -, HOUR, 2026-02-01T07:00:00Z, 2026-03-01T09:00:00Z",
                "-, 2025-02-01T07:00:00Z, 2025-02-01T08:00:00Z, DAY, 2025-02-01T00:00:00Z, 2025-02-02T00:00:00Z",
                "-, 2026-03-01T07:00:00+01:00, 2999-01-01T00:00:00Z, MINUTE, 2026-03-01T06:00:00Z, 2026-03-01T08:18:00Z",
                "MINUTE, 2026-02-28T07:18:00Z, -, MINUTE, 2026-02-28T07:18:00Z, 2026-03-01T08:18:00Z"
            })
    void whatIsLeftOpenIsChosenAndBeginsAndEndsWithAStep(
            @Nullable Step step, @Nullable String from, @Nullable String to, Step told, Instant begin, Instant end) {
        assertThat(Stretch.of(step, instant(from), instant(to), NOW, StretchTests::oldest))
                .isEqualTo(new Stretch(told, begin, end));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, 2026-03-01T08:00:00Z, 2026-03-01T08:00:00Z",
                "-, 2026-03-01T08:18:00Z, -",
                "-, 2020-01-01T00:00:00Z, -",
                "DAY, 2020-01-01T00:00:00Z, -",
                "MINUTE, 2026-02-28T07:17:00Z, -",
                "HOUR, -1000000000-01-01T00:00:00Z, +1000000000-12-31T23:59:59.999999999Z"
            })
    void whatMakesNoSenseIsRefused(@Nullable Step step, @Nullable String from, @Nullable String to) {
        assertThatThrownBy(() -> Stretch.of(step, instant(from), instant(to), NOW, StretchTests::oldest))
                .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.code())
                        .isEqualTo(ProblemCode.INVALID_VALUE));
    }

    @Test
    void stepsBeginInUtcBefore1970Too() {
        assertThat(Step.DAY.floor(Instant.ofEpochSecond(-1))).isEqualTo("1969-12-31T00:00:00Z");
        assertThat(Step.HOUR.ceil(Instant.EPOCH)).isEqualTo(Instant.EPOCH);
        assertThat(Step.HOUR.ceil(Instant.ofEpochMilli(1))).isEqualTo("1970-01-01T01:00:00Z");
    }

    private static Instant oldest(Step step) {
        return NOW.minus(
                switch (step) {
                    case MINUTE -> Duration.ofHours(20);
                    case HOUR -> Duration.ofDays(90);
                    case DAY -> Duration.ofDays(1826);
                });
    }

    private static @Nullable Instant instant(@Nullable String text) {
        return text == null ? null : Instant.parse(text);
    }
}
