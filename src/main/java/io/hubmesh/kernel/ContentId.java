package io.hubmesh.kernel;

/**
 * Names the bytes of one file version: 64 lower-case hexadecimal digits, the SHA-256 that binds the hash suite, the size
 * and the Merkle root over the chunks together.
 */
public record ContentId(String hex) {

    private static final int DIGITS = 64;

    public ContentId {
        if (!isOne(hex)) {
            throw new ProblemException(ProblemCode.NOT_FOUND);
        }
    }

    /** Whether the text can be one. */
    public static boolean isOne(String text) {
        return Ids.isHex(text, DIGITS);
    }

    @Override
    public String toString() {
        return hex;
    }
}
