package io.hubmesh.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** An experiment with two browsers, from the page: each way of delivering once, and nothing of anybody's is touched. */
@ExtendWith(OnStage.class)
class ExperimentIT {

    private static final int MIB = 1024 * 1024;
    private static final long SIZE = 2L * MIB;
    private static final Duration PATIENCE = Duration.ofMinutes(8);

    private final Path folder;

    ExperimentIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void bothModelsOnTheSameFile(Stage stage) {
        Shared file = new Shared(stage, folder, RealFile.made(folder, "compared.bin", SIZE));
        Person owner = stage.person(Stage.ADMINISTRATOR);
        Receivers receivers = new Receivers(stage, file, 2);
        Person keeper = receivers.people().get(0);
        keeper.openFile(file.name());
        keeper.fetchFromPeers();
        Eventually.holds(() -> assertThat(keeper.peer().held(file.resource())).isEqualTo(SIZE));

        owner.visit("/compare?resource=" + file.resource());
        Page page = owner.page();
        withoutAModelItIsRefused(owner);
        field(page, "The hub sends, in MiB a second").fill("0.5");
        field(page, "A receiver gives, in MiB a second").fill("2");
        field(page, "A receiver takes, in MiB a second").fill("4");
        field(page, "Repetitions").fill("1");
        owner.button("Start").click();
        IsVisibleOptions patience = new IsVisibleOptions().setTimeout(60_000);
        assertThat(owner.button("Stop")).isVisible(patience);
        for (Person receiver : receivers.people()) {
            Pattern named = Pattern.compile(
                    "receiver[0-9]+ · peer " + receiver.peer().id().substring(0, 6));
            assertThat(page.getByText(named)).isVisible(patience);
        }
        Dresses.pictures(owner, "comparison-running");
        String id = page.url().substring(page.url().lastIndexOf('/') + 1);
        JsonNode whole = receivers.ended(id, PATIENCE);

        assertThat(whole.get("experiment").get("state").asString())
                .as(whole.toString())
                .isEqualTo("done");
        assertThat(whole.get("done")).hasSize(4);
        for (JsonNode run : whole.get("done")) {
            for (JsonNode receiver : run.get("receivers")) {
                assertThat(receiver.get("end").asString()).as(run.toString()).isEqualTo("completed");
                assertThat(receiver.get("fromHub").asLong()
                                + receiver.get("fromPeers").asLong())
                        .isEqualTo(SIZE);
            }
        }
        for (JsonNode figures : whole.get("figures")) {
            boolean hub = figures.get("model").asString().equals("hub");
            assertThat(figures.get("last").asDouble()).isGreaterThan(hub ? 7.2 : 3.6);
            assertThat(figures.get("bound").asDouble()).isEqualTo(hub ? 8.0 : 4.0);
            if (hub) {
                assertThat(figures.get("egress").asLong()).isEqualTo(2 * SIZE);
            } else {
                assertThat(figures.get("egress").asLong()).isGreaterThanOrEqualTo(SIZE);
                assertThat(figures.get("fromPeers").asLong()).isPositive();
            }
        }
        assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Run again")))
                .isVisible(patience);
        assertThat(page.getByRole(AriaRole.ROW, new Page.GetByRoleOptions().setName("From peers"))
                        .first())
                .isVisible();
        simulatedBesideMeasured(page);
        Dresses.pictures(owner, "comparison-done");
        assertThat(keeper.peer().held(file.resource())).isEqualTo(SIZE);
        assertThat(keeper.complaints()).isEmpty();
        owner.visit("/advisor?receivers=2");
        assertThat(page.getByText("this hub’s own experiment").first()).isAttached();
        Dresses.pictures(owner, "advisor-own-experiments");
        assertThat(owner.complaints())
                .filteredOn(complaint -> !complaint.contains("the server responded with a status of 422"))
                .isEmpty();
    }

    private static void withoutAModelItIsRefused(Person owner) {
        Page page = owner.page();
        List<String> models = List.of("From the hub", "From peers");
        models.forEach(model -> field(page, model).uncheck());
        owner.button("Start").click();
        assertThat(page.getByText("Choose one model at least, each once.")).isVisible();
        Dresses.pictures(owner, "compare-refused");
        models.forEach(model -> field(page, model).check());
    }

    /** The chart's table, with two receivers: what the hub alone needs is known by hand, 8 s; peers need half of it at least. */
    private static void simulatedBesideMeasured(Page page) {
        page.getByText("Figures as a table").click();
        Locator table = page.locator(".chart-table table");
        Locator simulated =
                table.getByRole(AriaRole.COLUMNHEADER, new Locator.GetByRoleOptions().setName("From peers, simulated"));
        assertThat(simulated).isVisible(new IsVisibleOptions().setTimeout(60_000));
        List<String> columns = table.locator("thead th").allTextContents();
        List<String> two = table.locator("tbody tr").last().locator("th, td").allTextContents();
        assertThat(two.get(0)).isEqualTo("2");
        assertThat(secondsOf(two.get(columns.indexOf("From the hub, simulated"))))
                .isBetween(8.0, 8.1);
        assertThat(secondsOf(two.get(columns.indexOf("From peers, simulated")))).isBetween(4.0, 6.0);
        assertThat(secondsOf(two.get(columns.indexOf("Least with one copy from the hub"))))
                .isEqualTo(4.0);
    }

    /** Of {@code 8.00 s}. */
    private static double secondsOf(String words) {
        return Double.parseDouble(words.substring(0, words.indexOf(" s")));
    }

    @Test
    void aReceiverWhoTakesNoPartAnyMoreEndsIt(Stage stage) {
        Shared file = new Shared(stage, folder, RealFile.made(folder, "left.bin", SIZE));
        Receivers receivers = new Receivers(stage, file, 2);
        String id = receivers.begin("[\"hub\"]", false, 5, 256 * 1024, MIB, MIB);
        Person one = receivers.people().get(1);
        one.page().getByLabel("Take part in experiments").uncheck();

        JsonNode whole = receivers.ended(id, PATIENCE);
        assertThat(whole.get("experiment").get("state").asString()).isEqualTo("interrupted");
        Person owner = stage.person(Stage.ADMINISTRATOR);
        owner.visit("/compare/" + id);
        assertThat(owner.page().getByText("Interrupted.")).isVisible();
        Dresses.pictures(owner, "comparison-interrupted");
    }

    private static Locator field(Page page, String label) {
        return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
    }
}
