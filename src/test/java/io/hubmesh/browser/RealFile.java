package io.hubmesh.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.hibernate.Session;

/** Files that exist for another reason than a test, some of a wanted size, and what they hash to. */
final class RealFile {

    /** What "large" means in the stories. In bytes. */
    static final long LARGE = 60L * 1024 * 1024;

    private RealFile() {}

    /** The class library of the JDK that runs this. */
    static Path large() {
        Path modules = Path.of(System.getProperty("java.home"), "lib", "modules");
        if (size(modules) < LARGE) {
            throw new IllegalStateException(modules + " is smaller than the stories want.");
        }
        return modules;
    }

    /**
     * Some ten megabytes: enough chunks to spread, few enough to be quick. Each name makes another content, so that no story
     * finds a swarm of another.
     */
    static Path middling(Path folder, String name) {
        try {
            Path library = Path.of(Session.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path copy = Files.copy(library, folder.resolve(name));
            return Files.writeString(copy, name, StandardOpenOption.APPEND);
        } catch (IOException | URISyntaxException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** A file of this many bytes, different in every chunk; each name makes another content. */
    static Path made(Path folder, String name, long bytes) {
        Path file = folder.resolve(name);
        RandomGenerator chance = new SplittableRandom(name.hashCode());
        byte[] block = new byte[1 << 20];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (long left = bytes; left > 0; left -= block.length) {
                chance.nextBytes(block);
                out.write(block, 0, (int) Math.min(left, block.length));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return file;
    }

    static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static String sha256(Path file) {
        try (InputStream bytes = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 20];
            int count;
            while ((count = bytes.read(buffer)) >= 0) {
                digest.update(buffer, 0, count);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException(never);
        }
    }
}
