package io.hubmesh.mesh.web;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The host by which somebody reached the hub (RFC 9110, section 7.2), without the port. */
final class HostName {

    private static final Pattern SHAPE =
            Pattern.compile("(\\[[0-9A-Fa-f:.]{2,45}]|[A-Za-z0-9](?:[A-Za-z0-9._-]{0,252}))(?::[0-9]{1,5})?");

    private HostName() {}

    /** An IPv6 address keeps its brackets; empty when the header is missing or no host. */
    static Optional<String> of(@Nullable String header) {
        Matcher matcher = SHAPE.matcher(header == null ? "" : header);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
