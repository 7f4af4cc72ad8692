package io.hubmesh.kernel;

import java.util.UUID;

/** Names one folder or file of the library, whatever its name or place. */
public record ResourceId(UUID value) {

    /** The folder at the top of the library. It always exists and can be neither renamed nor deleted. */
    public static final ResourceId ROOT = new ResourceId(new UUID(0, 1));

    public static ResourceId of(String text) {
        return new ResourceId(Ids.uuid(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
