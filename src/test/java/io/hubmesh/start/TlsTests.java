package io.hubmesh.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.mock.env.MockEnvironment;

class TlsTests {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final Path data;

    TlsTests(@TempDir Path data) {
        this.data = data;
    }

    @Test
    void nothingAskedForIsPlainHttp() {
        assertThat(Tls.properties(new MockEnvironment(), data, NOW)).isEmpty();
    }

    @Test
    void itsOwnCertificateNamesThisMachineAndWhatTheOperatorSays() throws Exception {
        Map<String, Object> properties = Tls.properties(
                new MockEnvironment()
                        .withProperty("hubmesh.tls", "self-signed")
                        .withProperty("hubmesh.tls.names", "hub.example.org, hub"),
                data,
                NOW);
        X509Certificate made = certificate();
        assertThat(made.getSubjectAlternativeNames().stream()
                        .map(name -> name.get(1).toString()))
                .contains("localhost", "127.0.0.1", "hub.example.org", "hub");
        made.checkValidity(Date.from(NOW));
        made.verify(made.getPublicKey());
        assertThat(Files.getPosixFilePermissions(data.resolve("tls/key.pem")))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        assertThat(properties)
                .containsEntry("server.ssl.bundle", "hub")
                .hasEntrySatisfying("hubmesh.tls.fingerprint", fingerprint -> assertThat(fingerprint.toString())
                        .matches("([0-9A-F]{2}:){31}[0-9A-F]{2}"));
    }

    @Test
    void itIsKeptUntilItNearsItsEndOrANameIsMissing() throws IOException {
        SelfSigned first = SelfSigned.in(data, List.of("localhost"), NOW);
        Instant late = NOW.plus(SelfSigned.LIFE).minus(SelfSigned.RENEWED_BEFORE);
        assertThat(SelfSigned.in(data, List.of("localhost"), late.minus(Duration.ofDays(1))))
                .isEqualTo(first);
        SelfSigned second = SelfSigned.in(data, List.of("localhost"), late.plusSeconds(1));
        assertThat(second).isNotEqualTo(first);
        assertThat(SelfSigned.in(data, List.of("localhost", "hub"), late)).isNotEqualTo(second);
    }

    @Test
    void halfACertificateAndAnUnknownWordAreRefusedInWords() {
        assertThatThrownBy(() -> Tls.properties(
                        new MockEnvironment().withProperty("hubmesh.tls.certificate", "/nowhere.pem"), data, NOW))
                .isInstanceOf(FailureAnalyzedException.class)
                .hasMessageContaining("nowhere.pem");
        assertThatThrownBy(() -> Tls.properties(new MockEnvironment().withProperty("hubmesh.tls", "yes"), data, NOW))
                .isInstanceOf(FailureAnalyzedException.class)
                .hasMessageContaining("HUBMESH_TLS");
        assertThatThrownBy(() -> Tls.properties(
                        new MockEnvironment()
                                .withProperty("hubmesh.tls", "self-signed")
                                .withProperty("hubmesh.tls.names", "https://hub"),
                        data,
                        NOW))
                .isInstanceOf(FailureAnalyzedException.class)
                .hasMessageContaining("https://hub");
    }

    private X509Certificate certificate() throws Exception {
        try (InputStream in = Files.newInputStream(data.resolve("tls/certificate.pem"))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }
}
