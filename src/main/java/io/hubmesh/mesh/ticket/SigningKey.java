package io.hubmesh.mesh.ticket;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PublicKeyFactory;

/**
 * An Ed25519 key pair of the hub (RFC 8032). Its {@code kid} is its JWK thumbprint (RFC 7638). The JDK makes, reads and writes the
 * keys; signing and checking are left to Bouncy Castle, which takes a tenth of the JDK's time for them.
 */
public final class SigningKey {

    private static final String ALGORITHM = "Ed25519";

    /** The raw point is the end of the X.509 form (RFC 8410, section 4). */
    private static final int RAW_KEY_BYTES = 32;

    private final String kid;
    private final PrivateKey privateKey;
    private final PublicKey publicKey;
    private final AsymmetricKeyParameter signing;
    private final AsymmetricKeyParameter checking;

    private SigningKey(PrivateKey privateKey, PublicKey publicKey) throws GeneralSecurityException {
        this.kid = thumbprint(publicKey);
        this.privateKey = privateKey;
        this.publicKey = publicKey;
        try {
            this.signing = PrivateKeyFactory.createKey(privateKey.getEncoded());
            this.checking = PublicKeyFactory.createKey(publicKey.getEncoded());
        } catch (IOException unreadable) {
            throw new GeneralSecurityException(unreadable);
        }
    }

    /** A new pair from the JDK's own strong source of chance. */
    public static SigningKey generate() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
            return new SigningKey(pair.getPrivate(), pair.getPublic());
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK since 15 has Ed25519", missing);
        }
    }

    /**
     * A pair that was kept.
     *
     * @param pkcs8 private key, PKCS #8
     * @param x509 public key, X.509
     * @throws IllegalStateException when the bytes are no such keys
     */
    public static SigningKey of(byte[] pkcs8, byte[] x509) {
        try {
            KeyFactory factory = KeyFactory.getInstance(ALGORITHM);
            PublicKey publicKey = factory.generatePublic(new X509EncodedKeySpec(x509));
            return new SigningKey(factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8)), publicKey);
        } catch (GeneralSecurityException unreadable) {
            throw new IllegalStateException("the hub's signing key cannot be read", unreadable);
        }
    }

    public String kid() {
        return kid;
    }

    /** To be kept, and shown to nobody. */
    public PrivateKey privateKey() {
        return privateKey;
    }

    public PublicKey publicKey() {
        return publicKey;
    }

    /** The 64 bytes of an Ed25519 signature. */
    byte[] sign(byte[] message) {
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, signing);
        signer.update(message, 0, message.length);
        return signer.generateSignature();
    }

    /** Whether this key signed exactly that message. */
    boolean signed(byte[] message, byte[] signature) {
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(false, checking);
        signer.update(message, 0, message.length);
        return signer.verifySignature(signature);
    }

    /** The public half as a JWK (RFC 8037, section 2). */
    public Map<String, String> jwk() {
        Map<String, String> jwk = new LinkedHashMap<>();
        jwk.put("kty", "OKP");
        jwk.put("crv", ALGORITHM);
        jwk.put("x", rawPublicKey(publicKey));
        jwk.put("kid", kid);
        jwk.put("alg", "EdDSA");
        jwk.put("use", "sig");
        return jwk;
    }

    private static String thumbprint(PublicKey key) throws GeneralSecurityException {
        String canonical = "{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"" + rawPublicKey(key) + "\"}";
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.US_ASCII));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    }

    private static String rawPublicKey(PublicKey key) {
        byte[] encoded = key.getEncoded();
        byte[] raw = Arrays.copyOfRange(encoded, encoded.length - RAW_KEY_BYTES, encoded.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(raw);
    }

    /** Never shows the private half. */
    @Override
    public String toString() {
        return "SigningKey[" + kid + "]";
    }
}
