package io.hubmesh.mesh.wire;

import io.hubmesh.kernel.PeerId;

/**
 * A {@code signal} as its sender wrote it. It has been checked whole, so it goes on as it is: only whom it is for gives way to whom it is from.
 *
 * @param text one JSON object
 * @param from where the member {@code to} begins in it
 * @param to where that member has ended
 */
public record Passage(String text, int from, int to) {

    /** The message for the other end. */
    String from(PeerId sender) {
        return text.substring(0, from) + "\"from\":\"" + sender.value() + '"' + text.substring(to);
    }
}
