package io.hubmesh.api.document;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.core.io.ClassPathResource;

/** One short sentence an endpoint: in {@code api/summaries.txt}, else made of its method's name. */
final class Summaries {

    private static final String FILE = "api/summaries.txt";
    private static final String SEPARATOR = ": ";

    private Summaries() {}

    /** By method and path, as in {@code GET /api/v1/library}. */
    static Map<String, String> read() {
        Map<String, String> summaries = new TreeMap<>();
        try (InputStream in = new ClassPathResource(FILE).getInputStream()) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.contains(SEPARATOR))
                    .forEach(line -> {
                        int end = line.indexOf(SEPARATOR);
                        summaries.put(line.substring(0, end), line.substring(end + SEPARATOR.length()));
                    });
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
        return summaries;
    }

    /** {@code signOutEverywhere} is "Sign out everywhere". */
    static String words(String method) {
        String words = method.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
