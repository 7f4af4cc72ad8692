package io.hubmesh.mesh.admission;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.mesh.ticket.Revocation;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** What tickets were issued for and what of it was taken back, for as long as anybody may honour them. */
@Repository
@Transactional
class AdmissionRows {

    private static final String MESH = "mesh";

    private final JdbcClient database;

    AdmissionRows(JdbcClient database) {
        this.database = database;
    }

    /** Rises with every revocation. */
    long epoch() {
        return database.sql("select epoch from hub_identity").query(Long.class).single();
    }

    /** Notes that a ticket is about to be issued; what was taken back before is given again. */
    void admit(Admission admission, Instant fadesAt) {
        put(admission.account(), admission.content(), admission.resource(), fadesAt, false);
    }

    /** Raises the epoch and notes what was taken back. */
    void revoke(Collection<Revocation> revocations, Instant fadesAt) {
        database.sql("update hub_identity set epoch = epoch + 1").update();
        for (Revocation revocation : revocations) {
            put(revocation.account(), revocation.content(), null, fadesAt, true);
        }
    }

    /** Everything that is admitted, whether its peer is online or not. */
    List<Admission> standing(Instant now) {
        return database.sql("select account_id, scope, resource_id from mesh_admissions"
                        + " where revoked = false and fades_at > ?")
                .param(at(now))
                .query(AdmissionRows::toAdmission)
                .list();
    }

    /** Everything that was taken back and that somebody may still hold a ticket for; the newest first. */
    List<Revocation> revoked(Instant now) {
        return database
                .sql("select account_id, scope, resource_id from mesh_admissions"
                        + " where revoked = true and fades_at > ? order by fades_at desc")
                .param(at(now))
                .query(AdmissionRows::toAdmission)
                .stream()
                .map(admission -> new Revocation(admission.account(), admission.content()))
                .toList();
    }

    void forgetFaded(Instant now) {
        database.sql("delete from mesh_admissions where fades_at <= ?")
                .param(at(now))
                .update();
    }

    /** A ticket that was issued while the grace was longer is remembered for as long as it was promised. */
    private void put(
            AccountId account,
            @Nullable ContentId content,
            @Nullable ResourceId resource,
            Instant fadesAt,
            boolean revoked) {
        String scope = content == null ? MESH : content.hex();
        UUID resourceId = resource == null ? null : resource.value();
        int changed = database.sql("update mesh_admissions set resource_id = ?,"
                        + " fades_at = greatest(fades_at, ?), revoked = ?"
                        + " where account_id = ? and scope = ?")
                .param(1, resourceId)
                .param(2, at(fadesAt))
                .param(3, revoked)
                .param(4, account.value())
                .param(5, scope)
                .update();
        if (changed == 0) {
            database.sql("insert into mesh_admissions (resource_id, fades_at, revoked, account_id, scope)"
                            + " values (?, ?, ?, ?, ?)")
                    .param(1, resourceId)
                    .param(2, at(fadesAt))
                    .param(3, revoked)
                    .param(4, account.value())
                    .param(5, scope)
                    .update();
        }
    }

    private static Admission toAdmission(ResultSet row, int number) throws SQLException {
        String scope = row.getString(2);
        UUID resource = row.getObject(3, UUID.class);
        return new Admission(
                new AccountId(row.getObject(1, UUID.class)),
                scope.equals(MESH) ? null : new ContentId(scope),
                resource == null ? null : new ResourceId(resource));
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
