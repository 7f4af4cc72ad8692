package io.hubmesh.measurement;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What rows that are written many at a time have in common. */
final class Batches {

    /** Rows sent to the database at once: bounds what it has to hold of one statement. */
    static final int SIZE = 500;

    private Batches() {}

    /**
     * What an update of several rows has not found.
     *
     * @param counts rows changed, as {@link org.springframework.jdbc.core.JdbcTemplate} tells them batch by batch
     */
    static <T> List<T> missed(List<T> rows, int[][] counts) {
        List<T> missed = new ArrayList<>();
        int row = 0;
        for (int[] batch : counts) {
            for (int count : batch) {
                if (count == 0) {
                    missed.add(rows.get(row));
                }
                row++;
            }
        }
        return missed;
    }

    /** In the order of the statement's parameters. */
    static void fill(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int column = 0; column < values.length; column++) {
            statement.setObject(column + 1, values[column]);
        }
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
