package io.hubmesh.audit;

import io.hubmesh.kernel.NetworkAddress;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is to be recorded, before it has its place in the chain.
 *
 * @param address from which it was asked, as the connection tells it; null when there was none
 * @param times how many alike it stands for, at least 1
 * @param detail few short texts, in the order of their names; whatever is longer is cut
 */
public record Entry(
        Instant at,
        Actor actor,
        Action action,
        @Nullable Thing thing,
        Outcome outcome,
        @Nullable String address,
        int times,
        SortedMap<String, String> detail) {

    /** Six of these, and what JSON makes of them, fit into the column. In characters. */
    static final int LONGEST_DETAIL = 128;

    static final int MOST_DETAILS = 6;

    public Entry {
        address = address == null ? null : Words.bounded(NetworkAddress.text(address), NetworkAddress.LONGEST);
        detail = bounded(detail);
    }

    /** Something that was done once. */
    public static Entry done(Instant at, Actor actor, Action action, @Nullable Thing thing) {
        return new Entry(at, actor, action, thing, Outcome.DONE, null, 1, new TreeMap<>());
    }

    public Entry from(@Nullable String newAddress) {
        return new Entry(at, actor, action, thing, outcome, newAddress, times, detail);
    }

    public Entry by(Actor newActor) {
        return new Entry(at, newActor, action, thing, outcome, address, times, detail);
    }

    public Entry to(@Nullable Thing newThing) {
        return new Entry(at, actor, action, newThing, outcome, address, times, detail);
    }

    public Entry as(Action newAction) {
        return new Entry(at, actor, newAction, thing, outcome, address, times, detail);
    }

    public Entry with(Outcome newOutcome) {
        return new Entry(at, actor, action, thing, newOutcome, address, times, detail);
    }

    /** The last of several alike. */
    public Entry repeated(int newTimes, Instant last) {
        return new Entry(last, actor, action, thing, outcome, address, newTimes, detail);
    }

    /** Says one thing more; null says nothing. */
    public Entry saying(String name, @Nullable Object value) {
        if (value == null) {
            return this;
        }
        SortedMap<String, String> more = new TreeMap<>(detail);
        more.put(name, value.toString());
        return new Entry(at, actor, action, thing, outcome, address, times, more);
    }

    private static SortedMap<String, String> bounded(Map<String, String> detail) {
        SortedMap<String, String> bounded = new TreeMap<>();
        detail.entrySet().stream()
                .limit(MOST_DETAILS)
                .forEach(one -> bounded.put(one.getKey(), Words.bounded(one.getValue(), LONGEST_DETAIL)));
        return Collections.unmodifiableSortedMap(bounded);
    }
}
