package io.hubmesh.audit.chain;

import static org.mockito.Mockito.mock;

import io.hubmesh.HandClock;
import io.hubmesh.accounts.Role;
import io.hubmesh.accounts.Subject;
import io.hubmesh.audit.Action;
import io.hubmesh.audit.Actor;
import io.hubmesh.audit.Entry;
import io.hubmesh.audit.Thing;
import io.hubmesh.kernel.AccountId;
import jakarta.persistence.EntityManager;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** A chain in a database of its own, with whatever a test does to it behind the hub's back. */
final class Written {

    static final Subject ADA = new Subject(
            new AccountId(UUID.fromString("11111111-2222-3333-4444-555555555555")), "ada", Role.ADMINISTRATOR);

    final HandClock clock = new HandClock();
    final JdbcClient database;
    final ChainRows rows;
    final Chain chain;
    final RetentionBook retention;
    final Path data;
    private final Pruning pruning;

    /** @param data where the end is noted */
    Written(Path data) {
        this(new DriverManagerDataSource("jdbc:h2:mem:audit-" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1"), data);
    }

    Written(DataSource source, Path data) {
        new ResourceDatabasePopulator(new ClassPathResource("db/migration/V60__audit.sql")).execute(source);
        this.data = data;
        database = JdbcClient.create(source);
        rows = new ChainRows(database, new JdbcTemplate(source));
        chain = new Chain(rows, mock(EntityManager.class));
        retention = new RetentionBook(database, chain, clock);
        pruning = new Pruning(rows, chain, retention, clock);
    }

    Custody custody() {
        return new Custody(chain, rows, pruning, data, clock);
    }

    /** Some records, noted like a hub does. */
    Written with(int records) {
        custody().note();
        for (int i = 1; i <= records; i++) {
            append("file " + i);
        }
        custody().note();
        return this;
    }

    void append(String name) {
        Thing file = new Thing(Thing.Kind.RESOURCE, UUID.randomUUID().toString(), name);
        chain.append(List.of(Entry.done(clock.instant(), Actor.of(ADA), Action.RESOURCE_ADDED, file)
                .from("192.0.2.1")
                .saying("bytes", 42)));
    }

    void change(String sql) {
        database.sql(sql).update();
    }

    List<String> findings() {
        return custody().verify().findings();
    }
}
