package io.hubmesh.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import io.hubmesh.start.HubClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Every page, light and dark, wide and narrow: nothing that axe objects to, nothing that the browser complains of. */
@ExtendWith(OnStage.class)
class PagesIT {

    /** Whether the sign of the mesh is at once what its words say, where motion is not wanted. */
    private static final String SIGN_FOLLOWS = """
            () => {
              const status = document.querySelector(".mesh-status");
              const dot = () => getComputedStyle(status.querySelector(".mesh-status-dot"));
              const before = status.dataset.state;
              status.dataset.state = "off";
              const hollow = dot().backgroundColor;
              status.dataset.state = "joined";
              const full = dot().backgroundColor === dot().borderTopColor && dot().backgroundColor !== hollow;
              status.dataset.state = before;
              return full;
            }
            """;

    /** What the browser says of a page that is shown because something was refused. */
    private static final Pattern REFUSED = Pattern.compile("the server responded with a status of (404|422)");

    private final Path folder;

    PagesIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void everyPageIsSoundInEveryDress(Stage stage) {
        Person person = stage.person(Stage.ADMINISTRATOR);
        Map<String, String> pages = pages(stage, person);
        Looks looks = new Looks("joined");
        SoftAssertions softly = new SoftAssertions();
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            for (int width : List.of(Looks.WIDE, Looks.NARROW)) {
                String dress = Looks.wear(person, scheme, width);
                pages.forEach((name, path) -> {
                    person.visit(path);
                    looks.at(softly, person, name + "-" + dress);
                });
                assertThat(person.page().evaluate(SIGN_FOLLOWS)).as(dress).isEqualTo(true);
            }
        }
        softly.assertAll();
        assertThat(person.complaints())
                .filteredOn(complaint -> !REFUSED.matcher(complaint).find())
                .isEmpty();
    }

    /** The page of a short experiment that is over. */
    private static String comparison(Stage stage, Shared file) {
        Receivers receivers = new Receivers(stage, file, 2);
        long rate = 100_000_000;
        String id = receivers.begin("[\"hub\",\"peers\"]", true, 1, rate, rate, rate);
        receivers.ended(id, Duration.ofMinutes(8));
        return "/compare/" + id;
    }

    /** Every page, with something to show and with nothing. */
    private Map<String, String> pages(Stage stage, Person person) {
        Shared file = new Shared(stage, folder, "course-video.jar");
        HubClient administrator = stage.administrator();
        String created = administrator
                .json("POST", Shared.ROOT + "/folders", "{\"name\":\"Lectures\"}")
                .body();
        String lectures = Shared.id(created);
        person.openFile(file.name());
        person.saveFromPeers(folder.resolve("saved"));
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("sign-in", "/sign-in?failed");
        pages.put("library", "/library");
        pages.put("folder", "/library/" + lectures);
        pages.put("resource", "/resources/" + file.resource());
        pages.put("search", "/search?name=course");
        pages.put("trash", trash(administrator));
        pages.put("library-settings", "/administration/library");
        pages.put("mesh", "/mesh");
        pages.put("dashboard", "/dashboard");
        pages.put("advisor", "/advisor");
        pages.put("advisor-forbidden", "/advisor?sensitivity=confidential");
        pages.put("advisor-refused", "/advisor?receivers=many");
        pages.put("simulator", "/simulator");
        pages.put("dashboard-resource", "/dashboard?period=day&resource=" + file.resource());
        pages.put("dashboard-embedded", "/dashboard?view=embed");
        pages.put("compare", "/compare");
        pages.put("compare-form", "/compare?resource=" + file.resource());
        pages.put("comparison", comparison(stage, file));
        pages.put("people", "/administration/people");
        pages.put("person", "/administration/people/" + idOf(administrator, "/api/v1/accounts"));
        pages.put("import", "/administration/people/import");
        pages.put("quotas", "/administration/quotas");
        pages.put("groups", "/administration/groups");
        administrator.json("POST", "/api/v1/groups", "{\"name\":\"Third year\"}");
        pages.put("group", "/administration/groups/" + idOf(administrator, "/api/v1/groups"));
        pages.put("password", "/account/password");
        pages.put("mesh-settings", "/administration/mesh");
        pages.put("audit", "/administration/audit");
        pages.put("audit-empty", "/administration/audit?text=nothing-like-that");
        pages.put("egress", "/administration/egress");
        pages.put("measurement-settings", "/administration/measurement");
        pages.put("health", "/administration/health");
        pages.put("permissions", "/administration/permissions");
        pages.put("person-access", "/administration/people/" + idOf(administrator, "/api/v1/accounts") + "/access");
        pages.put("access", "/resources/" + file.resource() + "/access");
        pages.put("api", "/api");
        pages.put("account", "/account");
        pages.put("nothing-there", "/resources/" + lectures + "0");
        return pages;
    }

    /** The id of the first item of a list. */
    static String idOf(HubClient client, String list) {
        return JsonMapper.shared()
                .readTree(client.get(list).body())
                .get("items")
                .get(0)
                .get("id")
                .asString();
    }

    /** With something in it. */
    private static String trash(HubClient administrator) {
        String created = administrator
                .json("POST", Shared.ROOT + "/folders", "{\"name\":\"Notes of last year\"}")
                .body();
        administrator.json("DELETE", "/api/v1/resources/" + Shared.id(created), "");
        return "/trash";
    }
}
