package io.hubmesh.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A thousand peers in the page: ten times real time at least, and the page never waits for them. */
@ExtendWith(OnStage.class)
@Timeout(value = 1, unit = TimeUnit.HOURS)
class SimulatorPageProof {

    private static final int PEERS = 1_000;
    private static final double TIMES_REAL_TIME = 10;
    private static final double LONGEST_TASK_MILLIS = 100;

    /** For a run that misses its figure by far. In milliseconds. */
    private static final double PATIENCE = 1_800_000;

    /** Notes tasks of the page's own thread above 50 ms (W3C Long Tasks API). */
    private static final String WATCH = """
            () => {
              window.longTasks = [];
              new PerformanceObserver(list => list.getEntries().forEach(entry => window.longTasks.push(entry.duration)))
                .observe({ type: "longtask" });
            }
            """;

    private final Path folder;

    SimulatorPageProof(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void aThousandPeersRaceWithoutBlockingThePage(Stage stage) throws IOException {
        Person person = stage.person(Stage.ADMINISTRATOR);
        person.visit("/simulator");
        Page page = person.page();
        page.evaluate(WATCH);
        long begun = System.nanoTime();
        person.button("Start").click();
        page.waitForFunction(
                "() => /[1-9].* of 1,000/.test(document.querySelector('[data-simulator-target=meshCompleted]').textContent)"
                        + " || !document.querySelector('[data-simulator-target=result]').hidden",
                null,
                new Page.WaitForFunctionOptions().setTimeout(PATIENCE));
        page.screenshot(new ScreenshotOptions().setPath(picture()).setFullPage(true));
        page.locator("[data-simulator-target=result]").waitFor(new Locator.WaitForOptions().setTimeout(PATIENCE));
        double seconds = (System.nanoTime() - begun) / 1e9;
        JsonNode result = result(page, person);
        double virtual = result.at("/seconds/most").asDouble();
        List<?> tasks = (List<?>) page.evaluate("() => window.longTasks");
        double longest = tasks.stream()
                .mapToDouble(task -> ((Number) task).doubleValue())
                .max()
                .orElse(0);
        Figures figures = new Figures(getClass());
        figures.note(
                "%d peers, %d chunks, %d events: %.1f virtual seconds in %.1f s, %.1f times real time",
                PEERS,
                result.get("chunks").asInt(),
                result.get("events").asLong(),
                virtual,
                seconds,
                virtual / seconds);
        figures.note("%d tasks above 50 ms in the page's thread, the longest %.0f ms", tasks.size(), longest);
        assertThat(result.get("completed").asInt()).isEqualTo(PEERS);
        assertThat(virtual / seconds).as("times real time").isGreaterThanOrEqualTo(TIMES_REAL_TIME);
        assertThat(longest).as("longest task, ms").isLessThan(LONGEST_TASK_MILLIS);
        assertThat(person.complaints()).isEmpty();
    }

    private static Path picture() throws IOException {
        return Files.createDirectories(Path.of("target", "screenshots")).resolve("simulator-race.png");
    }

    /** What the page saves, as the command line would print it. */
    private JsonNode result(Page page, Person person) throws IOException {
        Download saved =
                page.waitForDownload(() -> person.button("Save as JSON").click());
        Path file = folder.resolve("result.json");
        saved.saveAs(file);
        return JsonMapper.shared().readTree(Files.readString(file)).at("/0/results/0");
    }
}
