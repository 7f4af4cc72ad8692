package io.hubmesh.mesh.keeping;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.ResourceId;

/**
 * That a file stays available on peers.
 *
 * @param size of the content in bytes
 * @param copies how many peers are to hold all of it, 1 to {@link Keeping#MOST_COPIES}
 * @param by the manager who wants it; peers of theirs alone do not do
 */
record Wish(ResourceId resource, ContentId content, long size, String name, int copies, AccountId by) {

    /** The same of another content of that file. */
    Wish of(ContentId other, long otherSize) {
        return new Wish(resource, other, otherSize, name, copies, by);
    }
}
