package io.hubmesh.start;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.core.env.Environment;

/** The embedded database, tried out before the pool, the migrations and the mappings need it. */
final class DatabaseFile {

    private static final String URL_PREFIX = "jdbc:h2:file:";
    private static final String FILE_SUFFIX = ".mv.db";

    private DatabaseFile() {}

    /** @throws FailureAnalyzedException when there is a database file and it cannot be opened */
    static void check(Environment environment) {
        String url = environment.getProperty("spring.datasource.url", "");
        if (!url.startsWith(URL_PREFIX)) {
            return;
        }
        int settings = url.indexOf(';');
        Path file = Path.of(url.substring(URL_PREFIX.length(), settings < 0 ? url.length() : settings) + FILE_SUFFIX);
        if (!Files.exists(file)) {
            return;
        }
        String user = environment.getProperty("spring.datasource.username", "");
        String password = environment.getProperty("spring.datasource.password", "");
        try (Connection connection = DriverManager.getConnection(url, user, password)) {
            connection.isValid(0);
        } catch (SQLException failure) {
            throw DatabaseFailures.explain(failure, "The database " + file.toAbsolutePath());
        }
    }
}
