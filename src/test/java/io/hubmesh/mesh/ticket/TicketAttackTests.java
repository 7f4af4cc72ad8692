package io.hubmesh.mesh.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.hubmesh.Fuzz;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Signed statements and descriptions as nobody honest would write them. */
class TicketAttackTests {

    private static final String TYPE = "hubmesh-ticket+jwt";
    private static final String FINGERPRINT = "AB" + ":AB".repeat(31);

    private final SigningKey key = SigningKey.generate();
    private final ObjectNode claims = Jws.claims().put("pid", "x").put("exp", 5);
    private final String good = Jws.sign(key, TYPE, claims);

    @Test
    void nothingButWhatTheHubSignedIsTaken() {
        assertThat(Jws.verify(key, TYPE, good)).isPresent();
        Fuzz.tries(3_000, fuzz -> {
            String bent = fuzz.scarred(good);
            if (!bent.equals(good)) {
                assertThat(Jws.verify(key, TYPE, bent)).isEmpty();
            }
        });
        Fuzz.tries(
                2_000, fuzz -> assertThat(Jws.verify(key, TYPE, fuzz.text(200))).isEmpty());
    }

    @Test
    void otherHeadersClaimsAndSignaturesAreRefused() {
        String[] parts = good.split("\\.");
        List<String> headers =
                List.of("{}", "null", "[]", "", "{\"alg\":\"none\"}", "{\"alg\":\"HS256\",\"typ\":\"x\"}");
        Fuzz.tries(2_000, fuzz -> {
            String header = encoded(fuzz.mutant(fuzz.one(headers)).getBytes(StandardCharsets.UTF_8));
            assertThat(Jws.verify(key, TYPE, header + "." + parts[1] + "." + parts[2]))
                    .isEmpty();
            String signature = encoded(fuzz.bytes(130));
            assertThat(Jws.verify(key, TYPE, parts[0] + "." + parts[1] + "." + signature))
                    .isEmpty();
            String other = encoded(fuzz.mutant(claims.toString()).getBytes(StandardCharsets.UTF_8));
            if (!other.equals(parts[1])) {
                assertThat(Jws.verify(key, TYPE, parts[0] + "." + other + "." + parts[2]))
                        .isEmpty();
            }
        });
    }

    @Test
    void anotherHubsSignatureIsNotThisHubs() {
        assertThat(Jws.verify(SigningKey.generate(), TYPE, good)).isEmpty();
        assertThat(Jws.verify(key, "hubmesh-revocations+jwt", good)).isEmpty();
    }

    @Test
    void aDescriptionHasOneFingerprintOrNone() {
        List<String> pieces = List.of(
                "v=0",
                "a=fingerprint:sha-256 " + FINGERPRINT,
                "a=fingerprint:",
                "a=fingerprint:sha-1 AB",
                "\r",
                "\n",
                "\r\n",
                " ",
                "\t",
                "\u2028",
                FINGERPRINT,
                "sha-256",
                ":");
        Fuzz.tries(5_000, fuzz -> {
            StringBuilder sdp = new StringBuilder();
            for (int count = fuzz.below(8); count > 0; count--) {
                sdp.append(fuzz.below(4) == 0 ? fuzz.text(20) : fuzz.one(pieces));
            }
            Optional<Fingerprint> found = SessionDescription.onlyFingerprint(sdp.toString());
            found.ifPresent(one -> assertThat(one.value()).isEqualTo(FINGERPRINT));
        });
    }

    @Test
    void aLongDescriptionTakesNoTime() {
        List<String> parts =
                List.of("a=fingerprint:", "\r", "\r\n", " ", "a=fingerprint:sha-256 " + FINGERPRINT + "\n", ".");
        assertTimeout(
                Duration.ofSeconds(20),
                () -> parts.forEach(part -> {
                    String long16k = part.repeat(16_384 / part.length());
                    SessionDescription.onlyFingerprint(long16k);
                    Jws.verify(key, TYPE, long16k);
                }));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
