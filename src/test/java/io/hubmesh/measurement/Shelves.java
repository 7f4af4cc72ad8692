package io.hubmesh.measurement;

import java.util.UUID;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** The room's tables in a database of their own. */
final class Shelves {

    private static final String[] MIGRATIONS = {
        "V30__measurement",
        "V31__transfer_held",
        "V32__transfer_first_byte",
        "V33__relayed",
        "V34__measurement_settings",
        "V35__rollups"
    };

    final JdbcTemplate database;
    final RollupRows rollups;
    final Books books;

    Shelves() {
        var source = new DriverManagerDataSource("jdbc:h2:mem:books-" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        var populator = new ResourceDatabasePopulator();
        for (String migration : MIGRATIONS) {
            populator.addScript(new ClassPathResource("db/migration/" + migration + ".sql"));
        }
        populator.execute(source);
        database = new JdbcTemplate(source);
        rollups = new RollupRows(database);
        books = new Books(new ResourceCounterRows(database), new TransferRows(database), rollups);
    }

    /** Frees the memory that the database takes. */
    void close() {
        database.execute("shutdown");
    }
}
