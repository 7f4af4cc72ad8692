package io.hubmesh.delivery.web;

import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an {@code Upload-Metadata} header says (tus 1.0, creation extension): pairs with a comma between them, each a key, a blank and the value
 * in base64.
 *
 * @param folder the id of the folder that the file goes into
 * @param name of the file
 * @param type its media type, if the client knows it
 */
record UploadMetadata(String folder, String name, @Nullable String type) {

    /** Of the whole header, in characters; a name of 255 bytes, an id and a type have less than a fifth of it. */
    private static final int LONGEST = 4096;

    /** @throws ProblemException malformed-request when folder or name are missing, and when it is no such header */
    static UploadMetadata of(@Nullable String header) {
        if (header == null || header.length() > LONGEST) {
            throw malformed();
        }
        Map<String, String> values = new HashMap<>();
        for (String pair : header.split(",", -1)) {
            String[] parts = pair.strip().split(" ", -1);
            String value = parts.length == 1 ? "" : parts.length == 2 ? decode(parts[1]) : null;
            if (parts[0].isEmpty() || value == null || values.put(parts[0], value) != null) {
                throw malformed();
            }
        }
        String folder = values.get("folder");
        String name = values.get("name");
        if (folder == null || name == null) {
            throw malformed();
        }
        return new UploadMetadata(folder, name, values.get("type"));
    }

    /** As it stands in the header. */
    @Override
    public String toString() {
        return "folder " + encode(folder) + ",name " + encode(name) + (type == null ? "" : ",type " + encode(type));
    }

    private static String encode(String value) {
        return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable String decode(String base64) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(base64));
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (IllegalArgumentException | CharacterCodingException noText) {
            return null;
        }
    }

    private static ProblemException malformed() {
        return new ProblemException(
                ProblemCode.MALFORMED_REQUEST,
                "Upload-Metadata needs \"folder\", the id of a folder, and \"name\", each followed by a blank and its value in base64"
                        + " of UTF-8, with a comma between them; \"type\", a media type, may follow.");
    }
}
