package io.hubmesh.mesh.ticket;

import java.util.Optional;
import java.util.regex.Pattern;

/** SHA-256 fingerprint of a DTLS certificate: 32 upper-case hexadecimal pairs joined by colons (RFC 8122, section 5). */
public record Fingerprint(String value) {

    private static final Pattern SHAPE = Pattern.compile("[0-9A-F]{2}(?::[0-9A-F]{2}){31}");

    public Fingerprint {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("not a SHA-256 fingerprint");
        }
    }

    /** Empty when the text is not one. */
    public static Optional<Fingerprint> parse(String text) {
        return SHAPE.matcher(text).matches() ? Optional.of(new Fingerprint(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
