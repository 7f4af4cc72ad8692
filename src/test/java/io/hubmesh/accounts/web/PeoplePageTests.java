package io.hubmesh.accounts.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.HubClient;
import io.hubmesh.HubFixture;
import io.hubmesh.HubTest;
import io.hubmesh.accounts.Account;
import io.hubmesh.accounts.Accounts;
import io.hubmesh.accounts.Group;
import io.hubmesh.accounts.Groups;
import io.hubmesh.accounts.Role;
import io.hubmesh.accounts.Subject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestConstructor;
import org.springframework.web.util.HtmlUtils;

/** The page of people without any script: plain forms, redirects, errors beside their fields. */
@HubTest
@Import(HubFixture.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class PeoplePageTests {

    private static final String PEOPLE = "/administration/people";
    private static final Pattern GENERATED = Pattern.compile("<code data-copy-target=\"text\">([^<]+)</code>");

    private final HubFixture hub;
    private final Accounts accounts;
    private final Groups groups;
    private final JdbcClient database;
    private final HubClient browser;
    private final int port;

    PeoplePageTests(HubFixture hub, Accounts accounts, Groups groups, JdbcClient database, @LocalServerPort int port) {
        this.hub = hub;
        this.accounts = accounts;
        this.groups = groups;
        this.database = database;
        this.port = port;
        this.browser = new HubClient(port);
    }

    @BeforeEach
    void signIn() throws Exception {
        browser.signIn("admin", HubTest.ADMINISTRATOR_PASSWORD);
    }

    @Test
    void aGeneratedPasswordIsShownOnceAndOpensTheHub() throws Exception {
        String name = HubFixture.fresh("mia");

        HttpResponse<String> answer = create(name, "Mia <b>Lindqvist</b>", "");

        assertThat(answer.statusCode()).isEqualTo(302);
        String shown = browser.get(PEOPLE).body();
        assertThat(shown).contains(name).doesNotContain("<b>Lindqvist");
        assertThat(browser.get(PEOPLE + "?find=" + name).body())
                .contains("Mia &lt;b&gt;Lindqvist&lt;/b&gt;")
                .doesNotContain("<b>Lindqvist");
        Matcher password = GENERATED.matcher(shown);
        assertThat(password.find()).isTrue();
        assertThat(browser.get(PEOPLE).body()).doesNotContain(password.group(1));
        HttpResponse<String> signedIn = new HubClient(port).signIn(name, password.group(1));
        assertThat(signedIn.headers().firstValue("Location").orElseThrow()).endsWith("/library");
    }

    @Test
    void aRefusalStandsBesideItsFieldAndKeepsWhatWasTyped() throws Exception {
        HttpResponse<String> name = create("Not A Name", "Somebody", "");
        HttpResponse<String> taken = create("admin", "", "");
        HttpResponse<String> password = create(HubFixture.fresh("bo"), "", "short");

        assertThat(name.statusCode()).isEqualTo(422);
        assertThat(name.body()).contains("is-invalid", "value=\"Not A Name\"", "value=\"Somebody\"");
        assertThat(taken.statusCode()).isEqualTo(422);
        assertThat(taken.body()).contains("There is already an account named admin");
        assertThat(password.statusCode()).isEqualTo(422);
        assertThat(password.body())
                .contains("A password has 10 to 128 characters")
                .doesNotContain("value=\"short\"");
    }

    @Test
    void anAccountIsDisabledAndEnabledAgain() throws Exception {
        Subject member = hub.member();

        setEnabled(member, false);
        assertThat(accounts.find(member.accountId())).map(Account::enabled).contains(false);
        setEnabled(member, true);
        assertThat(accounts.find(member.accountId())).map(Account::enabled).contains(true);
    }

    @Test
    void thePageOfAPersonChangesThemAndPutsThemIntoGroups() throws Exception {
        Subject member = hub.member();
        String page = PEOPLE + "/" + member.accountId();
        Group group = groups.create(HubFixture.fresh("Year <3>"));

        post(page + "/profile", Map.of("displayName", "Mia & Co", "role", "ADMINISTRATOR"));
        post(page + "/groups", Map.of("group", group.id().toString()));
        String shown = browser.get(page).body();
        assertThat(shown).contains("Mia &amp; Co", HtmlUtils.htmlEscape(group.name()));
        assertThat(accounts.find(member.accountId())).map(Account::role).contains(Role.ADMINISTRATOR);
        post(page + "/groups/" + group.id() + "/remove", Map.of());
        post(page + "/groups/" + group.id() + "/remove", Map.of());
        assertThat(browser.get(page).body()).contains("That account is not in this group.", "In no group.");
    }

    @Test
    void aPasswordIsResetAndShownOnceAndHasToBeChanged() throws Exception {
        Subject member = hub.member();
        String page = PEOPLE + "/" + member.accountId();

        post(page + "/password", Map.of());

        Matcher password = GENERATED.matcher(browser.get(page).body());
        assertThat(password.find()).isTrue();
        assertThat(browser.get(page).body()).doesNotContain(password.group(1));
        HubClient theirs = new HubClient(port);
        theirs.signIn(member.name(), password.group(1));
        assertThat(theirs.get("/library").headers().firstValue("Location").orElseThrow())
                .endsWith("/account/password");
        assertThat(browser.get(page).body()).contains("Java program", "127.0.0.1");
        post(page + "/sessions/end", Map.of());
        assertThat(theirs.get("/account/password").statusCode()).isEqualTo(302);
        assertThat(browser.get(page).body()).contains("Nowhere at present.");
    }

    @Test
    void peopleAreFoundByAPartOfTheirName() throws Exception {
        Subject member = hub.member();
        Subject other = hub.member();
        String part = member.name().substring(10).toUpperCase(java.util.Locale.ROOT);

        assertThat(browser.get(PEOPLE + "?find=" + part).body())
                .contains(member.name())
                .doesNotContain(other.name());
        assertThat(browser.get(PEOPLE + "?find=%3Cscript%3Enobody").body())
                .contains("Nobody's name contains", "&lt;script&gt;nobody")
                .doesNotContain("<script>");
    }

    /** As many as a school has, more than fit on one page. */
    @Test
    void manyPeopleAreShownInPartsThatMakeTheWhole() throws Exception {
        String like = HubFixture.fresh("year").toLowerCase(java.util.Locale.ROOT);
        List<String> names = IntStream.range(0, 201)
                .mapToObj(number -> like + "%03d".formatted(number))
                .toList();
        names.forEach(name -> database.sql(
                        "insert into accounts (id, name, display_name, password_hash, credentials, role, enabled, created_at)"
                                + " values (?, ?, ?, 'none', 0, 'MEMBER', false, ?)")
                .params(UUID.randomUUID(), name, "A pupil", OffsetDateTime.parse("2026-09-01T08:00:00Z"))
                .update());

        List<String> shown = new ArrayList<>();
        for (String next = "?find=" + like; !next.isEmpty(); ) {
            String page = browser.get(PEOPLE + next).body();
            Matcher row = Pattern.compile(">(" + like + "\\d+)</a>").matcher(page);
            row.results().forEach(found -> shown.add(found.group(1)));
            Matcher more = Pattern.compile("href=\"" + PEOPLE + "(\\?[^\"]*after=[^\"]*)\"")
                    .matcher(page);
            next = more.find() ? HtmlUtils.htmlUnescape(more.group(1)) : "";
        }

        assertThat(shown).containsExactlyElementsOf(names);
    }

    @Test
    void groupsAreMadeFilledRenamedAndDeleted() throws Exception {
        Subject member = hub.member();
        String name = HubFixture.fresh("Lab");
        HttpResponse<String> made = post("/administration/groups", Map.of("name", name));
        String page = made.headers().firstValue("Location").orElseThrow().replaceFirst("^https?://[^/]+", "");
        assertThat(browser.get(page).body()).contains(name, "Nobody is in this group yet");

        post(page + "/members", Map.of("account", member.name()));
        assertThat(browser.get(page).body()).contains(">" + member.name() + "<");
        post(page + "/members", Map.of("account", "no-such-person"));
        assertThat(browser.get(page).body()).contains("There is no account named no-such-person.");
        post(page + "/members/" + member.accountId() + "/remove", Map.of());
        assertThat(browser.get(page).body()).contains("Nobody is in this group yet");
        post(page + "/name", Map.of("name", name + "oratory"));
        assertThat(browser.get("/administration/groups").body()).contains(name + "oratory");
        post("/administration/groups", Map.of("name", name + "ORATORY"));
        assertThat(browser.get("/administration/groups").body()).contains("There is already a group named");
        post(page + "/delete", Map.of());
        assertThat(browser.get(page).statusCode()).isEqualTo(404);
    }

    @Test
    void membersDoNotReachItAndForgedFormsChangeNothing() throws Exception {
        Subject member = hub.member();
        HubClient memberBrowser = new HubClient(port);
        memberBrowser.signIn(member.name(), HubFixture.PASSWORD);

        assertThat(memberBrowser.get(PEOPLE).statusCode()).isEqualTo(403);
        HttpResponse<String> forged =
                browser.form(PEOPLE + "/" + member.accountId() + "/enabled", Map.of("enabled", "false"));
        assertThat(forged.statusCode()).isEqualTo(403);
        assertThat(accounts.find(member.accountId())).map(Account::enabled).contains(true);
    }

    private HttpResponse<String> create(String name, String displayName, String password)
            throws IOException, InterruptedException {
        return browser.form(
                PEOPLE,
                Map.of(
                        "name", name,
                        "displayName", displayName,
                        "password", password,
                        "role", "MEMBER",
                        "_csrf", browser.csrf(PEOPLE)));
    }

    private HttpResponse<String> post(String path, Map<String, String> fields)
            throws IOException, InterruptedException {
        Map<String, String> all = new HashMap<>(fields);
        all.put("_csrf", browser.csrf(PEOPLE));
        HttpResponse<String> answer = browser.form(path, all);
        assertThat(answer.statusCode()).as(path).isEqualTo(302);
        return answer;
    }

    private void setEnabled(Subject member, boolean enabled) throws IOException, InterruptedException {
        HttpResponse<String> answer = browser.form(
                PEOPLE + "/" + member.accountId() + "/enabled",
                Map.of("enabled", String.valueOf(enabled), "_csrf", browser.csrf(PEOPLE)));
        assertThat(answer.statusCode()).isEqualTo(302);
    }
}
