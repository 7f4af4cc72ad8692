package io.hubmesh.mesh.ticket;

import io.hubmesh.kernel.AccountId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Who the hub is to its peers; made on first start.
 *
 * @param secret turns account ids into opaque member ids; never leaves the hub
 */
public record HubIdentity(UUID hub, byte[] secret, SigningKey key) {

    /** Bytes of the secret: as many as the MAC gives. */
    public static final int SECRET_BYTES = 32;

    private static final int MEMBER_BYTES = 16;
    private static final String MAC = "HmacSHA256";

    public HubIdentity {
        secret = secret.clone();
    }

    @Override
    public byte[] secret() {
        return secret.clone();
    }

    /** The name under which other peers know an account: the same on every ticket, and it tells nothing. */
    public String member(AccountId account) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(secret, MAC));
            byte[] code = mac.doFinal(account.toString().getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(code, MEMBER_BYTES));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has HMAC-SHA-256", missing);
        }
    }

    /** Never shows the secret. */
    @Override
    public String toString() {
        return "HubIdentity[" + hub + "]";
    }
}
