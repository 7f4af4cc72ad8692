package io.hubmesh.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The race of the two models in the page, with what somebody does to it. */
@ExtendWith(OnStage.class)
class SimulatorIT {

    /** In milliseconds. */
    private static final double PATIENCE = 120_000;

    private static final String REAL_TIME = "1";
    private static final String AS_FAST_AS_IT_GOES = "100000";

    @Test
    void theRaceIsPausedDisturbedAndRunAgain(Stage stage) {
        Person person = stage.person(Stage.ADMINISTRATOR);
        person.visit("/simulator");
        begin(person);
        assertThat(target(person, "meshProgress")).not().hasText("0 %", patiently());
        person.button("Pause").click();
        assertThat(target(person, "clock")).containsText("paused");
        Dresses.pictures(person, "simulator-running");
        person.button("Let a tenth lie").click();
        person.button("Remove half of the peers").click();
        person.button("Go on").click();
        over(person);
        assertThat(target(person, "deeds").locator("li")).hasCount(2);
        assertThat(target(person, "meshDone")).containsText("who stayed and were honest");
        Dresses.pictures(person, "simulator-liars");

        begin(person);
        person.button("Kill the hub").click();
        over(person);
        assertThat(target(person, "mesh")).hasAttribute("aria-label", Pattern.compile("The hub is dead"));
        assertThat(target(person, "starLast")).hasText("nobody has the file");
        Dresses.pictures(person, "simulator-hub-killed");
        assertThat(person.complaints()).isEmpty();
    }

    /** Slowly, so that there is time to do something. */
    private static void begin(Person person) {
        field(person, "Peers").fill("40");
        field(person, "Size of the file, in MiB").fill("8");
        field(person, "Speed").selectOption(REAL_TIME);
        person.button("Start").click();
        assertThat(person.button("Pause")).isEnabled();
        assertThat(target(person, "meshProgress")).not().hasText("–", patiently());
    }

    private static void over(Person person) {
        field(person, "Speed").selectOption(AS_FAST_AS_IT_GOES);
        assertThat(target(person, "result")).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE));
    }

    private static LocatorAssertions.HasTextOptions patiently() {
        return new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE);
    }

    private static Locator field(Person person, String label) {
        return person.page().getByLabel(label, new Page.GetByLabelOptions().setExact(true));
    }

    private static Locator target(Person person, String name) {
        return person.page().locator("[data-simulator-target=" + name + "]");
    }
}
