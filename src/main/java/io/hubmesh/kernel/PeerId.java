package io.hubmesh.kernel;

import java.util.regex.Pattern;

/** Names one browser tab in the mesh for as long as its socket lives: 16 random bytes, base64url, 22 characters. */
public record PeerId(String value) {

    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-]{22}");

    public PeerId {
        if (!SHAPE.matcher(value).matches()) {
            throw new ProblemException(ProblemCode.NOT_FOUND);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
