package io.hubmesh.delivery.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OtherNameTests {

    @ParameterizedTest
    @CsvSource({
        "report.pdf, 1, report.pdf",
        "report.pdf, 2, report (2).pdf",
        "report, 12, report (12)",
        ".profile, 2, .profile (2)",
        "a.tar.gz, 3, a.tar (3).gz"
    })
    void theNumberStandsBeforeTheEnding(String name, int number, String other) {
        assertThat(OtherName.of(name, number)).isEqualTo(other);
    }

    @Test
    void aLongNameIsCutAtALetter() {
        String other = OtherName.of("日".repeat(83) + ".txt", 2);

        assertThat(other).startsWith("日").endsWith(" (2).txt");
        assertThat(other.getBytes(StandardCharsets.UTF_8).length).isBetween(250, 255);
        assertThat(other).doesNotContain("\ufffd");
    }
}
