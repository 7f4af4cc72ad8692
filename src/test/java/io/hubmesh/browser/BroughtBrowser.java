package io.hubmesh.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A Chromium that the tests bring along where none is installed: on Linux x64 the one inside an npm package, elsewhere
 * Playwright's own download.
 */
final class BroughtBrowser {

    /** Long enough for 70 MB over a slow line. */
    private static final long INSTALL_MINUTES = 10;

    private static final Path SOURCE = Path.of("src", "test", "browser");
    private static final Path TARGET = Path.of("target", "test-browser");

    private BroughtBrowser() {}

    static TestBrowser get() {
        boolean linux = System.getProperty("os.name", "").equals("Linux");
        boolean x64 = System.getProperty("os.arch", "").equals("amd64");
        return linux && x64 ? fromPackage() : fromPlaywright();
    }

    private static TestBrowser fromPackage() {
        try {
            String lock = Files.readString(SOURCE.resolve("package-lock.json"));
            Path marker = TARGET.resolve("installed-lock.json");
            if (!Files.exists(marker) || !Files.readString(marker).equals(lock)) {
                Files.createDirectories(TARGET);
                for (String file : List.of("package.json", "package-lock.json", "unpack.mjs")) {
                    Files.write(TARGET.resolve(file), Files.readAllBytes(SOURCE.resolve(file)));
                }
                run(TARGET, "npm", "ci", "--no-audit", "--no-fund", "--loglevel=error");
                Files.writeString(marker, lock);
            }
            Map<String, String> answer = new HashMap<>();
            for (String line : run(TARGET, "node", "unpack.mjs", "unpacked")) {
                int equals = line.indexOf('=');
                answer.put(line.substring(0, equals), line.substring(equals + 1));
            }
            Path executable = Path.of(answer.remove("executable"));
            return new TestBrowser(executable, Map.copyOf(answer), "npm package @sparticuz/chromium");
        } catch (IOException failure) {
            throw new UncheckedIOException("The Chromium for the tests could not be installed.", failure);
        }
    }

    private static TestBrowser fromPlaywright() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        run(
                Path.of("").toAbsolutePath(),
                java,
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "com.microsoft.playwright.CLI",
                "install",
                "chromium");
        return new TestBrowser(null, Map.of(), "Playwright's download");
    }

    private static List<String> run(Path directory, String... command) {
        try {
            Path log = Files.createTempFile("browser-install", ".log");
            Process process = new ProcessBuilder(new ArrayList<>(List.of(command)))
                    .directory(directory.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .redirectOutput(log.toFile())
                    .start();
            if (!process.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IllegalStateException(String.join(" ", command) + " did not end.");
            }
            List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
            Files.delete(log);
            if (process.exitValue() != 0) {
                throw new IllegalStateException(
                        String.join(" ", command) + " ended with " + process.exitValue() + ": " + lines);
            }
            return lines;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interruption);
        }
    }
}
