package io.hubmesh.library;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;
import org.springframework.stereotype.Component;

/** Fills the keys of names that were there before there were keys. */
@Component
class V51__Name_keys extends BaseJavaMigration {

    /** Rows that are written at once. */
    private static final int BATCH = 1000;

    @Override
    public void migrate(Context context) throws SQLException {
        try (Statement read = context.getConnection().createStatement();
                ResultSet names = read.executeQuery("select id, name from resources");
                PreparedStatement write = context.getConnection()
                        .prepareStatement("update resources set sort_key = ?, search_key = ? where id = ?")) {
            int waiting = 0;
            while (names.next()) {
                write.setString(1, NameKeys.sortKey(names.getString(2)));
                write.setString(2, NameKeys.searchKey(names.getString(2)));
                write.setObject(3, names.getObject(1, UUID.class));
                write.addBatch();
                if (++waiting % BATCH == 0) {
                    write.executeBatch();
                }
            }
            write.executeBatch();
        }
    }
}
