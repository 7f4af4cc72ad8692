package io.hubmesh.experiments;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.ResourceId;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An experiment as it is kept.
 *
 * @param version rises with every change of its name
 * @param reason why it was interrupted; null when it was not
 * @param endedAt null while it runs
 */
public record Experiment(
        UUID id,
        long version,
        String name,
        AccountId owner,
        Subject file,
        Settings settings,
        Machine machine,
        State state,
        @Nullable String reason,
        Instant startedAt,
        @Nullable Instant endedAt) {

    public static final int LONGEST_NAME = 120;

    /** How it stands or has ended. {@code INTERRUPTED}: a receiver has left, or the hub was stopped. */
    public enum State {
        RUNNING,
        DONE,
        STOPPED,
        INTERRUPTED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What is delivered, as it was when the experiment began. */
    public record Subject(ResourceId resource, String name, ContentId content, long size, int chunks) {}

    /** Where the hub ran. */
    public record Machine(String hub, String system, int processors, String java) {}
}
