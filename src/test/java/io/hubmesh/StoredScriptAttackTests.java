package io.hubmesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.accounts.AccessTokens;
import io.hubmesh.accounts.Accounts;
import io.hubmesh.accounts.Group;
import io.hubmesh.accounts.Groups;
import io.hubmesh.accounts.Subject;
import io.hubmesh.library.Access;
import io.hubmesh.library.Expected;
import io.hubmesh.library.Resource;
import io.hubmesh.library.Trash;
import io.hubmesh.permissions.Level;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;

/** Whatever people call themselves and their things, and whatever they ask for: no page takes it for its own words. */
@HubTest
@Import(HubFixture.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class StoredScriptAttackTests {

    private static final String SCRIPT = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>";

    /** As much of it as a resource may be called, and what a template would work out if it read a name as its own words. */
    private static final String ATTRIBUTE = "x' onmouseover='alert(1)' [[${7+7}]] __${7+7}__ &lt;b&gt;";

    private final HubFixture hub;
    private final Accounts accounts;
    private final Groups groups;
    private final AccessTokens tokens;
    private final Access access;
    private final Trash trash;
    private final HubClient client;
    private final Subject member;

    StoredScriptAttackTests(
            HubFixture hub,
            Accounts accounts,
            Groups groups,
            AccessTokens tokens,
            Access access,
            Trash trash,
            @LocalServerPort int port) {
        this.hub = hub;
        this.accounts = accounts;
        this.groups = groups;
        this.tokens = tokens;
        this.access = access;
        this.trash = trash;
        this.client = new HubClient(port);
        this.member = hub.member();
    }

    @Test
    void whatIsCalledLikeAScriptIsShownAsText() throws Exception {
        Subject boss = hub.anotherAdministrator();
        accounts.setDisplayName(member.accountId(), SCRIPT);
        accounts.setDisplayName(boss.accountId(), SCRIPT);
        tokens.create(boss, SCRIPT);
        Group group = groups.create(SCRIPT.substring(0, 26) + HubFixture.fresh(""));
        groups.add(group.id(), member.accountId());
        Resource folder = hub.folderIn(hub.folder(), ATTRIBUTE);
        Resource file = hub.fileIn(folder, ATTRIBUTE, "text/html", SCRIPT.getBytes(StandardCharsets.UTF_8));
        access.grant(boss, file.id(), group.id(), Level.READ);
        hub.grant(member, folder, Level.WRITE);
        trash.delete(
                boss, hub.fileIn(folder, ATTRIBUTE + "2", HubFixture.bytes(1)).id(), Expected.ANY);
        client.signIn(boss.name(), HubFixture.PASSWORD);

        for (String page : List.of(
                "/library/" + folder.id(),
                "/resources/" + file.id(),
                "/resources/" + file.id() + "/access",
                "/trash",
                "/search?name=" + encoded("onmouseover"),
                "/account",
                "/administration/people",
                "/administration/people?name=" + encoded(SCRIPT),
                "/administration/people/" + member.accountId(),
                "/administration/people/" + member.accountId() + "/access",
                "/administration/groups",
                "/administration/groups/" + group.id(),
                "/administration/permissions",
                "/administration/audit")) {
            HttpResponse<String> answer = client.get(page);
            assertThat(answer.statusCode()).as(page).isEqualTo(200);
            assertThat(answer.body()).as(page).contains("alert(1)");
            assertHarmless(page, answer);
        }
    }

    @Test
    void whatIsAskedLikeAScriptIsAnsweredAsText() throws Exception {
        client.signIn(member.name(), HubFixture.PASSWORD);
        String script = encoded(SCRIPT.replace("/", "")); // one in a path is refused before anything reads it
        for (String page : List.of(
                "/search?name=" + script,
                "/search?name=a&cursor=" + script,
                "/library?sort=" + script,
                "/sign-in?name=" + script,
                "/" + script,
                "/resources/" + script,
                "/api/v1/search?name=" + script,
                "/api/v1/resources/" + script,
                "/api/v1/" + script)) {
            assertHarmless(page, client.get(page));
        }
    }

    private static void assertHarmless(String page, HttpResponse<String> answer) {
        String type = answer.headers().firstValue("Content-Type").orElse("");
        if (type.startsWith("text/html")) {
            assertThat(answer.body())
                    .as(page)
                    .doesNotContain("<script>alert", "<img src=x", "' onmouseover='", "[[14]]", " 14 ", "<b>");
        }
        assertThat(answer.headers().firstValue("X-Content-Type-Options"))
                .as(page)
                .contains("nosniff");
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                .as(page)
                .contains("script-src 'self'")
                .doesNotContain("unsafe-inline");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
