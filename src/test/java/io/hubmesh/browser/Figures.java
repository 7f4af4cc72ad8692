package io.hubmesh.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;

/** What a proof has measured, line by line, in {@code target/proofs}. */
final class Figures {

    private final Path file;

    Figures(Class<?> proof) {
        this(proof.getSimpleName());
    }

    /** Of one part of a proof. */
    Figures(Class<?> proof, String part) {
        this(proof.getSimpleName() + "-" + part);
    }

    private Figures(String name) {
        try {
            file = Files.createDirectories(Path.of("target", "proofs")).resolve(name + ".txt");
            Files.writeString(file, "");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Writes a line down, formatted as {@link String#format} does. */
    void note(String format, Object... values) {
        try {
            Files.writeString(file, String.format(Locale.ROOT, format, values) + "\n", StandardOpenOption.APPEND);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The least figure that this part of all figures, between 0 and 1, does not exceed (nearest rank). */
    static double quantile(List<Double> figures, double part) {
        List<Double> sorted = figures.stream().sorted().toList();
        return sorted.get((int) Math.ceil(part * sorted.size()) - 1);
    }

    static double median(List<Double> figures) {
        return quantile(figures, 0.5);
    }
}
