package io.hubmesh.start;

import java.sql.SQLException;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

/** What the embedded database's error codes mean to the person who starts the hub. */
final class DatabaseFailures {

    /** H2's {@code DATABASE_ALREADY_OPEN_1}: another process holds the file's lock. */
    static final int ALREADY_OPEN = 90020;

    /** H2's {@code FILE_CORRUPTED_1}. */
    static final int CORRUPTED = 90030;

    private DatabaseFailures() {}

    static FailureAnalyzedException explain(SQLException failure, String database) {
        return switch (failure.getErrorCode()) {
            case ALREADY_OPEN ->
                new FailureAnalyzedException(
                        database + " is in use: another Hubmesh is running on this data directory.",
                        "Stop the other one, or name another data directory with HUBMESH_DATA.",
                        failure);
            case CORRUPTED ->
                new FailureAnalyzedException(
                        database + " is corrupt and cannot be read.",
                        "Put a backup of the data directory in its place, or start with an empty one (HUBMESH_DATA).",
                        failure);
            default ->
                new FailureAnalyzedException(
                        database + " cannot be opened: " + firstLine(failure) + " (error " + failure.getErrorCode()
                                + ").",
                        "Check the data directory and the spring.datasource settings.",
                        failure);
        };
    }

    private static String firstLine(SQLException failure) {
        String message = failure.getMessage();
        return message == null
                ? failure.toString()
                : message.lines().findFirst().orElse("").trim();
    }
}
