package io.hubmesh.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChunkSizeTests {

    @ParameterizedTest
    @CsvSource({
        "0, 65536",
        "1, 65536",
        "33554432, 65536", // 512 chunks of 64 KiB
        "33554433, 131072",
        "67108864, 131072",
        "67108865, 262144",
        "1073741824, 2097152",
        "1073741825, 4194304",
        "2147483648, 4194304",
        "2147483649, 4194304",
        "9223372036854775295, 4194304"
    })
    void chunksGrowWithTheSizeByPowersOfTwoWithinBounds(long size, int expected) {
        assertThat(ChunkSize.of(size)).isEqualTo(expected);
    }
}
