package io.hubmesh.library.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.HubClient;
import io.hubmesh.HubFixture;
import io.hubmesh.HubTest;
import io.hubmesh.accounts.Subject;
import io.hubmesh.library.Resource;
import io.hubmesh.permissions.Level;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;

/** What each level shows on the pages of the library, and that no page carries anything inline. */
@HubTest
@Import(HubFixture.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
@SuppressWarnings("NullAway.Init") // the scene is set before each test
class LibraryPageTests {

    private final HubFixture hub;
    private final int port;

    private Subject member;
    private Resource folder;
    private Resource file;
    private HubClient browser;

    LibraryPageTests(HubFixture hub, @LocalServerPort int port) {
        this.hub = hub;
        this.port = port;
    }

    @BeforeEach
    void scene() throws Exception {
        member = hub.member();
        folder = hub.folder();
        file = hub.fileIn(folder, "film & 'more'.mp4", HubFixture.bytes(1536));
        browser = new HubClient(port);
        browser.signIn(member.name(), HubFixture.PASSWORD);
    }

    @Test
    void withoutAGrantThereIsNothing() throws Exception {
        assertThat(browser.get("/library").body()).contains("Nothing has been granted to you yet", member.name());
        for (String path : List.of("/library/" + folder.id(), "/resources/" + file.id(), "/library/not-an-id")) {
            HttpResponse<String> answer = browser.get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(404);
            assertThat(answer.body()).contains("or you may not see it").doesNotContain(folder.name(), "film");
        }
    }

    @Test
    void aReaderSeesAndDownloadsButIsOfferedNoChange() throws Exception {
        hub.grant(member, folder, Level.READ);

        String list = browser.get("/library/" + folder.id()).body();
        String page = browser.get("/resources/" + file.id()).body();

        assertThat(browser.get("/library").body()).contains(folder.name());
        assertThat(list).contains("film &amp; &#39;more&#39;.mp4", "1.5 KiB", "1,536 bytes");
        assertThat(list).doesNotContain("film & ", "Upload files", "New folder</button>", "openRename", "Who reaches");
        assertThat(page).contains("From the hub", "From peers", file.id().toString(), ">Read<");
        assertThat(page).doesNotContain("film & ", "access-title", "data-controller=\"peer-delivery\"");
    }

    @Test
    void eachLevelAddsWhatItAllows() throws Exception {
        hub.grant(member, folder, Level.WRITE);
        assertThat(browser.get("/library/" + folder.id()).body())
                .contains("Upload files", "openRename", "openDelete")
                .doesNotContain("access-title");

        hub.grant(member, folder, Level.MANAGE);
        assertThat(browser.get("/library/" + folder.id()).body()).contains("access-title");
        assertThat(browser.get("/resources/" + file.id()).body()).contains("access-title", "role=\"switch\"");
    }

    @Test
    void theOtherAddressOfAResourceLeadsToItsPage() throws Exception {
        hub.grant(member, folder, Level.READ);

        assertThat(location("/resources/" + folder.id())).endsWith("/library/" + folder.id());
        assertThat(location("/library/" + file.id())).endsWith("/resources/" + file.id());
        assertThat(location("/")).endsWith("/library");
    }

    @Test
    void noPageCarriesScriptOrStyleInline() throws Exception {
        hub.grant(member, folder, Level.MANAGE);
        for (String path : List.of(
                "/sign-in",
                "/library",
                "/library/" + folder.id(),
                "/resources/" + file.id(),
                "/mesh",
                "/dashboard",
                "/account",
                "/resources/nothing")) {
            String html = browser.get(path).body();
            assertThat(html).as(path).contains("</html>").doesNotContain("style=", "<style", "javascript:");
            assertThat(html)
                    .as(path)
                    .doesNotContainPattern("<script(?![^>]* src=)")
                    .doesNotContainPattern(" on[a-z]+=");
        }
    }

    private String location(String path) throws Exception {
        return browser.get(path).headers().firstValue("Location").orElseThrow();
    }
}
