package io.hubmesh.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.HubClient;
import io.hubmesh.HubFixture;
import io.hubmesh.HubTest;
import io.hubmesh.accounts.AccessTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is drawn and watched over is there: every name in the dashboard and the alerts is one that a started hub tells. */
@HubTest
@Import(HubFixture.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class DashboardAndAlertsTests {

    private static final Path DASHBOARD = Path.of("src/deploy/grafana-dashboard.json");
    private static final Path ALERTS = Path.of("src/deploy/prometheus-alerts.yml");

    /** What stands in a question to Prometheus and is no name of a metric: texts, labels, times, and what they are grouped by. */
    private static final Pattern NO_NAMES = Pattern.compile(
            "\"[^\"]*\"|\\{[^}]*}|\\[[^]]*]|\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)"
                    + "|\\boffset\\s+\\w+|\\b[0-9][0-9.e]*\\w*");

    /** A name that is not called as a function. */
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*(?![a-zA-Z0-9_:]*\\s*\\()");

    private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "bool");

    private final HubClient client;
    private final String token;

    DashboardAndAlertsTests(HubFixture hub, AccessTokens tokens, @LocalServerPort int port) {
        this.client = new HubClient(port);
        this.token = tokens.create(hub.administrator(), "metrics").secret();
    }

    @Test
    void theDashboardDrawsWhatTheHubTells() throws Exception {
        List<String> questions = questionsOfTheDashboard();

        assertThat(questions).hasSizeGreaterThan(15);
        assertThat(names(questions))
                .contains("hubmesh_peer_bytes_total", "hubmesh_egress_bytes_total", "hubmesh_saved_bytes_total")
                .isSubsetOf(told());
    }

    @Test
    void theAlertsWatchWhatTheHubTells() throws Exception {
        List<String> questions = questionsOfTheAlerts();

        assertThat(questions).hasSizeGreaterThanOrEqualTo(4);
        assertThat(names(questions))
                .contains("hubmesh_healthy", "hubmesh_links_lost_total", "disk_free_bytes", "hubmesh_peer_bytes_total")
                .isSubsetOf(told());
    }

    @Test
    void theDashboardCanBeImportedAnywhere() throws Exception {
        JsonNode dashboard = JsonMapper.shared().readTree(Files.readString(DASHBOARD));

        assertThat(dashboard.at("/templating/list/0/type").asString()).isEqualTo("datasource");
        for (JsonNode panel : dashboard.get("panels")) {
            assertThat(panel.at("/datasource/uid").asString()).isEqualTo("${datasource}");
            assertThat(panel.get("title").asString()).isNotBlank();
        }
    }

    @Test
    void aQuestionIsTakenApart() {
        assertThat(
                        names(
                                List.of(
                                        "60 * sum by (model, state) (rate(a_total{b=~\"$c\"}[5m] offset 1h)) > 0 and on (x) max(d) < 5e9")))
                .containsExactly("a_total", "d");
    }

    /** A visit is itself a request that the next one tells of. */
    private Set<String> told() throws IOException, InterruptedException {
        Scrape.of(client, token);
        return Scrape.of(client, token).names();
    }

    private static List<String> questionsOfTheDashboard() throws IOException {
        List<String> questions = new ArrayList<>();
        for (JsonNode panel :
                JsonMapper.shared().readTree(Files.readString(DASHBOARD)).get("panels")) {
            panel.get("targets")
                    .forEach(target -> questions.add(target.get("expr").asString()));
        }
        return questions;
    }

    private static List<String> questionsOfTheAlerts() throws IOException {
        Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
        Map<String, List<Map<String, List<Map<String, String>>>>> file = yaml.load(Files.readString(ALERTS));
        List<String> questions = new ArrayList<>();
        file.getOrDefault("groups", List.of()).forEach(group -> group.getOrDefault("rules", List.of())
                .forEach(rule -> questions.add(rule.getOrDefault("expr", ""))));
        return questions;
    }

    private static Set<String> names(List<String> questions) {
        Set<String> names = new TreeSet<>();
        for (String question : questions) {
            Matcher matcher = NAME.matcher(NO_NAMES.matcher(question).replaceAll(" "));
            while (matcher.find()) {
                names.add(matcher.group());
            }
        }
        names.removeAll(OPERATORS);
        return names;
    }
}
