package io.hubmesh.mesh.admission;

import io.hubmesh.mesh.ticket.HubIdentity;
import io.hubmesh.mesh.ticket.SigningKey;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The hub's identity and keys, made on first start and kept. */
@Repository
public class HubKeys {

    private final JdbcClient database;
    private final Clock clock;

    HubKeys(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    private record Name(UUID hub, byte[] secret) {}

    /** Who this hub is; the same after every restart. */
    @Transactional
    public HubIdentity identity() {
        Name name = database.sql("select hub_id, member_secret from hub_identity")
                .query((row, number) -> new Name(row.getObject(1, UUID.class), row.getBytes(2)))
                .optional()
                .orElseGet(this::newName);
        SigningKey key = database.sql("select private_key, public_key from hub_keys order by created_at desc limit 1")
                .query(HubKeys::toKey)
                .optional()
                .orElseGet(this::newKey);
        return new HubIdentity(name.hub(), name.secret(), key);
    }

    private Name newName() {
        byte[] secret = new byte[HubIdentity.SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        Name name = new Name(UUID.randomUUID(), secret);
        database.sql("insert into hub_identity (hub_id, member_secret, epoch, created_at) values (?, ?, 0, ?)")
                .param(name.hub())
                .param(name.secret())
                .param(now())
                .update();
        return name;
    }

    private SigningKey newKey() {
        SigningKey key = SigningKey.generate();
        database.sql("insert into hub_keys (kid, private_key, public_key, created_at) values (?, ?, ?, ?)")
                .param(key.kid())
                .param(key.privateKey().getEncoded())
                .param(key.publicKey().getEncoded())
                .param(now())
                .update();
        return key;
    }

    private static SigningKey toKey(ResultSet row, int number) throws SQLException {
        return SigningKey.of(row.getBytes(1), row.getBytes(2));
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
