package io.hubmesh.library;

import java.util.Optional;
import java.util.Set;

/**
 * How a file can be looked at without downloading it.
 *
 * @param mediaType what its bytes are sent as; never one in which a browser runs anything
 * @param mostBytes how many of its bytes are shown
 */
public record Preview(Kind kind, String mediaType, long mostBytes) {

    /** Enough to see what a text is. In bytes. */
    public static final long TEXT_BYTES = 256 * 1024;

    /** A picture of more bytes is no preview. */
    static final long IMAGE_BYTES = 64L * 1024 * 1024;

    /** What shows it. */
    public enum Kind {
        IMAGE,
        TEXT,
        AUDIO,
        VIDEO
    }

    private static final Set<String> IMAGES =
            Set.of("image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/bmp");
    private static final Set<String> SOUNDS = Set.of(
            "audio/mpeg",
            "audio/mp4",
            "audio/aac",
            "audio/ogg",
            "audio/opus",
            "audio/wav",
            "audio/x-wav",
            "audio/webm",
            "audio/flac");
    private static final Set<String> FILMS = Set.of("video/mp4", "video/webm", "video/ogg");

    /** Text by another name. Markup and drawings are shown as what is written in them. */
    private static final Set<String> TEXTS = Set.of(
            "application/json",
            "application/xml",
            "application/javascript",
            "application/x-javascript",
            "application/sql",
            "application/x-sh",
            "application/yaml",
            "application/x-yaml",
            "application/toml",
            "application/xhtml+xml",
            "image/svg+xml");

    /** Empty where there is none: other types, and pictures too large to be looked at in passing. */
    public static Optional<Preview> of(Resource.FileVersion file) {
        String type = file.mediaType();
        if (IMAGES.contains(type)) {
            return file.size() <= IMAGE_BYTES
                    ? Optional.of(new Preview(Kind.IMAGE, type, IMAGE_BYTES))
                    : Optional.empty();
        }
        if (SOUNDS.contains(type)) {
            return Optional.of(new Preview(Kind.AUDIO, type, Long.MAX_VALUE));
        }
        if (FILMS.contains(type)) {
            return Optional.of(new Preview(Kind.VIDEO, type, Long.MAX_VALUE));
        }
        boolean text =
                type.startsWith("text/") || TEXTS.contains(type) || type.endsWith("+json") || type.endsWith("+xml");
        return text ? Optional.of(new Preview(Kind.TEXT, "text/plain;charset=UTF-8", TEXT_BYTES)) : Optional.empty();
    }

    /** Whether one may begin anywhere in it. */
    public boolean seekable() {
        return kind == Kind.AUDIO || kind == Kind.VIDEO;
    }
}
