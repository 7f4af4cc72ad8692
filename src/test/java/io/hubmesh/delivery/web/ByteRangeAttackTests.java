package io.hubmesh.delivery.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.Fuzz;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Range headers as nobody honest would write them. */
class ByteRangeAttackTests {

    private static final List<String> PIECES = List.of(
            "bytes=",
            "bytes",
            "=",
            "-",
            "0",
            "1",
            "499",
            "9223372036854775807",
            "9223372036854775808",
            ",",
            " ",
            "--",
            "-0",
            "\t",
            "0-0,",
            "١",
            "items=");

    @Test
    void anAnswerIsAlwaysPartOfTheFile() {
        Fuzz.tries(20_000, fuzz -> {
            StringBuilder header = new StringBuilder(fuzz.below(2) == 0 ? "bytes=" : "");
            for (int count = fuzz.below(7); count > 0; count--) {
                header.append(fuzz.below(9) == 0 ? fuzz.text(5) : fuzz.one(PIECES));
            }
            long size = fuzz.one(List.of(0L, 1L, 500L, Long.MAX_VALUE));
            try {
                ByteRange range = ByteRange.of(header.toString(), size);
                assertThat(range.start()).isBetween(0L, size);
                assertThat(range.length()).isBetween(0L, size - range.start());
            } catch (ProblemException refused) {
                assertThat(refused.code()).isEqualTo(ProblemCode.RANGE_NOT_SATISFIABLE);
            }
        });
    }

    @Test
    void aThousandRangesAreAnsweredWithTheWholeFile() {
        assertThat(ByteRange.of("bytes=" + "0-0,".repeat(20_000) + "1-1", 500)).isEqualTo(ByteRange.whole(500));
    }
}
