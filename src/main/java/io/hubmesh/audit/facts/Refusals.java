package io.hubmesh.audit.facts;

import io.hubmesh.audit.Action;
import io.hubmesh.audit.Actor;
import io.hubmesh.audit.Entry;
import io.hubmesh.audit.Outcome;
import io.hubmesh.audit.Thing;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What was refused. Alike refusals within a minute are one record with a count, and so are those of somebody who is refused in too many ways. */
@Component
class Refusals {

    static final Duration ALIKE = Duration.ofMinutes(1);

    private static final String VARIOUS = "various";

    private final Journal journal;
    private final Flood flood = new Flood();

    Refusals(Journal journal) {
        this.journal = journal;
    }

    /** @param why a problem's code, or another short word that is always the same for the same reason */
    void add(Entry entry, String why) {
        Actor actor = entry.actor();
        String who = actor.account() == null ? actor.name() : actor.account().toString();
        Thing thing = entry.thing();
        String what = why + ' ' + (thing == null ? "" : thing.kind() + " " + thing.id() + " " + thing.name());
        Repeats.Kind kind = new Repeats.Kind(entry.action(), who, entry.address(), what);
        Flood.Grain grain = journal.knows(kind, entry.at()) ? Flood.Grain.EACH : grain(who, entry);
        switch (grain) {
            case EACH -> count(kind, refused(entry, why));
            case BY_WHOM ->
                count(new Repeats.Kind(entry.action(), who, entry.address(), null), refused(entry.to(null), VARIOUS));
            case TOGETHER -> {
                Entry anybody = Entry.done(entry.at(), Actor.NOBODY, Action.REQUEST_REFUSED, null);
                count(new Repeats.Kind(Action.REQUEST_REFUSED, null, null, null), refused(anybody, VARIOUS));
            }
        }
    }

    private Flood.Grain grain(@Nullable String who, Entry entry) {
        return flood.next(who == null ? String.valueOf(entry.address()) : who, entry.at());
    }

    private void count(Repeats.Kind kind, Entry entry) {
        journal.soonOnce(kind, ALIKE, entry, entry.action(), 0);
    }

    private static Entry refused(Entry entry, String why) {
        return entry.with(Outcome.REFUSED).saying("why", why);
    }
}
