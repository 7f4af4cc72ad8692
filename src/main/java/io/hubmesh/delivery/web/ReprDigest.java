package io.hubmesh.delivery.web;

import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The digest of the whole file that goes with an answer (RFC 9530). */
final class ReprDigest {

    static final String HEADER = "Repr-Digest";
    static final String WANTED = "Want-Repr-Digest";

    /** A weight of 0 is "not acceptable" (section 4). */
    private static final Pattern UNWANTED = Pattern.compile("(?:^|,)\\s*sha-256=0\\s*(?:[;,].*)?$");

    private ReprDigest() {}

    /** Whether a client that sent this Want-Repr-Digest may be sent one: the hub knows no other algorithm than SHA-256. */
    static boolean isWanted(@Nullable String header) {
        return header == null || !UNWANTED.matcher(header).find();
    }

    /** @param sha256 lower-case hexadecimal */
    static String of(String sha256) {
        return "sha-256=:" + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256)) + ":";
    }
}
