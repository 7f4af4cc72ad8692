package io.hubmesh.measurement;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** How finely a series is told. Each is a whole number of the one before, and begins with it, in UTC. */
public enum Step {
    MINUTE(Duration.ofMinutes(1)),
    HOUR(Duration.ofHours(1)),
    DAY(Duration.ofDays(1));

    private final Duration length;

    Step(Duration length) {
        this.length = length;
    }

    public Duration length() {
        return length;
    }

    /** As it is written in questions and answers. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The beginning of the one that the moment lies in. */
    Instant floor(Instant moment) {
        long seconds = length.toSeconds();
        return Instant.ofEpochSecond(Math.floorDiv(moment.getEpochSecond(), seconds) * seconds);
    }

    /** The beginning of the first one that does not begin before the moment. */
    Instant ceil(Instant moment) {
        Instant floor = floor(moment);
        return floor.equals(moment) ? floor : floor.plus(length);
    }
}
