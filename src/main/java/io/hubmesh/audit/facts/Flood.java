package io.hubmesh.audit.facts;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** How many different refusals are recorded one by one, so that nobody fills the disk by being refused in ever new ways. Safe for threads. */
final class Flood {

    /** A person who tries things; a program that tries everything is told in one record a minute besides. */
    static final int MOST_OF_ONE = 20;

    /** Of everybody together: at most about half a million records a day. */
    static final int MOST_OF_ALL = 300;

    private static final long SECONDS_OF_A_MINUTE = 60;

    private final Map<String, Integer> ofOne = new HashMap<>();
    private long minute;
    private int all;

    /** How closely the next one is told. */
    enum Grain {
        /** By itself. */
        EACH,
        /** With all of the same account or address. */
        BY_WHOM,
        /** With all of everybody. */
        TOGETHER
    }

    synchronized Grain next(String whom, Instant now) {
        long present = now.getEpochSecond() / SECONDS_OF_A_MINUTE;
        if (present != minute) {
            minute = present;
            all = 0;
            ofOne.clear();
        }
        if (all >= MOST_OF_ALL) {
            return Grain.TOGETHER;
        }
        all++;
        return ofOne.merge(whom, 1, Integer::sum) > MOST_OF_ONE ? Grain.BY_WHOM : Grain.EACH;
    }
}
