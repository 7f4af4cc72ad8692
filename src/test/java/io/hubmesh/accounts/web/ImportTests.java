package io.hubmesh.accounts.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.HubClient;
import io.hubmesh.HubFixture;
import io.hubmesh.HubTest;
import io.hubmesh.accounts.AccessTokens;
import io.hubmesh.accounts.Account;
import io.hubmesh.accounts.Accounts;
import io.hubmesh.accounts.Group;
import io.hubmesh.accounts.Groups;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Many accounts at once, by the page and over REST. */
@HubTest
@Import(HubFixture.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class ImportTests {

    private static final String IMPORT = "/api/v1/accounts/import";
    private static final String PAGE = "/administration/people/import";
    private static final Pattern DOWNLOAD = Pattern.compile("href=\"data:text/csv;base64,([A-Za-z0-9+/=]+)\"");

    private final Accounts accounts;
    private final Groups groups;
    private final JsonMapper json;
    private final HubClient client;
    private final int port;
    private final String token;
    private final String mia = HubFixture.fresh("mia");
    private final String bo = HubFixture.fresh("bo");
    private final String old = HubFixture.fresh("Old group");
    private final String fresh = HubFixture.fresh("New group");

    ImportTests(
            HubFixture hub,
            Accounts accounts,
            Groups groups,
            AccessTokens tokens,
            JsonMapper json,
            @LocalServerPort int port) {
        this.accounts = accounts;
        this.groups = groups;
        this.json = json;
        this.port = port;
        this.client = new HubClient(port);
        this.token = tokens.create(hub.administrator(), "import").secret();
        groups.create(old);
    }

    @Test
    void aPlanTellsWhatWouldHappenAndChangesNothing() throws Exception {
        JsonNode plan = json.readTree(send(IMPORT + "/plan", csv()).body());

        assertThat(plan.get("problems").size()).isZero();
        assertThat(plan.get("people").size()).isEqualTo(2);
        assertThat(plan.get("newGroups").get(0).asString()).isEqualTo(fresh);
        assertThat(accounts.findByName(mia)).isEmpty();
        assertThat(groups.findByName(fresh)).isEmpty();
    }

    @Test
    void peopleGetAccountsGroupsAndPasswordsThatTheyHaveToChange() throws Exception {
        JsonNode made = json.readTree(send(IMPORT, csv()).body()).get("items");

        assertThat(made.size()).isEqualTo(2);
        assertThat(groups.findByName(old)).map(Group::members).contains(2);
        assertThat(groups.findByName(fresh)).map(Group::members).contains(1);
        assertThat(accounts.findByName(mia)).map(Account::displayName).contains("Lindqvist, Mia");
        HubClient theirs = new HubClient(port);
        theirs.signIn(mia, made.get(0).get("generatedPassword").asString());
        assertThat(theirs.get("/library").headers().firstValue("Location").orElseThrow())
                .endsWith("/account/password");
    }

    @Test
    void oneWrongLineAndNobodyIsMade() throws Exception {
        String wrong = csv() + "admin,,,\nNot A Name,,,\n" + bo + ",,,\n";

        JsonNode problems = json.readTree(send(IMPORT + "/plan", wrong).body()).get("problems");
        HttpResponse<String> refused = send(IMPORT, wrong);

        assertThat(problems.valueStream().map(problem -> problem.get("line").asInt()))
                .containsExactly(4, 5, 6);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("Nobody was imported. Line 4", "2 problems more");
        assertThat(accounts.findByName(mia)).isEmpty();
        assertThat(groups.findByName(fresh)).isEmpty();
    }

    @Test
    void whatIsTooLargeOrNotUtf8IsRefused() throws Exception {
        HttpResponse<String> large = send(IMPORT, "x".repeat(1024 * 1024));
        HttpResponse<String> latin = client.send(client.request(IMPORT)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofByteArray("name\nm\u00fcller".getBytes(StandardCharsets.ISO_8859_1))));

        assertThat(large.body()).contains("\"code\":\"too-large\"");
        assertThat(latin.body()).contains("not in UTF-8");
    }

    @Test
    void thePageChecksThenCreatesAndShowsPasswordsOnce() throws Exception {
        client.signIn("admin", HubTest.ADMINISTRATOR_PASSWORD);

        post(PAGE + "/plan", "name\nadmin\n");
        assertThat(client.get(PAGE).body()).contains("Nothing can be imported yet", "Line 2", ">name\nadmin");
        post(PAGE + "/plan", csv());
        assertThat(client.get(PAGE).body()).contains("Create 2 accounts", mia, "New groups: ");
        post(PAGE, csv());
        String shown = client.get(PAGE).body();
        assertThat(shown).contains("2 accounts created");
        Matcher download = DOWNLOAD.matcher(shown);
        assertThat(download.find()).isTrue();
        String file = new String(Base64.getDecoder().decode(download.group(1)), StandardCharsets.UTF_8);
        assertThat(file.lines()).hasSize(3).first().isEqualTo("name,password");
        String password = file.lines().skip(1).findFirst().orElseThrow().substring(mia.length() + 1);
        assertThat(client.get(PAGE).body()).doesNotContain(password);
        HttpResponse<String> in = new HubClient(port).signIn(mia, password);
        assertThat(in.headers().firstValue("Location").orElseThrow()).endsWith("/library");
        post(PAGE, csv());
        assertThat(client.get(PAGE).body()).contains("There is already an account named " + mia);
    }

    private String csv() {
        return "name,display name,role,groups\n" + mia + ",\"Lindqvist, Mia\",member," + old + "; " + fresh + "\n" + bo
                + ",,," + old.toUpperCase(Locale.ROOT) + "\n";
    }

    private void post(String path, String csv) throws Exception {
        HttpResponse<String> answer = client.form(path, Map.of("csv", csv, "_csrf", client.csrf(PAGE)));
        assertThat(answer.statusCode()).isEqualTo(302);
    }

    private HttpResponse<String> send(String path, String csv) throws Exception {
        return client.send(client.request(path)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofString(csv)));
    }
}
