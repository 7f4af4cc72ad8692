package io.hubmesh.measurement.web;

import java.util.List;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may show the dashboard inside pages of theirs.
 *
 * @param framedBy origins, as in {@code https://intranet.example.org}; nobody where there is none
 */
@ConfigurationProperties("hubmesh.dashboard")
record DashboardSettings(@DefaultValue List<String> framedBy) {

    /** Scheme, host and perhaps port (RFC 6454), and nothing that could end a directive or widen it. */
    private static final Pattern ORIGIN = Pattern.compile("https?://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?");

    DashboardSettings {
        framedBy = List.copyOf(framedBy);
        framedBy.stream()
                .filter(origin -> !ORIGIN.matcher(origin).matches())
                .findFirst()
                .ifPresent(wrong -> {
                    throw new IllegalArgumentException(
                            "HUBMESH_DASHBOARD_FRAMED_BY: \"%s\" is no origin as in https://intranet.example.org"
                                    .formatted(wrong));
                });
    }
}
