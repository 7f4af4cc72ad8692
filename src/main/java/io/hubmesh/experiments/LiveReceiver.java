package io.hubmesh.experiments;

import io.hubmesh.accounts.Account;
import org.jspecify.annotations.Nullable;

/**
 * A receiver of the run that goes on: as it will be kept, and whose browser it is.
 *
 * @param who the display name of its person; null when it was never asked, so that nobody learns whose a peer is by naming it
 */
public record LiveReceiver(
        String peer,
        @Nullable String who,
        Outcome.@Nullable End end,
        @Nullable Long millis,
        long fromHub,
        long fromPeers,
        long upload,
        long download,
        @Nullable String code) {

    static LiveReceiver of(Outcome.Receiver receiver, @Nullable Account person) {
        return new LiveReceiver(
                receiver.peer(),
                person == null ? null : person.displayName(),
                receiver.end(),
                receiver.millis(),
                receiver.fromHub(),
                receiver.fromPeers(),
                receiver.upload(),
                receiver.download(),
                receiver.code());
    }
}
