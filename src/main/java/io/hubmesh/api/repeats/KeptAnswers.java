package io.hubmesh.api.repeats;

import io.hubmesh.kernel.AccountId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The answers that are kept, in the database, so that they outlive the hub's process. */
@Repository
@Transactional
class KeptAnswers {

    /** As long as a client may go on trying. */
    static final Duration KEPT = Duration.ofDays(1);

    /** Of one account; the oldest go first. With {@link #LONGEST_BODY}, at most 16 MB an account, and as a rule half of one. */
    static final int MOST = 1_000;

    /** In characters; a longer answer is not kept. */
    static final int LONGEST_BODY = 16_384;

    private final JdbcClient database;
    private final Clock clock;

    KeptAnswers(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** An account's own key for one request. */
    record Key(AccountId account, String text) {}

    /** @param hash what the request was, as hex; bytes is how many its body had */
    record Kept(
            String hash,
            long bytes,
            int status,
            @Nullable String mediaType,
            @Nullable String location,
            String body) {}

    Optional<Kept> find(Key key) {
        return database.sql("select request_hash, request_bytes, status, media_type, location, body from kept_answers"
                        + " where account_id = ? and request_key = ? and created_millis > ?")
                .param(1, key.account().value())
                .param(2, key.text())
                .param(3, oldest())
                .query(KeptAnswers::kept)
                .optional();
    }

    void keep(Key key, Kept kept) {
        makeRoom(key);
        database.sql(
                        "insert into kept_answers (account_id, request_key, request_hash, request_bytes, status, media_type,"
                                + " location, body, created_millis) values (?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .param(1, key.account().value())
                .param(2, key.text())
                .param(3, kept.hash())
                .param(4, kept.bytes())
                .param(5, kept.status())
                .param(6, kept.mediaType())
                .param(7, kept.location())
                .param(8, kept.body())
                .param(9, clock.millis())
                .update();
    }

    /** Takes away what nobody is answered with any more. */
    @Scheduled(initialDelay = 7, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    void sweep() {
        database.sql("delete from kept_answers where created_millis <= ?")
                .param(1, oldest())
                .update();
    }

    private void makeRoom(Key key) {
        database.sql("delete from kept_answers where account_id = ? and request_key = ?")
                .param(1, key.account().value())
                .param(2, key.text())
                .update();
        database.sql(
                        "delete from kept_answers where account_id = ? and request_key in (select request_key from kept_answers"
                                + " where account_id = ? order by created_millis desc, request_key offset ? rows)")
                .param(1, key.account().value())
                .param(2, key.account().value())
                .param(3, MOST - 1)
                .update();
    }

    private long oldest() {
        return clock.millis() - KEPT.toMillis();
    }

    private static Kept kept(ResultSet row, int number) throws SQLException {
        return new Kept(
                row.getString(1), row.getLong(2), row.getInt(3), row.getString(4), row.getString(5), row.getString(6));
    }
}
