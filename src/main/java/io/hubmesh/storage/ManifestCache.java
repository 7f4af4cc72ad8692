package io.hubmesh.storage;

import io.hubmesh.kernel.ContentId;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The manifests that were asked for last. A manifest never changes, for its content id is made from it. */
final class ManifestCache {

    /** Bytes of leaves in all: the manifests of eight contents of 1 TiB, or of thousands of ordinary ones. */
    static final long MOST_BYTES = 64L * 1024 * 1024;

    /** What an entry costs beside its leaves, roughly, in bytes; bounds how many small ones there are. */
    static final int ENTRY_BYTES = 512;

    private final Map<ContentId, Manifest> manifests = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    synchronized @Nullable Manifest find(ContentId content) {
        return manifests.get(content);
    }

    synchronized void add(Manifest manifest) {
        forget(manifest.contentId());
        manifests.put(manifest.contentId(), manifest);
        bytes += cost(manifest);
        Iterator<Manifest> oldest = manifests.values().iterator();
        while (bytes > MOST_BYTES && oldest.hasNext()) {
            bytes -= cost(oldest.next());
            oldest.remove();
        }
    }

    synchronized void forget(ContentId content) {
        Manifest known = manifests.remove(content);
        if (known != null) {
            bytes -= cost(known);
        }
    }

    private static long cost(Manifest manifest) {
        return (long) manifest.leaves().length + ENTRY_BYTES;
    }
}
