package io.hubmesh.mesh;

import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.PeerId;

/** An edge between two neighbours in the swarm of a content; the one with the smaller id is {@code a}. */
public record LinkView(PeerId a, PeerId b, ContentId content) {

    static LinkView between(PeerId one, PeerId other, ContentId content) {
        return one.value().compareTo(other.value()) <= 0
                ? new LinkView(one, other, content)
                : new LinkView(other, one, content);
    }
}
