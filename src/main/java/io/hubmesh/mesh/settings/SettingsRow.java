package io.hubmesh.mesh.settings;

import io.hubmesh.mesh.swarm.LeasePolicy;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The one row in which the settings are kept; the migration made it. The secret is kept as the hub's keys are. */
@Repository
@Transactional
class SettingsRow {

    private static final String ALL =
            "select version, turn_urls, turn_secret, credential_minutes, lease_policy, grace_minutes, second_stun"
                    + " from mesh_settings";

    private final JdbcClient database;

    SettingsRow(JdbcClient database) {
        this.database = database;
    }

    MeshSettings read() {
        return database.sql(ALL).query(SettingsRow::toSettings).single();
    }

    /** As the TURN server knows it; empty when there is none. */
    Optional<String> secret() {
        return database.sql("select turn_secret from mesh_settings where turn_secret is not null")
                .query((row, number) -> new String(row.getBytes(1), StandardCharsets.UTF_8))
                .optional();
    }

    /**
     * Writes all of it, over that version alone.
     *
     * @return false when somebody was quicker
     */
    boolean write(SettingsWish wish, @Nullable String secret, long version) {
        return database.sql("update mesh_settings set version = version + 1, turn_urls = ?, turn_secret = ?,"
                                + " credential_minutes = ?, lease_policy = ?, grace_minutes = ?, second_stun = ?"
                                + " where version = ?")
                        .param(1, String.join("\n", wish.turn()))
                        .param(2, secret == null ? null : secret.getBytes(StandardCharsets.UTF_8))
                        .param(3, wish.credentialLife().toMinutes())
                        .param(4, wish.leases().name())
                        .param(5, wish.grace().toMinutes())
                        .param(6, wish.secondStun())
                        .param(7, version)
                        .update()
                == 1;
    }

    private static MeshSettings toSettings(ResultSet row, int number) throws SQLException {
        List<String> turn = Arrays.stream(row.getString(2).split("\n"))
                .filter(address -> !address.isEmpty())
                .toList();
        return new MeshSettings(
                row.getLong(1),
                turn,
                row.getBytes(3) != null,
                Duration.ofMinutes(row.getLong(4)),
                LeasePolicy.valueOf(row.getString(5)),
                Duration.ofMinutes(row.getLong(6)),
                row.getString(7));
    }
}
