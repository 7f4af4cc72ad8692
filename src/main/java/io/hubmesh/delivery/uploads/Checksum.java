package io.hubmesh.delivery.uploads;

import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the bytes of one request must hash to (tus 1.0, checksum extension). */
public final class Checksum {

    private static final Map<String, String> ALGORITHMS = Map.of("sha1", "SHA-1", "sha256", "SHA-256");

    /** As they stand in {@code Tus-Checksum-Algorithm}. */
    public static final String NAMES = "sha1,sha256";

    private final MessageDigest digest;
    private final byte[] wanted;

    private Checksum(MessageDigest digest, byte[] wanted) {
        this.digest = digest;
        this.wanted = wanted;
    }

    /**
     * Reads an {@code Upload-Checksum} header: the algorithm, a blank, the digest in base64.
     *
     * @return null when there is none
     * @throws ProblemException malformed-request when it is none, or of another algorithm
     */
    public static @Nullable Checksum of(@Nullable String header) {
        if (header == null) {
            return null;
        }
        String[] parts = header.strip().split(" ", -1);
        String algorithm = ALGORITHMS.get(parts[0]);
        if (parts.length != 2 || algorithm == null) {
            throw malformed();
        }
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            byte[] wanted = Base64.getDecoder().decode(parts[1]);
            if (wanted.length != digest.getDigestLength()) {
                throw malformed();
            }
            return new Checksum(digest, wanted);
        } catch (IllegalArgumentException noBase64) {
            throw malformed();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    void update(byte[] bytes, int length) {
        digest.update(bytes, 0, length);
    }

    boolean holds() {
        return MessageDigest.isEqual(digest.digest(), wanted);
    }

    private static ProblemException malformed() {
        return new ProblemException(
                ProblemCode.MALFORMED_REQUEST,
                "Upload-Checksum is one of " + NAMES + ", a blank, and the digest in base64.");
    }
}
