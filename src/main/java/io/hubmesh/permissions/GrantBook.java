package io.hubmesh.permissions;

import io.hubmesh.kernel.Remembered;
import io.hubmesh.kernel.ResourceId;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What was granted to whom, by grantee, so that a decision asks the tables only for grantees that nobody has asked about lately or whose grants
 * have changed since. Grants on resources that are gone may still stand in it: nobody can ask about those.
 */
@Component
class GrantBook {

    /** Grants and grantees, each of about 80 bytes. */
    private static final long MOST = 500_000;

    /** Every change is heard of; this bounds what else may have changed the table. */
    private static final Duration KEPT = Duration.ofMinutes(1);

    private final JdbcClient database;
    private final Remembered<Grantee, Map<ResourceId, Level>> given;

    GrantBook(JdbcClient database, Clock clock) {
        this.database = database;
        this.given = new Remembered<>(MOST, grants -> 1 + grants.size(), KEPT, clock);
    }

    /** Everything that was granted to exactly this account or group. */
    Map<ResourceId, Level> of(Grantee grantee) {
        return given.find(grantee, this::read).orElse(Map.of());
    }

    /** The running transaction changes what this one was granted; whoever has committed it reads it again. */
    void changing(Grantee grantee) {
        given.changing(grantee, this::read);
    }

    private Optional<Map<ResourceId, Level>> read(Grantee grantee) {
        Map<ResourceId, Level> grants = new HashMap<>();
        database.sql("select resource_id, granted_level from grants where grantee_id = ?")
                .param(grantee.id())
                .query(row -> {
                    grants.put(new ResourceId(row.getObject(1, UUID.class)), Level.valueOf(row.getString(2)));
                });
        return Optional.of(Map.copyOf(grants));
    }
}
