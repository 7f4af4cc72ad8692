package io.hubmesh.audit.chain;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Where the chain ended, noted outside of the database: {@code audit/head} in the data folder, one line
 * {@code hubmesh-audit-head 1 <sequence> <hash> <mac>}. The MAC is HMAC-SHA-256 (RFC 2104) over all before the last blank with the key in
 * {@code audit/key}, so that whoever has the database alone cannot make another.
 */
final class Anchor {

    private static final int KEY_BYTES = 32;
    private static final String MAC = "HmacSHA256";
    private static final String PREFIX = "hubmesh-audit-head 1 ";
    private static final Pattern SHAPE =
            Pattern.compile("(" + PREFIX + "([0-9]{1,18}) ([0-9a-f]{64})) ([0-9a-f]{64})\\n?");

    private final Path folder;

    /** @param data the data folder */
    Anchor(Path data) {
        this.folder = data.resolve("audit");
    }

    /** What was found where the anchor should be. */
    sealed interface Found {

        /** Nothing was ever noted, or somebody took it away. */
        record Nothing() implements Found {}

        /** Something that this hub did not write. */
        record Forged() implements Found {}

        record Noted(Head head) implements Found {}
    }

    Found read() {
        try {
            Path file = folder.resolve("head");
            if (!Files.exists(file)) {
                return new Found.Nothing();
            }
            Matcher line = SHAPE.matcher(Files.readString(file, StandardCharsets.US_ASCII));
            Optional<byte[]> key = key();
            if (!line.matches() || key.isEmpty() || !genuine(line.group(1), line.group(4), key.get())) {
                return new Found.Forged();
            }
            return new Found.Noted(new Head(Long.parseLong(line.group(2)), line.group(3)));
        } catch (IOException unreadable) {
            return new Found.Forged();
        }
    }

    /** Puts another in its place, all or nothing. */
    void write(Head head) throws IOException {
        Files.createDirectories(folder);
        byte[] key = key().orElse(null);
        if (key == null) {
            key = newKey();
        }
        String text = PREFIX + head.sequence() + " " + head.hash();
        Path next = folder.resolve("head.next");
        Files.writeString(
                next,
                text + " " + mac(text, key) + "\n",
                StandardCharsets.US_ASCII,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE,
                StandardOpenOption.SYNC);
        Files.move(next, folder.resolve("head"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Optional<byte[]> key() throws IOException {
        Path file = folder.resolve("key");
        return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    }

    private byte[] newKey() throws IOException {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        Path file = folder.resolve("key");
        Files.createFile(file);
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
        Files.write(file, key, StandardOpenOption.SYNC);
        return key;
    }

    private static boolean genuine(String text, String mac, byte[] key) {
        return key.length == KEY_BYTES
                && MessageDigest.isEqual(
                        mac(text, key).getBytes(StandardCharsets.US_ASCII), mac.getBytes(StandardCharsets.US_ASCII));
    }

    private static String mac(String text, byte[] key) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(key, MAC));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has HMAC-SHA-256", missing);
        }
    }
}
