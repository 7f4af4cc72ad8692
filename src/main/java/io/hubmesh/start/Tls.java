package io.hubmesh.start;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.core.env.Environment;

/**
 * TLS on the hub's own port: with a certificate that the operator brings as PEM files, which is read again when they change, or
 * with one that the hub makes for itself. Without either the port speaks plain HTTP.
 */
final class Tls {

    private static final String MODE = "hubmesh.tls";
    private static final String CERTIFICATE = "hubmesh.tls.certificate";
    private static final String KEY = "hubmesh.tls.key";
    private static final String NAMES = "hubmesh.tls.names";
    private static final String MADE_BY_ITSELF = "self-signed";
    private static final String BUNDLE = "spring.ssl.bundle.pem.hub.";
    private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?");

    private Tls() {}

    /**
     * The properties of the web server that follow from what was asked for; none when nothing was.
     *
     * @throws FailureAnalyzedException when a file is missing, or something else was asked for than there is
     */
    static Map<String, Object> properties(Environment environment, Path data, Instant now) {
        String mode = environment.getProperty(MODE, "");
        String certificate = environment.getProperty(CERTIFICATE, "");
        String key = environment.getProperty(KEY, "");
        if (!certificate.isBlank() || !key.isBlank()) {
            return bundle(readable(certificate, "HUBMESH_TLS_CERTIFICATE"), readable(key, "HUBMESH_TLS_KEY"), null);
        }
        return switch (mode) {
            case "", "off", "false" -> Map.of();
            case MADE_BY_ITSELF -> selfSigned(data, environment.getProperty(NAMES, ""), now);
            default ->
                throw new FailureAnalyzedException(
                        "HUBMESH_TLS is " + mode + ", which means nothing.",
                        "Set it to self-signed, or name your own certificate with HUBMESH_TLS_CERTIFICATE and HUBMESH_TLS_KEY.");
        };
    }

    private static Map<String, Object> selfSigned(Path data, String more, Instant now) {
        try {
            SelfSigned made = SelfSigned.in(data.resolve("tls"), names(more), now);
            return bundle(made.certificate(), made.key(), made.fingerprint());
        } catch (IOException failure) {
            throw new FailureAnalyzedException(
                    "The hub could not make a certificate in " + data.resolve("tls") + " (" + failure.getMessage()
                            + ").",
                    "Make the folder writable, or bring your own certificate with HUBMESH_TLS_CERTIFICATE and HUBMESH_TLS_KEY.",
                    failure);
        }
    }

    private static Map<String, Object> bundle(Path certificate, Path key, @Nullable String fingerprint) {
        Map<String, Object> properties = new HashMap<>(Map.of(
                "server.ssl.bundle",
                "hub",
                BUNDLE + "reload-on-update",
                "true",
                BUNDLE + "keystore.certificate",
                certificate.toUri().toString(),
                BUNDLE + "keystore.private-key",
                key.toUri().toString()));
        if (fingerprint != null) {
            properties.put("hubmesh.tls.fingerprint", fingerprint);
        }
        return properties;
    }

    /** What this machine is called on its networks, and what the operator says besides. IPv6 addresses change too often to be named. */
    private static Collection<String> names(String more) throws IOException {
        Collection<String> names = new TreeSet<>();
        names.add("localhost");
        String own = InetAddress.getLocalHost().getHostName();
        if (HOST_NAME.matcher(own).matches()) {
            names.add(own);
        }
        for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (InetAddress address : Collections.list(network.getInetAddresses())) {
                if (address instanceof Inet4Address || address.isLoopbackAddress()) {
                    names.add(address.getHostAddress().replaceAll("%.*", ""));
                }
            }
        }
        for (String name : more.split(",")) {
            if (HOST_NAME.matcher(name.strip()).matches()) {
                names.add(name.strip());
            } else if (!name.isBlank()) {
                throw new FailureAnalyzedException(
                        "HUBMESH_TLS_NAMES has " + name.strip() + ", which is no name of a host.",
                        "Name hosts without a scheme or a port, with commas between them: hub.example.org,hub.local");
            }
        }
        return names;
    }

    private static Path readable(String named, String variable) {
        Path file = Path.of(named);
        if (named.isBlank() || !Files.isReadable(file)) {
            throw new FailureAnalyzedException(
                    named.isBlank()
                            ? variable + " is missing: a certificate and its key go together."
                            : "Hubmesh cannot read " + file.toAbsolutePath() + ".",
                    "Set HUBMESH_TLS_CERTIFICATE and HUBMESH_TLS_KEY to PEM files that the hub's account may read.");
        }
        return file.toAbsolutePath();
    }
}
