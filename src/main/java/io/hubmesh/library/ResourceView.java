package io.hubmesh.library;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.hubmesh.permissions.Level;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A resource as the API tells it.
 *
 * @param revision what {@code If-Match} says, between quotation marks
 * @param version the number of a file's present version
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ResourceView(
        String id,
        @Nullable String parent,
        String kind,
        String name,
        @Nullable Long size,
        @Nullable String mediaType,
        @Nullable String contentId,
        @Nullable String sha256,
        boolean peerDelivery,
        @Nullable Level level,
        Instant changedAt,
        long revision,
        @Nullable Integer version) {

    /** @param level the highest level of the one who asks; null where it was not asked for */
    public static ResourceView of(Resource resource, @Nullable Level level) {
        Resource.FileVersion file = resource.file();
        return new ResourceView(
                resource.id().toString(),
                resource.parent() == null ? null : resource.parent().toString(),
                file == null ? "folder" : "file",
                resource.name(),
                file == null ? null : file.size(),
                file == null ? null : file.mediaType(),
                file == null ? null : file.contentId().hex(),
                file == null ? null : file.sha256(),
                resource.peerDelivery(),
                level,
                resource.changedAt(),
                resource.revision(),
                file == null ? null : file.number());
    }
}
