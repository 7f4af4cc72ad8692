package io.hubmesh.accounts;

import io.hubmesh.accounts.events.QuotaChanged;
import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What accounts may keep on the hub. Only the limits: who keeps files looks after them. */
@Service
@Transactional
public class Quotas {

    private final JdbcClient database;
    private final AccountRows accounts;
    private final ApplicationEventPublisher events;

    Quotas(JdbcClient database, AccountRows accounts, ApplicationEventPublisher events) {
        this.database = database;
        this.accounts = accounts;
        this.events = events;
    }

    /** What holds for an account: its own quota, else the one for everybody. */
    @Transactional(readOnly = true)
    public Quota of(AccountId account) {
        return own(account).orElseGet(this::forEverybody);
    }

    /** For everybody who has none of their own. */
    @Transactional(readOnly = true)
    public Quota forEverybody() {
        return database.sql("select storage_bytes, largest_upload from default_quota")
                .query(Quotas::toQuota)
                .single();
    }

    @Transactional(readOnly = true)
    public Optional<Quota> own(AccountId account) {
        return database.sql("select storage_bytes, largest_upload from account_quotas where account_id = ?")
                .param(account.value())
                .query(Quotas::toQuota)
                .optional();
    }

    public void setForEverybody(Quota quota) {
        database.sql("update default_quota set storage_bytes = ?, largest_upload = ?")
                .param(1, quota.storageBytes())
                .param(2, quota.largestUpload())
                .update();
        events.publishEvent(new QuotaChanged(null, quota));
    }

    /** Gives an account a quota of its own. @throws ProblemException not-found */
    public void set(AccountId account, Quota quota) {
        requireAccount(account);
        remove(account);
        database.sql("insert into account_quotas (account_id, storage_bytes, largest_upload) values (?, ?, ?)")
                .param(1, account.value())
                .param(2, quota.storageBytes())
                .param(3, quota.largestUpload())
                .update();
        events.publishEvent(new QuotaChanged(account, quota));
    }

    /** The quota for everybody holds for the account again. @throws ProblemException not-found */
    public void clear(AccountId account) {
        requireAccount(account);
        if (remove(account)) {
            events.publishEvent(new QuotaChanged(account, null));
        }
    }

    private boolean remove(AccountId account) {
        return database.sql("delete from account_quotas where account_id = ?")
                        .param(account.value())
                        .update()
                > 0;
    }

    private void requireAccount(AccountId account) {
        if (!accounts.existsById(account.value())) {
            throw new ProblemException(ProblemCode.NOT_FOUND);
        }
    }

    private static Quota toQuota(ResultSet row, int number) throws SQLException {
        return new Quota(row.getObject(1, Long.class), row.getObject(2, Long.class));
    }
}
