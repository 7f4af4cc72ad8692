package io.hubmesh.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BytesTests {

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1, 1 B",
        "1023, 1023 B",
        "1024, 1 KiB",
        "1536, 1.5 KiB",
        "500000, 500000 B",
        "536870912, 512 MiB",
        "1073741824, 1 GiB",
        "5000000000000, 4882812500 KiB",
        "1125899906842624, 1 PiB"
    })
    void aCountIsWrittenExactlyInTheLargestUnitThatHoldsIt(long count, String words) {
        assertThat(Bytes.exactly(count)).isEqualTo(words);
    }

    @Property
    void whatIsWrittenExactlyIsReadAgain(@ForAll @LongRange(max = 1L << 50) long count) {
        assertThat(Bytes.read(Bytes.exactly(count))).hasValue(count);
    }

    @ParameterizedTest
    @CsvSource({
        "50, 53687091200",
        "'0,5', 536870912",
        "0.5 GiB, 536870912",
        "500mib, 524288000",
        "7 B, 7",
        "0.4 B, 1",
        "-0.4 B, -1",
        "2 TiB, 2199023255552",
        "9999999999999999 PiB, 9223372036854775807"
    })
    void aNumberAloneIsOfGiB(String typed, long count) {
        assertThat(Bytes.read(typed)).hasValue(count);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GiB", "5 GB", "5 GiB 2", "1e3", "five", "1.2.3", "99999999999999999"})
    void whatIsNoneIsNothing(String typed) {
        assertThat(Bytes.read(typed)).isEmpty();
    }

    @Test
    void inWordsItIsRounded() {
        assertThat(Bytes.inWords(1_536_100)).isEqualTo("1.5 MiB");
    }
}
