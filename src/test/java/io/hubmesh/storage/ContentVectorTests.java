package io.hubmesh.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.HandClock;
import io.hubmesh.HubFixture;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The vectors that the front end's tests run too. They were made by neither of the two. */
@SuppressWarnings("NullAway.Init") // opened before each test
class ContentVectorTests {

    private Blobs blobs;

    @BeforeEach
    void open(@TempDir Path data) throws IOException {
        blobs = new Blobs(new StorageSettings(data), new HandClock());
    }

    @ParameterizedTest
    @MethodSource("contents")
    void everyContentHasTheNameAndLeavesOfTheVectors(JsonNode vector) {
        byte[] bytes = HubFixture.bytes(vector.get("size").asInt());

        Manifest manifest = receive(bytes);

        assertThat(manifest.size()).isEqualTo(bytes.length);
        assertThat(manifest.chunkSize()).isEqualTo(vector.get("chunkSize").asInt());
        assertThat(manifest.sha256()).isEqualTo(vector.get("sha256").asString());
        assertThat(Base64.getUrlEncoder().withoutPadding().encodeToString(manifest.leaves()))
                .isEqualTo(vector.get("leaves").asString());
        assertThat(manifest.contentId().hex()).isEqualTo(vector.get("contentId").asString());
        assertThat(manifest.sha256())
                .isEqualTo(HexFormat.of().formatHex(MerkleTree.sha256().digest(bytes)));
    }

    private Manifest receive(byte[] bytes) {
        try (Incoming incoming = blobs.receive(bytes.length)) {
            for (int at = 0; at < bytes.length; at += 10_007) { // pieces that do not fit the chunks
                incoming.write(bytes, at, Math.min(10_007, bytes.length - at));
            }
            return incoming.finish();
        }
    }

    @ParameterizedTest
    @MethodSource("chunkSizes")
    void everySizeHasTheChunkSizeOfTheVectors(JsonNode vector) {
        assertThat(ChunkSize.of(vector.get("size").asLong()))
                .isEqualTo(vector.get("chunkSize").asInt());
    }

    static Stream<JsonNode> contents() throws IOException {
        return vectors("contents");
    }

    static Stream<JsonNode> chunkSizes() throws IOException {
        return vectors("chunkSizes");
    }

    private static Stream<JsonNode> vectors(String list) throws IOException {
        try (InputStream file = ContentVectorTests.class.getResourceAsStream("/protocol/content.json")) {
            JsonNode all =
                    JsonMapper.shared().readTree(Objects.requireNonNull(file).readAllBytes());
            return all.get(list).valueStream().toList().stream();
        }
    }
}
