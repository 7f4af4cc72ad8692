package io.hubmesh.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameKeysTests {

    @Test
    void numbersStandByTheirValue() {
        List<String> inOrder = List.of(
                ".hidden",
                "2 a",
                "10 a",
                "a",
                "a0",
                "a1b2",
                "a1b10",
                "a2",
                "a10",
                "a10b",
                "ab",
                "file2.txt",
                "file10.txt");

        assertThat(reversed(inOrder).sorted(Comparator.comparing(NameKeys::sortKey)))
                .containsExactlyElementsOf(inOrder);
    }

    private static Stream<String> reversed(List<String> names) {
        List<String> reversed = new ArrayList<>(names);
        Collections.reverse(reversed);
        return reversed.stream();
    }

    @ParameterizedTest
    @CsvSource({
        "\u00c9T\u00c9.txt, ete.txt",
        "STRASSE, stra\u00dfe",
        "\ufb01le, FILE",
        "\u0041\u030a, \u00e5",
        "\uff11, 1"
    })
    void whatPeopleTypeForTheSameIsTheSame(String one, String other) {
        assertThat(NameKeys.searchKey(one)).isEqualTo(NameKeys.searchKey(other));
        assertThat(NameKeys.sortKey(one)).isEqualTo(NameKeys.sortKey(other));
    }

    @Test
    void keysFitTheirColumns() {
        for (String name : List.of("\ufdfa".repeat(85), "1".repeat(255), "\ud83d\ude00".repeat(63), "1a".repeat(127))) {
            assertThat(NameKeys.sortKey(name))
                    .hasSizeLessThanOrEqualTo(NameKeys.LONGEST)
                    .matches("[0-9a-f]*");
            assertThat(NameKeys.searchKey(name)).hasSizeLessThanOrEqualTo(NameKeys.LONGEST);
        }
    }

    @Test
    void namesAreNumberedBeforeTheirEnding() {
        assertThat(Stream.of("a.txt", "a", ".a", "a.tar.gz", "a (2).txt")
                        .map(name -> ResourceName.of(name).numbered(3).text()))
                .containsExactly("a (3).txt", "a (3)", ".a (3)", "a.tar (3).gz", "a (2) (3).txt");
        assertThat(ResourceName.of("\u00e4".repeat(125) + ".pdf").numbered(12).text())
                .endsWith("\u00e4 (12).pdf");
    }
}
