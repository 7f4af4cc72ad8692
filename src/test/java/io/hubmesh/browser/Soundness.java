package io.hubmesh.browser;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What may be said against a page as it is shown now. */
final class Soundness {

    private static final Path AXE = Path.of("frontend", "node_modules", "axe-core", "axe.min.js");

    private static final String VIOLATIONS = """
            async () => (await axe.run(document, { resultTypes: ["violations"] })).violations
              .map(violation => `${violation.id}: ${violation.nodes.map(node => node.target.join(" ")).join(", ")}`)
            """;

    private static final String OVERFLOWING =
            "() => document.documentElement.scrollWidth > document.documentElement.clientWidth";

    private final String axe;

    Soundness() {
        try {
            axe = Files.readString(AXE);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** What axe objects to, rule by rule. */
    List<?> violations(Page page) {
        page.evaluate(axe);
        return (List<?>) page.evaluate(VIOLATIONS);
    }

    /** Whether it is wider than the window. */
    static boolean overflows(Page page) {
        return (boolean) page.evaluate(OVERFLOWING);
    }
}
