package io.hubmesh.audit.chain;

import io.hubmesh.audit.AuditRecord;
import io.hubmesh.audit.Filter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Records, newest first, as somebody looks for them. */
@Repository
@Transactional(readOnly = true)
public class Trail {

    /** Records in memory at a time while all are handed out. */
    private static final int STEP = 500;

    private final JdbcClient database;

    Trail(JdbcClient database) {
        this.database = database;
    }

    /**
     * The newest that the filter lets through.
     *
     * @param before only those with a lower sequence; null for no bound
     */
    public List<AuditRecord> page(Filter filter, @Nullable Long before, int most) {
        Map<String, Object> values = new LinkedHashMap<>();
        List<String> conditions = conditions(filter, values);
        if (before != null) {
            conditions.add("sequence < :before");
            values.put("before", before);
        }
        String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        values.put("most", most);
        return database.sql("select " + ChainRows.COLUMNS + " from audit_records" + where
                        + " order by sequence desc limit :most")
                .params(values)
                .query(ChainRows::toRecord)
                .list();
    }

    /** Hands out all that the filter lets through, newest first, a few at a time: however many there are, they take no more memory. */
    @Transactional(propagation = Propagation.SUPPORTS)
    public void each(Filter filter, Consumer<AuditRecord> taker) {
        Long before = null;
        List<AuditRecord> some;
        do {
            some = page(filter, before, STEP);
            some.forEach(taker);
            before = some.isEmpty()
                    ? before
                    : Long.valueOf(some.get(some.size() - 1).sequence());
        } while (some.size() == STEP);
    }

    private static List<String> conditions(Filter filter, Map<String, Object> values) {
        List<String> conditions = new ArrayList<>();
        if (filter.actor() != null) {
            conditions.add("lower(actor_name) like :actor escape '!'");
            values.put("actor", part(filter.actor()));
        }
        if (filter.action() != null) {
            conditions.add("action = :action");
            values.put("action", filter.action().name());
        }
        if (filter.outcome() != null) {
            conditions.add("outcome = :outcome");
            values.put("outcome", filter.outcome().name());
        }
        if (filter.object() != null) {
            conditions.add("(object_id = :objectId or lower(object_name) like :object escape '!')");
            values.put("objectId", filter.object());
            values.put("object", part(filter.object()));
        }
        if (filter.from() != null) {
            conditions.add("at_millis >= :from");
            values.put("from", filter.from().toEpochMilli());
        }
        if (filter.until() != null) {
            conditions.add("at_millis < :until");
            values.put("until", filter.until().toEpochMilli());
        }
        if (filter.text() != null) {
            conditions.add("(lower(actor_name) like :text escape '!' or lower(object_name) like :text escape '!'"
                    + " or lower(detail) like :text escape '!' or address like :text escape '!'"
                    + " or object_id like :text escape '!'" + asId(filter.text(), values) + ")");
            values.put("text", part(filter.text()));
        }
        return conditions;
    }

    /** Whoever searches for an account's id finds what it did. */
    private static String asId(String text, Map<String, Object> values) {
        try {
            values.put("actorId", UUID.fromString(text));
            return " or actor_id = :actorId";
        } catch (IllegalArgumentException noId) {
            return "";
        }
    }

    private static String part(String text) {
        return "%" + text.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
    }
}
