package io.hubmesh.mesh.turn;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A name and a password that a TURN server checks by a secret alone (draft-uberti-behave-turn-rest-00, section 2.2; coturn's
 * {@code use-auth-secret}): the name says until when, the password is {@code base64(HMAC-SHA1(secret, name))}.
 */
record TurnCredential(String username, String credential) {

    private static final String MAC = "HmacSHA1";

    /** @param member opaque name of the member; without a colon */
    static TurnCredential mint(String secret, String member, Instant expiresAt) {
        String username = expiresAt.getEpochSecond() + ":" + member;
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), MAC));
            byte[] code = mac.doFinal(username.getBytes(StandardCharsets.UTF_8));
            return new TurnCredential(username, Base64.getEncoder().encodeToString(code));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has HMAC-SHA-1", missing);
        }
    }

    /** Never shows the credential. */
    @Override
    public String toString() {
        return "TurnCredential[" + username + "]";
    }
}
