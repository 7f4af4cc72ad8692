package io.hubmesh.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

class DataDirectoryTests {

    private final Path folder;

    DataDirectoryTests(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void isMadeWithItsParentsAndLeftEmpty() {
        Path data = folder.resolve("a/b");
        assertThat(DataDirectory.prepare(data.toString())).isEqualTo(data);
        assertThat(data).isEmptyDirectory();
    }

    @Test
    void isForTheHubsOwnEyes() throws IOException {
        Path data = DataDirectory.prepare(folder.resolve("private").toString());
        assertThat(data).isDirectory();
        if (data.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void becomesAbsolute() {
        Path absolute = DataDirectory.prepare("target/test-data/../test-data");
        assertThat(absolute).isAbsolute().isEqualTo(Path.of("target/test-data").toAbsolutePath());
    }

    @Test
    void whatItHoldsIsLeftAlone() throws IOException {
        Files.writeString(folder.resolve("kept"), "kept");
        DataDirectory.prepare(folder.toString());
        assertThat(folder).isDirectoryContaining("glob:**kept");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "file/below"})
    void aFileInItsPlaceIsRefused(String name) throws IOException {
        Files.writeString(folder.resolve("file"), "");
        refused(folder.resolve(name).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a;MODE=MySQL", "nul\0character"})
    void aNameThatTheDatabaseOrTheSystemWouldMisreadIsRefused(String name) {
        refused(folder + "/" + name);
    }

    private static void refused(String name) {
        assertThatExceptionOfType(FailureAnalyzedException.class)
                .isThrownBy(() -> DataDirectory.prepare(name))
                .satisfies(refusal -> assertThat(refusal.analysis().getAction()).contains("HUBMESH_DATA"));
    }
}
