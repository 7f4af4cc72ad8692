package io.hubmesh.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The vectors of {@code protocol/bounds.json}, which the simulator's bounds are held against too. */
class BoundsTests {

    private static final double ROUNDING = 1e-9;

    @TestFactory
    List<DynamicTest> vectors() throws IOException {
        try (InputStream file = BoundsTests.class.getResourceAsStream("/protocol/bounds.json")) {
            JsonNode vectors = JsonMapper.builder().build().readTree(Objects.requireNonNull(file));
            return StreamSupport.stream(vectors.spliterator(), false)
                    .map(vector -> DynamicTest.dynamicTest(vector.get("name").stringValue(), () -> check(vector)))
                    .toList();
        }
    }

    /** By hand: 20 MB, the hub 2 MB/s, five receivers that give 1 MB/s and take 4 MB/s. */
    @Test
    void aClassroomOfFive() {
        List<Bounds.Rates> five = Collections.nCopies(5, new Bounds.Rates(1_000_000, 4_000_000));

        Bounds bounds = Bounds.of(20_000_000, 306, 2_000_000, five);

        assertThat(bounds.clientServer()).isEqualTo(50); // 5 x 20 / 2
        assertThat(bounds.peerToPeer()).isEqualTo(100.0 / 7); // 5 x 20 / (2 + 5 x 1)
        assertThat(bounds.thrifty()).isEqualTo(16); // 4 x 20 / 5
        assertThat(bounds.chunkFactor()).isEqualTo(1 + 2.0 / 306);
    }

    private static void check(JsonNode vector) {
        List<Bounds.Rates> receivers = StreamSupport.stream(
                        vector.get("receivers").spliterator(), false)
                .map(each -> new Bounds.Rates(
                        each.get("upload").longValue(), each.get("download").longValue()))
                .toList();
        JsonNode expected = vector.get("bounds");

        Bounds bounds = Bounds.of(
                vector.get("size").longValue(),
                vector.get("chunks").intValue(),
                vector.get("hubUpload").longValue(),
                receivers);

        assertThat(bounds.clientServer()).isCloseTo(expected.get("clientServer").doubleValue(), within(ROUNDING));
        assertThat(bounds.peerToPeer()).isCloseTo(expected.get("peerToPeer").doubleValue(), within(ROUNDING));
        assertThat(bounds.thrifty()).isCloseTo(expected.get("thrifty").doubleValue(), within(ROUNDING));
        assertThat(bounds.chunkFactor()).isCloseTo(expected.get("chunkFactor").doubleValue(), within(ROUNDING));
    }
}
