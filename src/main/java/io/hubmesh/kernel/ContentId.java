package io.hubmesh.kernel;

import java.util.regex.Pattern;

/**
 * Names the bytes of one file version: 64 lower-case hexadecimal digits, the SHA-256 that binds the hash suite, the size
 * and the Merkle root over the chunks together.
 */
public record ContentId(String hex) {

    private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{64}");

    public ContentId {
        if (!SHAPE.matcher(hex).matches()) {
            throw new ProblemException(ProblemCode.NOT_FOUND);
        }
    }

    @Override
    public String toString() {
        return hex;
    }
}
