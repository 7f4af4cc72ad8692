package io.hubmesh.start;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/**
 * A certificate that the hub signs for itself (X.509 v3, RFC 5280; ECDSA on P-256), kept as PEM files in a folder. Whoever uses
 * it compares the fingerprint once, or installs the certificate as trusted.
 *
 * @param certificate the PEM file of the certificate
 * @param key the PEM file of its private key, which only the hub's account may read
 * @param fingerprint SHA-256 of the certificate, as browsers show it: pairs of hexadecimal digits with colons
 */
record SelfSigned(Path certificate, Path key, String fingerprint) {

    /** No browser takes one that lasts longer than 825 days; a year and a month leaves room. */
    static final Duration LIFE = Duration.ofDays(397);

    /** A start that finds less than this left makes a new one. */
    static final Duration RENEWED_BEFORE = Duration.ofDays(30);

    /** For clocks that are behind. */
    private static final Duration BACKDATED = Duration.ofHours(1);

    private static final int SERIAL_BITS = 120;
    private static final HexFormat PAIRS = HexFormat.ofDelimiter(":").withUpperCase();

    /** The one in the folder if it is for all of these names and lasts, else a new one. */
    static SelfSigned in(Path folder, Collection<String> names, Instant now) throws IOException {
        Path certificate = folder.resolve("certificate.pem");
        Path key = folder.resolve("key.pem");
        try {
            if (Files.exists(certificate) && Files.exists(key)) {
                X509Certificate known = read(certificate);
                if (namesOf(known).containsAll(names)
                        && known.getNotAfter().toInstant().isAfter(now.plus(RENEWED_BEFORE))) {
                    return new SelfSigned(certificate, key, fingerprint(known));
                }
            }
            Files.createDirectories(folder);
            return new SelfSigned(certificate, key, fingerprint(make(certificate, key, names, now)));
        } catch (GeneralSecurityException | OperatorCreationException failure) {
            throw new IOException(failure);
        }
    }

    private static X509Certificate make(Path certificate, Path key, Collection<String> names, Instant now)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        X500Name self = new X500Name("CN=Hubmesh");
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                self,
                new BigInteger(SERIAL_BITS, new SecureRandom()),
                Date.from(now.minus(BACKDATED)),
                Date.from(now.plus(LIFE)),
                self,
                pair.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        builder.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(names.stream().map(SelfSigned::generalName).toArray(GeneralName[]::new)));
        X509Certificate made = new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
        writePrivately(key, pem(pair.getPrivate()));
        writePrivately(certificate, pem(made));
        return made;
    }

    private static GeneralName generalName(String name) {
        return new GeneralName(isAddress(name) ? GeneralName.iPAddress : GeneralName.dNSName, name);
    }

    private static boolean isAddress(String name) {
        return name.indexOf(':') >= 0 || name.matches("[0-9]+(\\.[0-9]+){3}");
    }

    /** Addresses in the form in which {@link java.net.InetAddress} writes them. */
    private static Set<String> namesOf(X509Certificate certificate) throws GeneralSecurityException {
        Set<String> names = new TreeSet<>();
        Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
        if (alternatives != null) {
            alternatives.forEach(each -> names.add(String.valueOf(each.get(1))));
        }
        return names;
    }

    private static X509Certificate read(Path file) throws IOException, GeneralSecurityException {
        try (var in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private static String fingerprint(X509Certificate certificate) throws GeneralSecurityException {
        return PAIRS.formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    }

    private static String pem(Object what) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(what instanceof PrivateKey key ? pkcs8(key) : what);
        }
        return text.toString();
    }

    private static PemObject pkcs8(PrivateKey key) {
        return new PemObject("PRIVATE KEY", key.getEncoded());
    }

    private static void writePrivately(Path file, String text) throws IOException {
        Path draft = Files.createTempFile(file.getParent(), "tls", ".pem");
        if (draft.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-------"));
        }
        Files.writeString(draft, text);
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
