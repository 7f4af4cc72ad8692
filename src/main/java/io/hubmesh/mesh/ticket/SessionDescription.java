package io.hubmesh.mesh.ticket;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the hub looks at in an SDP offer or answer (RFC 8866): only the certificate fingerprints in it. */
public final class SessionDescription {

    private static final String ATTRIBUTE = "a=fingerprint:";
    private static final String HASH = "sha-256";
    private static final Pattern BLANKS = Pattern.compile("[ \\t]+");

    private SessionDescription() {}

    /**
     * The one fingerprint that the description binds its DTLS certificate to (RFC 8122).
     *
     * @return empty when there is none, more than one distinct, one of another hash, or one that is malformed
     */
    public static Optional<Fingerprint> onlyFingerprint(String sdp) {
        Optional<Fingerprint> found = Optional.empty();
        int end;
        for (int start = 0; start < sdp.length(); start = end + 1) {
            end = endOfLine(sdp, start);
            if (sdp.regionMatches(true, start, ATTRIBUTE, 0, ATTRIBUTE.length())) {
                Optional<Fingerprint> one = parse(sdp.substring(start + ATTRIBUTE.length(), end));
                if (one.isEmpty() || (found.isPresent() && !found.equals(one))) {
                    return Optional.empty();
                }
                found = one;
            }
        }
        return found;
    }

    private static int endOfLine(String sdp, int start) {
        int at = start;
        while (at < sdp.length() && sdp.charAt(at) != '\r' && sdp.charAt(at) != '\n') {
            at++;
        }
        return at;
    }

    private static Optional<Fingerprint> parse(String value) {
        String[] parts = BLANKS.split(value.strip(), -1);
        if (parts.length != 2 || !parts[0].toLowerCase(Locale.ROOT).equals(HASH)) {
            return Optional.empty();
        }
        return Fingerprint.parse(parts[1].toUpperCase(Locale.ROOT));
    }
}
