package io.hubmesh.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportTests {

    private final Path folder;

    ReportTests(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void aRunIsATableAndEverythingBehindIt() throws IOException {
        Report report = new Report("example", "An example");
        report.note("%d things were done.", 3);
        Report.Section section = report.section("Things", "thing", "runs", "took, s");
        section.row("one", 3, Spread.of(1.0, 12.25, 300.0));
        report.writeTo(folder);

        assertThat(written(".md"))
                .startsWith("# An example, ")
                .contains("Commit ", "Load average while it ran: ", "3 things were done.")
                .endsWith("""
                        ## Things

                        | thing | runs | took, s |
                        | --- | --- | --- |
                        | one | 3 | 12.3 (1.00 to 300) |
                        """);
        JsonNode all = JsonMapper.shared().readTree(written(".json"));
        assertThat(all.at("/machine/cores").intValue()).isPositive();
        assertThat(all.at("/sections/0/rows/0/took, s/median").doubleValue()).isEqualTo(12.25);
    }

    @Test
    void aRowHasACellForEachColumn() {
        Report.Section section = new Report("example", "An example").section("Things", "thing", "runs");
        assertThatThrownBy(() -> section.row("one")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void quantilesAreByNearestRank() {
        assertThat(Spread.of(List.of(5, 1, 4, 2, 3))).isEqualTo(new Spread(5, 1, 3, 5, 5, 5));
        assertThat(Spread.of(2.0).times(10)).isEqualTo(new Spread(1, 20, 20, 20, 20, 20));
    }

    private String written(String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            Path file = files.filter(each -> each.toString().endsWith(ending))
                    .findFirst()
                    .orElseThrow();
            return Files.readString(file);
        }
    }
}
