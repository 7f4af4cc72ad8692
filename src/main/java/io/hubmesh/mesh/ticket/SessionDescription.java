package io.hubmesh.mesh.ticket;

import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What the hub looks at in an SDP offer or answer (RFC 8866): only the certificate fingerprints in it. */
public final class SessionDescription {

    private static final String ATTRIBUTE = "a=fingerprint:";
    private static final String HASH = "sha-256";

    private SessionDescription() {}

    /**
     * The one fingerprint that the description binds its DTLS certificate to (RFC 8122).
     *
     * @return empty when there is none, more than one distinct, one of another hash, or one that is malformed
     */
    public static Optional<Fingerprint> onlyFingerprint(String sdp) {
        Set<Fingerprint> found = new HashSet<>();
        for (String line : sdp.split("[\\r\\n]+", -1)) {
            if (line.regionMatches(true, 0, ATTRIBUTE, 0, ATTRIBUTE.length())) {
                Optional<Fingerprint> one = parse(line.substring(ATTRIBUTE.length()));
                if (one.isEmpty()) {
                    return Optional.empty();
                }
                found.add(one.get());
            }
        }
        return found.size() == 1 ? Optional.of(found.iterator().next()) : Optional.empty();
    }

    private static Optional<Fingerprint> parse(String value) {
        String[] parts = value.strip().split("[ \\t]+", -1);
        if (parts.length != 2 || !parts[0].toLowerCase(Locale.ROOT).equals(HASH)) {
            return Optional.empty();
        }
        return Fingerprint.parse(parts[1].toUpperCase(Locale.ROOT));
    }
}
