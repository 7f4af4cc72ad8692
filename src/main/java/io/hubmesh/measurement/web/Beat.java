package io.hubmesh.measurement.web;

import io.hubmesh.accounts.Subject;
import io.hubmesh.measurement.Overview;
import io.hubmesh.measurement.Overviews;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.util.function.SingletonSupplier;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the streams are told in one second. The ledger is looked at once, and what all who may see the same are told is worked out and written once,
 * however many they are. Safe for several threads.
 */
final class Beat {

    private final long version;
    private final Supplier<Function<Subject, Overview>> look;
    private final JsonMapper json;
    private final Map<Object, Told> told = new ConcurrentHashMap<>();

    /** @param look to be taken once, and not before somebody is told */
    Beat(long version, Supplier<Function<Subject, Overview>> look, JsonMapper json) {
        this.version = version;
        this.look = SingletonSupplier.of(look);
        this.json = json;
    }

    /** Of this moment. The version comes before the look: what happens between them is looked at again. */
    static Beat of(Overviews overviews, JsonMapper json) {
        return new Beat(overviews.version(), overviews::look, json);
    }

    /** @param json the overview in JSON */
    record Told(Overview overview, String json) {}

    /** Of what was counted when the beat began. */
    long version() {
        return version;
    }

    /** All administrators see the same, and all streams of one member. */
    Told of(Subject subject) {
        Object audience = subject.isAdministrator() ? subject.role() : subject.accountId();
        return told.computeIfAbsent(audience, any -> {
            Overview overview = look.get().apply(subject);
            return new Told(overview, json.writeValueAsString(overview));
        });
    }
}
