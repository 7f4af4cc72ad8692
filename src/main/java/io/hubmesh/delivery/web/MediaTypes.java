package io.hubmesh.delivery.web;

import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** What a client says a file is, as far as it is kept. */
final class MediaTypes {

    private static final int LONGEST = 127;

    private MediaTypes() {}

    /** The type without parameters; {@code application/octet-stream} for what is none, or too long. */
    static String of(@Nullable String said) {
        try {
            MediaType type = said == null ? MediaType.APPLICATION_OCTET_STREAM : MediaType.parseMediaType(said);
            String plain = type.getType() + "/" + type.getSubtype();
            return plain.length() <= LONGEST && type.isConcrete() ? plain : MediaType.APPLICATION_OCTET_STREAM_VALUE;
        } catch (InvalidMediaTypeException unknown) {
            return MediaType.APPLICATION_OCTET_STREAM_VALUE;
        }
    }
}
