package io.hubmesh.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.assertj.core.api.SoftAssertions;

/** Looks at a page in one dress after the other: takes its picture, has axe look at it, and sees whether it fits its window. */
final class Looks {

    /** In CSS pixels. */
    static final int WIDE = 1280;

    static final int NARROW = 360;
    private static final int HEIGHT = 900;

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    /** The figures are there, simulated ones too, and the peer is back in the mesh wherever somebody is signed in who joined it. */
    private static final String SETTLED = """
            mesh => !document.body.innerText.includes("Loading…")
              && !document.body.innerText.includes("Simulating the same settings")
              && [...document.querySelectorAll(".mesh-status")].every(status => status.dataset.state === mesh)
            """;

    private final Soundness soundness = new Soundness();
    private final String mesh;

    /** @param mesh what the sign of the mesh comes to say: joined or off */
    Looks(String mesh) {
        this.mesh = mesh;
        try {
            Files.createDirectories(SCREENSHOTS);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** @return what the dress is called */
    static String wear(Person person, ColorScheme scheme, int width) {
        person.page()
                .emulateMedia(
                        new Page.EmulateMediaOptions().setColorScheme(scheme).setReducedMotion(ReducedMotion.REDUCE));
        person.page().setViewportSize(width, HEIGHT);
        return scheme.name().toLowerCase(Locale.ROOT) + "-" + width;
    }

    /** Looks at the page that is open. */
    void at(SoftAssertions softly, Person person, String name) {
        Page page = person.page();
        page.waitForFunction(SETTLED, mesh);
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + ".png"))
                .setFullPage(true));
        softly.assertThat(soundness.violations(page)).as(name).isEmpty();
        softly.assertThat(Soundness.overflows(page))
                .as(name + " is wider than the window")
                .isFalse();
    }
}
