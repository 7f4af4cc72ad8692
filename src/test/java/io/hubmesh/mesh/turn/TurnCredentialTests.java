package io.hubmesh.mesh.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Minting, held against what OpenSSL computes. */
class TurnCredentialTests {

    @Test
    void aCredentialIsTheHmacSha1OfItsName() {
        // printf '1792843200:AAECAwQFBgcICQoLDA0ODw' | openssl dgst -sha1 -hmac 'a-secret-of-the-relay' -binary |
        // base64
        TurnCredential minted = TurnCredential.mint(
                "a-secret-of-the-relay", "AAECAwQFBgcICQoLDA0ODw", Instant.ofEpochSecond(1_792_843_200));

        assertThat(minted.username()).isEqualTo("1792843200:AAECAwQFBgcICQoLDA0ODw");
        assertThat(minted.credential()).isEqualTo("m7XXizBxM25AjjiePl4seBtD/cQ=");
        assertThat(minted.toString()).doesNotContain(minted.credential());
    }
}
