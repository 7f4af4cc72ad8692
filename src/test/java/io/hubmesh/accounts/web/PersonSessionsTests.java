package io.hubmesh.accounts.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.HubClient;
import io.hubmesh.HubFixture;
import io.hubmesh.HubTest;
import io.hubmesh.accounts.Sessions;
import io.hubmesh.accounts.Subject;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;

/** Somebody's sessions on the page that administrators have of them. */
@HubTest
@Import(HubFixture.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class PersonSessionsTests {

    private static final String PEOPLE = "/administration/people";

    private final HubFixture hub;
    private final Sessions sessions;
    private final HubClient browser;
    private final int port;

    PersonSessionsTests(HubFixture hub, Sessions sessions, @LocalServerPort int port) {
        this.hub = hub;
        this.sessions = sessions;
        this.port = port;
        this.browser = new HubClient(port);
    }

    @BeforeEach
    void signIn() throws Exception {
        browser.signIn("admin", HubTest.ADMINISTRATOR_PASSWORD);
    }

    @Test
    void oneSessionOfAPersonIsEndedAndTheOthersGoOn() throws Exception {
        Subject member = hub.member();
        String page = PEOPLE + "/" + member.accountId();
        HubClient lost = new HubClient(port);
        lost.signIn(member.name(), HubFixture.PASSWORD);
        UUID session = sessions.of(member.accountId()).get(0).id();
        HubClient kept = new HubClient(port);
        kept.signIn(member.name(), HubFixture.PASSWORD);
        assertThat(browser.get(page).body())
                .contains("action=\"" + page + "/sessions/" + session + "/end\"", "aria-label=\"End Java program\"");

        end(page, session);

        assertThat(lost.get("/api/v1/me").statusCode()).isEqualTo(401);
        assertThat(kept.get("/api/v1/me").statusCode()).isEqualTo(200);
        assertThat(browser.get(page).body())
                .contains("They are signed out there.")
                .doesNotContain(session.toString());
        end(page, session);
        assertThat(browser.get(page).body()).contains("That session is over already.");
    }

    /** Whoever looks at the page of themselves keeps the session that they look from. */
    @Test
    void onesOwnSessionIsNotEndedByMistake() throws Exception {
        Subject administrator = hub.administrator();
        String page = PEOPLE + "/" + administrator.accountId();
        String shown = browser.get(page).body();

        assertThat(shown).containsPattern("Java program</span><span class=\"badge ms-2\">here</span>");
        long ends = Pattern.compile("/sessions/[0-9a-f-]{36}/end")
                .matcher(shown)
                .results()
                .count();
        assertThat(ends).isEqualTo(sessions.of(administrator.accountId()).size() - 1L);
    }

    private void end(String page, UUID session) throws Exception {
        browser.form(page + "/sessions/" + session + "/end", Map.of("_csrf", browser.csrf(PEOPLE)));
    }
}
