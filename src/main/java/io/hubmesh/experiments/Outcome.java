package io.hubmesh.experiments;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a run brought.
 *
 * @param egress bytes that the hub sent for it, by its own count
 */
public record Outcome(Run run, long egress, List<Receiver> receivers) {

    /** How a receiver ended. */
    public enum End {
        COMPLETED,
        FAILED,
        /** It has left, or its person takes no part any more. */
        LEFT,
        TIMED_OUT,
        STOPPED;

        /** As it stands in answers, for example {@code timed-out}. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * One receiver. Bytes and rates are its claims, the time is the hub's.
     *
     * @param end null while it goes on
     * @param millis from the hub's word to begin until it heard that the file is whole; null when it never was
     * @param upload what it gave at most, in bytes a second; 0 when it never was ready
     * @param download what it took at most, in bytes a second; 0 when it never was ready
     * @param code why it has failed, as far as it said
     */
    public record Receiver(
            String peer,
            @Nullable End end,
            @Nullable Long millis,
            long fromHub,
            long fromPeers,
            long upload,
            long download,
            @Nullable String code) {}

    /** Whether everybody has the file, so that its time counts. */
    boolean isWhole() {
        return receivers.stream().allMatch(receiver -> receiver.end() == End.COMPLETED);
    }
}
