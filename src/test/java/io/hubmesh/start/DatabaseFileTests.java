package io.hubmesh.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.mock.env.MockEnvironment;

class DatabaseFileTests {

    private final Path file;
    private final String url;

    DatabaseFileTests(@TempDir Path folder) {
        file = folder.resolve("hubmesh.mv.db");
        url = "jdbc:h2:file:" + folder.resolve("hubmesh");
    }

    @Test
    void aNewDatabaseIsNotMadeByLooking() {
        DatabaseFile.check(environment(url));
        assertThat(file).doesNotExist();
    }

    @Test
    void aSoundDatabaseIsFine() throws SQLException {
        open().close();
        assertThatNoException().isThrownBy(() -> DatabaseFile.check(environment(url + ";DB_CLOSE_ON_EXIT=FALSE")));
    }

    @Test
    void anotherUserIsRefused() throws SQLException {
        open().close();
        refused(environment(url).withProperty("spring.datasource.username", "other"), "cannot be opened");
    }

    @Test
    void aCorruptDatabaseIsNamedSo() throws IOException, SQLException {
        open().close();
        byte[] noise = new byte[(int) Files.size(file)];
        java.util.Arrays.fill(noise, (byte) 'x');
        Files.write(file, noise, StandardOpenOption.TRUNCATE_EXISTING);
        refused(environment(url), "corrupt");
    }

    @Test
    void otherDatabasesAreNotLookedAt() {
        assertThatNoException().isThrownBy(() -> DatabaseFile.check(environment("jdbc:postgresql://nowhere/hubmesh")));
    }

    private static void refused(MockEnvironment environment, String reason) {
        assertThatExceptionOfType(FailureAnalyzedException.class)
                .isThrownBy(() -> DatabaseFile.check(environment))
                .withMessageContaining(reason);
    }

    private Connection open() throws SQLException {
        return DriverManager.getConnection(url, "hubmesh", "");
    }

    private static MockEnvironment environment(String url) {
        return new MockEnvironment()
                .withProperty("spring.datasource.url", url)
                .withProperty("spring.datasource.username", "hubmesh")
                .withProperty("spring.datasource.password", "");
    }
}
