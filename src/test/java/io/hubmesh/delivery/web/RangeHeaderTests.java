package io.hubmesh.delivery.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubmesh.Fuzz;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Range headers: honest ones against a reference that counts bytes one by one, and some as nobody honest would write them. */
class RangeHeaderTests {

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

    /** A range as it is written; a negative number is one that is left out. */
    record Spec(int first, int last) {

        @Override
        public String toString() {
            return (first < 0 ? "" : first) + "-" + (last < 0 ? "" : last);
        }

        /** The bytes of a file of that size which it names. */
        BitSet bytes(int size) {
            BitSet named = new BitSet();
            for (int at = 0; at < size; at++) {
                boolean inSuffix = first < 0 && at >= size - last;
                boolean between = first >= 0 && at >= first && (last < 0 || at <= last);
                named.set(at, inSuffix || between);
            }
            return named;
        }
    }

    @Property(tries = 3000)
    void everyByteThatIsAskedForComesOnceAndFewOthers(
            @ForAll("specs") List<Spec> specs, @ForAll @IntRange(max = 3000) int size) {
        String header = "bytes=" + specs.stream().map(Spec::toString).collect(Collectors.joining(", "));
        BitSet wanted = new BitSet();
        specs.forEach(spec -> wanted.or(spec.bytes(size)));
        try {
            BitSet sent = new BitSet();
            for (ByteRange range : RangeHeader.of(header, size)) {
                int from = (int) range.start();
                assertThat(sent.get(from, (int) range.end()).isEmpty())
                        .as("no byte twice")
                        .isTrue();
                sent.set(from, (int) range.end());
            }
            BitSet missing = (BitSet) wanted.clone();
            missing.andNot(sent);
            assertThat(missing.isEmpty()).isTrue();
            sent.andNot(wanted);
            assertThat(sent.cardinality()).isLessThanOrEqualTo(specs.size() * RangeHeader.GAP);
        } catch (ProblemException refused) {
            assertThat(wanted.isEmpty() || overlaps(specs, size) > RangeHeader.MOST_OVERLAPS)
                    .isTrue();
        }
    }

    private static int overlaps(List<Spec> specs, int size) {
        int overlaps = 0;
        BitSet before = new BitSet();
        for (Spec spec : specs) {
            BitSet bytes = spec.bytes(size);
            overlaps += bytes.intersects(before) ? 1 : 0;
            before.or(bytes);
            // what is between two that are near is sent too, and can be asked for again
            for (int at = before.nextSetBit(0); at >= 0; at = before.nextSetBit(before.nextClearBit(at))) {
                int end = before.nextClearBit(at);
                int next = before.nextSetBit(end);
                if (next >= 0 && next - end <= RangeHeader.GAP) {
                    before.set(end, next);
                }
            }
        }
        return overlaps;
    }

    @Provide
    Arbitrary<List<Spec>> specs() {
        Arbitrary<Integer> numbers = Arbitraries.integers().between(0, 4000);
        Arbitrary<Spec> both = Combinators.combine(numbers, numbers)
                .as((one, other) -> new Spec(Math.min(one, other), Math.max(one, other)));
        Arbitrary<Spec> near = Combinators.combine(
                        numbers, Arbitraries.integers().between(0, 200))
                .as((first, more) -> new Spec(first, first + more));
        return Arbitraries.oneOf(
                        both, near, numbers.map(first -> new Spec(first, -1)), numbers.map(last -> new Spec(-1, last)))
                .list()
                .ofMinSize(1)
                .ofMaxSize(12);
    }

    @Test
    void anAnswerIsAlwaysPartOfTheFile() {
        Fuzz.tries(20_000, fuzz -> {
            StringBuilder header = new StringBuilder(fuzz.below(2) == 0 ? "bytes=" : "");
            for (int count = fuzz.below(7); count > 0; count--) {
                header.append(fuzz.below(9) == 0 ? fuzz.text(5) : fuzz.one(PIECES));
            }
            long size = fuzz.one(List.of(0L, 1L, 500L, Long.MAX_VALUE / 2));
            try {
                for (ByteRange range : RangeHeader.of(header.toString(), size)) {
                    assertThat(range.start()).isBetween(0L, size);
                    assertThat(range.length()).isBetween(1L, size - range.start());
                }
            } catch (ProblemException refused) {
                assertThat(refused.code()).isEqualTo(ProblemCode.RANGE_NOT_SATISFIABLE);
            }
        });
    }

    @Test
    void aThousandRangesAreRefused() {
        assertThatThrownBy(() -> RangeHeader.of("bytes=" + "0-0,".repeat(20_000) + "1-1", 500))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void theOrderAskedForStays() {
        assertThat(RangeHeader.of("bytes=1000-1009,0-9,1005-1020", 5000))
                .containsExactly(new ByteRange(1000, 21), new ByteRange(0, 10));
    }
}
