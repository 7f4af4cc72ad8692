package io.hubmesh.mesh.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SessionDescriptionTests {

    private static final String ONE = "AB" + ":AB".repeat(31);
    private static final String TWO = "CD" + ":CD".repeat(31);
    private static final String HEAD = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n";

    @Test
    void findsTheOneFingerprint() {
        assertThat(SessionDescription.onlyFingerprint(HEAD + "a=fingerprint:sha-256 " + ONE + "\r\n"))
                .contains(new Fingerprint(ONE));
    }

    @Test
    void theSameTwiceIsStillOne() {
        String twice = HEAD + "a=fingerprint:sha-256 " + ONE + "\r\nm=application 9 x y z\r\na=fingerprint:SHA-256 "
                + ONE.toLowerCase(java.util.Locale.ROOT) + "\n";
        assertThat(SessionDescription.onlyFingerprint(twice)).contains(new Fingerprint(ONE));
    }

    @Test
    void anythingElseIsNone() {
        assertThat(SessionDescription.onlyFingerprint(HEAD)).isEmpty();
        assertThat(SessionDescription.onlyFingerprint("")).isEmpty();
        assertThat(SessionDescription.onlyFingerprint(
                        HEAD + "a=fingerprint:sha-256 " + ONE + "\r\na=fingerprint:sha-256 " + TWO))
                .isEmpty();
        assertThat(SessionDescription.onlyFingerprint(
                        HEAD + "a=fingerprint:sha-256 " + ONE + "\r\na=fingerprint:sha-1 AB:CD"))
                .isEmpty();
        assertThat(SessionDescription.onlyFingerprint(HEAD + "a=fingerprint:sha-256 " + ONE + ":AB"))
                .isEmpty();
        assertThat(SessionDescription.onlyFingerprint(HEAD + "a=fingerprint:sha-256"))
                .isEmpty();
        assertThat(SessionDescription.onlyFingerprint(
                        HEAD + "a=fingerprint:sha-256 " + ONE + "\rA=FINGERPRINT:sha-256 " + TWO))
                .as("a bare carriage return and capitals hide nothing")
                .isEmpty();
    }
}
