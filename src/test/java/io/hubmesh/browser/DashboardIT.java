package io.hubmesh.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import io.hubmesh.start.HubClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard: known traffic gives exactly these figures, every state reads well, and it stays small. */
@ExtendWith(OnStage.class)
class DashboardIT {

    private static final int MIB = 1024 * 1024;
    private static final long SIZE = 3L * MIB;
    private static final int KILOBYTE = 1000;
    private static final int HEIGHT = 900;

    /** What a page may load of scripts, in bytes after gzip. */
    private static final int MOST_SCRIPT_WITH_CHARTS = 350 * KILOBYTE;

    private static final int MOST_SCRIPT = 120 * KILOBYTE;

    private static final String SCRIPTS = """
            () => performance.getEntriesByType("resource").map(entry => entry.name).filter(name => name.endsWith(".js"))
            """;

    private final Path folder;

    DashboardIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void knownTrafficGivesExactlyTheseFigures(Stage stage) {
        Shared file = new Shared(stage, folder, RealFile.made(folder, "counted.bin", SIZE));
        HubClient reader = stage.administrator();
        String content = "/api/v1/resources/" + file.resource() + "/content";
        assertThat(reader.get(content).statusCode()).isEqualTo(200);
        assertThat(reader.get(content).statusCode()).isEqualTo(200);
        Person anna = file.holder(stage.person(Stage.ADMINISTRATOR));
        Person ben = file.receiver(stage.person(file.member()), "second");
        Eventually.holds(() -> {
            Overview overview = Overview.of(reader);
            assertThat(overview.resource(file.resource(), "hubBytes")).isEqualTo(2 * SIZE);
            assertThat(overview.resource(file.resource(), "meshFromHub")).isEqualTo(SIZE);
            assertThat(overview.resource(file.resource(), "meshFromPeers")).isEqualTo(SIZE);
            assertThat(overview.resource(file.resource(), "meshDownloads")).isEqualTo(2);
        });
        anna.visit("/dashboard");
        resources(anna).selectOption(file.resource());
        shows(anna, file);
        anna.page().reload();
        shows(anna, file);
        assertThat(anna.complaints()).isEmpty();
        assertThat(ben.complaints()).isEmpty();
    }

    /** Two plain downloads, one from leases, one from a peer. */
    private static void shows(Person person, Shared file) {
        assertThat(resources(person)).hasValue(file.resource());
        assertThat(target(person, "offload")).hasText("25 %");
        assertThat(target(person, "egress")).hasAttribute("title", Words.exactBytes(3 * SIZE));
        assertThat(target(person, "egressNote")).hasText("6.0 MiB to clients (2 downloads) + 3.0 MiB to the mesh");
        assertThat(target(person, "fromPeers")).hasAttribute("title", Words.exactBytes(SIZE));
        assertThat(target(person, "starTotal")).hasText("6.0 MiB in 2 downloads");
        assertThat(target(person, "graphTotal")).hasText("3.0 MiB from peers, 3.0 MiB from the hub");
        assertThat(target(person, "peerCount")).hasText("2");
        assertThat(target(person, "activeCount")).hasText("0");
    }

    @Test
    void everyStateIsSoundInEveryDress(Stage stage) {
        Person person = stage.person(Stage.ADMINISTRATOR);
        DashboardStub stub = new DashboardStub(person);
        Soundness soundness = new Soundness();
        SoftAssertions softly = new SoftAssertions();
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            Page page = person.page();
            page.emulateMedia(new EmulateMediaOptions().setColorScheme(scheme).setReducedMotion(ReducedMotion.REDUCE));
            for (int width : List.of(1280, 360)) {
                page.setViewportSize(width, HEIGHT);
                for (String state :
                        List.of("empty", "one-peer", "busy", "hub-under-load", "discrepancy", "200-peers")) {
                    String name = "dashboard-" + state + "-" + scheme.name().toLowerCase(Locale.ROOT) + "-" + width;
                    stub.open(state);
                    page.locator("summary", new Page.LocatorOptions().setHasText("as a table"))
                            .all()
                            .forEach(Locator::click);
                    softly.assertThat(soundness.violations(page)).as(name).isEmpty();
                    softly.assertThat(Soundness.overflows(page)).as(name).isFalse();
                    page.locator("summary", new Page.LocatorOptions().setHasText("as a table"))
                            .all()
                            .forEach(Locator::click);
                    person.picture(name);
                }
            }
        }
        softly.assertAll();
        assertThat(person.complaints()).isEmpty();
    }

    @Test
    void theChartIsReadByKeysAndSavedAsPictureAndTable(Stage stage) {
        Person person = stage.person(Stage.ADMINISTRATOR);
        new DashboardStub(person).open("busy");
        Page page = person.page();
        Locator chart = page.getByRole(AriaRole.APPLICATION);
        chart.focus();
        chart.press("End");
        assertThat(page.locator(".chart [role=status]")).containsText("Peers 1.17 GiB");
        byte[] png = saved(person, "Save as PNG");
        assertThat(new String(png, 1, 3, StandardCharsets.US_ASCII)).isEqualTo("PNG");
        String csv = new String(saved(person, "Save as CSV"), StandardCharsets.UTF_8);
        assertThat(csv.lines().findFirst())
                .hasValue("Time,\"Hub, to clients (bytes)\",\"Hub, to the mesh (bytes)\",Peers (bytes)");
        assertThat(csv.lines()).hasSize(62);
        assertThat(person.complaints()).isEmpty();
    }

    @Test
    void pagesLoadNoMoreScriptThanTheyNeed(Stage stage) {
        Person person = stage.person(Stage.ADMINISTRATOR);
        person.visit("/library");
        person.page().waitForFunction("() => document.querySelector('.mesh-status')?.dataset.state !== undefined");
        assertThat(scripts(stage, person)).isLessThanOrEqualTo(MOST_SCRIPT);
        new DashboardStub(person).open("busy");
        assertThat(scripts(stage, person)).isBetween(MOST_SCRIPT, MOST_SCRIPT_WITH_CHARTS);
    }

    /** All scripts that the page has loaded, in bytes after gzip. */
    private static int scripts(Stage stage, Person person) {
        HubClient client = stage.administrator();
        return ((List<?>) person.page().evaluate(SCRIPTS))
                .stream()
                        .map(address -> URI.create(String.valueOf(address)).getPath())
                        .mapToInt(path -> zipped(client.get(path).body()))
                        .sum();
    }

    private static int zipped(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return bytes.size();
    }

    private static byte[] saved(Person person, String button) {
        try {
            return Files.readAllBytes(person.page()
                    .waitForDownload(() -> person.button(button).click())
                    .path());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Locator resources(Person person) {
        return person.page().getByLabel("Resource", new Page.GetByLabelOptions().setExact(true));
    }

    private static Locator target(Person person, String name) {
        return person.page().locator("[data-dashboard-target=" + name + "]");
    }
}
