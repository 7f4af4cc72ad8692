package io.hubmesh.library;

import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;

/**
 * Where in a list a page ended: behind the last thing that was shown. Opaque to whoever is handed it as a cursor; it holds
 * nothing that they were not shown.
 *
 * @param key what that thing is sorted by
 */
record ListPlace(boolean folder, Comparable<?> key, UUID id) {

    private static final int UUID_LENGTH = 36;

    static ListPlace behind(Resource resource, Order order) {
        return new ListPlace(
                resource.isFolder(),
                order.key(resource.isFolder()).of(resource),
                resource.id().value());
    }

    /** @throws ProblemException invalid-value when it is no cursor of that order */
    static ListPlace of(String cursor, Order order) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            boolean folder = text.charAt(0) == 'd';
            UUID id = UUID.fromString(text.substring(1, 1 + UUID_LENGTH));
            return new ListPlace(folder, order.key(folder).parse(text.substring(1 + UUID_LENGTH)), id);
        } catch (RuntimeException notOfOurs) {
            throw new ProblemException(
                    ProblemCode.INVALID_VALUE, "That is no cursor of this list. Begin at its first page.");
        }
    }

    String cursor() {
        String text = (folder ? 'd' : 'f') + id.toString() + key;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
