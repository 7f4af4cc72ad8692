package io.hubmesh.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A dashboard of 200 peers, 600 links and 2,000 transfers that all change every second draws 30 frames a second and is never
 * busy for long. The figures come from a stub of the hub's stream in the browser, so that the page is measured and nothing
 * else: a hub tells a page the newest 50 transfers only, so this is more than one does.
 */
@ExtendWith(OnStage.class)
class DashboardLoadProof {

    private static final int SECONDS = 20;

    /** Loading, and the first drawing of everything, is not what is measured. In milliseconds. */
    private static final int SETTLING = 5_000;

    private static final double LEAST_FRAMES_A_SECOND = 30;

    /** In milliseconds. */
    private static final double LONGEST_TASK = 100;

    /** Intervals between frames and lengths of long tasks, in milliseconds, over some seconds after settling. */
    private static final String MEASURE = """
            async ([settling, seconds]) => {
              await new Promise((resolve) => setTimeout(resolve, settling));
              const tasks = [];
              const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries().map((entry) => entry.duration)));
              observer.observe({ type: "longtask" });
              const frames = [];
              await new Promise((resolve) => {
                const begin = performance.now();
                let last = begin;
                const frame = () => {
                  const now = performance.now();
                  frames.push(now - last);
                  last = now;
                  if (now - begin < seconds * 1000) requestAnimationFrame(frame);
                  else resolve();
                };
                requestAnimationFrame(frame);
              });
              observer.disconnect();
              return { frames, tasks };
            }
            """;

    @Test
    void aGreatMeshIsDrawnSmoothly(Stage stage) {
        Person person = stage.person(Stage.ADMINISTRATOR);
        new DashboardStub(person).open("200-peers");
        Page page = person.page();
        Map<?, ?> measured = (Map<?, ?>) page.evaluate(MEASURE, List.of(SETTLING, SECONDS));
        List<Double> frames = millis(measured, "frames");
        List<Double> tasks = millis(measured, "tasks");
        double rate =
                frames.size() * 1000 / frames.stream().mapToDouble(each -> each).sum();
        double longest = tasks.stream().mapToDouble(each -> each).max().orElse(0);
        Figures figures = new Figures(getClass());
        figures.note(
                "%.1f frames a second; between frames: median %.1f ms, 99 of 100 within %.1f ms; longest task %.0f ms, %d above 50 ms",
                rate, Figures.median(frames), Figures.quantile(frames, 0.99), longest, tasks.size());
        assertThat(rate).isGreaterThanOrEqualTo(LEAST_FRAMES_A_SECOND);
        assertThat(longest).isLessThanOrEqualTo(LONGEST_TASK);
        assertThat(person.complaints()).isEmpty();
    }

    private static List<Double> millis(Map<?, ?> measured, String what) {
        return ((List<?>) Objects.requireNonNull(measured.get(what)))
                .stream().map(each -> ((Number) each).doubleValue()).toList();
    }
}
