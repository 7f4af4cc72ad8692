package io.hubmesh.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import io.hubmesh.start.HubClient;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What the hub does not do, and how people are told. */
@ExtendWith(OnStage.class)
class RefusalsIT {

    private final Path folder;

    RefusalsIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void withoutAGrantThereIsNothingThere(Stage stage) {
        Shared file = new Shared(stage, folder, "secret.jar");
        String stranger = stage.newMember("stranger");
        HubClient client = stage.signedIn(stranger);
        for (String path : List.of("", "/manifest", "/content", "/grants")) {
            HttpResponse<String> answer = client.get("/api/v1/resources/" + file.resource() + path);
            assertThat(answer.statusCode()).as(path).isEqualTo(404);
            assertThat(answer.body()).contains("\"not-found\"").doesNotContain("secret");
        }
        assertThat(client.get("/api/v1/library").body()).doesNotContain("secret");
        assertThat(client.get(Shared.ROOT + "/children").statusCode()).isEqualTo(404);

        Person person = stage.person(stranger);
        assertThat(person.page().getByText("Nothing has been granted to you yet"))
                .isVisible();
        assertThat(person.page().getByText("secret.jar")).hasCount(0);
        person.visit("/resources/" + file.resource());
        assertThat(person.page()
                        .getByText("There is nothing here, or you may not see it")
                        .first())
                .isVisible();
        assertThat(person.page().getByText("secret.jar")).hasCount(0);
        person.visit("/administration/people");
        assertThat(person.page().getByText("You may not do that").first()).isVisible();
    }

    @Test
    void aWrongPasswordIsRefusedInTheSameWordsAsAWrongName(Stage stage) {
        BrowserContext browser = stage.browsers().start();
        Person person = new Person(browser, stage.address());
        for (String name : List.of(Stage.ADMINISTRATOR, "nobody")) {
            person.signIn(name, "wrong password");
            assertThat(person.page().getByRole(AriaRole.ALERT))
                    .hasText("The name or the password is wrong. Check both and try again.");
        }
        person.signIn(Stage.ADMINISTRATOR, Stage.PASSWORD);
        assertThat(person.page()
                        .getByRole(
                                AriaRole.HEADING,
                                new Page.GetByRoleOptions().setName("Library").setExact(true)))
                .isVisible();
        browser.close();
    }

    @Test
    void aSessionThatHasEndedLeadsToTheSignInPageAndBack(Stage stage) {
        Person person = stage.person(Stage.ADMINISTRATOR);
        Cookie ended = new Cookie("HUBMESH", "0123456789ABCDEF0123456789ABCDEF");
        person.page().context().clearCookies();
        person.page().context().addCookies(List.of(ended.setUrl(stage.address().toString())));
        person.visit("/dashboard");
        assertThat(person.page().getByText("Your session has ended. Please sign in again."))
                .isVisible();
        Object status = person.page().evaluate("() => fetch('/api/v1/library').then(answer => answer.status)");
        assertThat(status).isEqualTo(401);
        person.page().getByLabel("Name").fill(Stage.ADMINISTRATOR);
        person.page().getByLabel("Password").fill(Stage.PASSWORD);
        person.button("Sign in").click();
        assertThat(person.page().getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Dashboard")))
                .isVisible();
    }

    @Test
    void anUploadThatIsCutOffLeavesNothing(Stage stage) throws IOException {
        HubClient administrator = stage.administrator();
        String token = JsonMapper.shared()
                .readTree(administrator
                        .json("POST", "/api/v1/tokens", "{\"name\":\"cut\",\"scope\":\"WRITE\"}")
                        .body())
                .get("secret")
                .asString();
        List<Path> before = files(stage.data());
        URI hub = stage.address();
        try (Socket socket = new Socket(hub.getHost(), hub.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST " + Shared.ROOT + "/files?name=half.bin HTTP/1.1\r\nHost: " + hub.getAuthority()
                            + "\r\nAuthorization: Bearer " + token
                            + "\r\nContent-Type: application/octet-stream\r\nContent-Length: 2000000\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(new byte[1_000_000]);
            out.flush();
            Eventually.holds(() -> assertThat(files(stage.data())).hasSizeGreaterThan(before.size()));
        }
        Eventually.holds(() -> assertThat(files(stage.data())).containsExactlyInAnyOrderElementsOf(before));
        assertThat(administrator.get(Shared.ROOT + "/children").body()).doesNotContain("half.bin");
    }

    private static List<Path> files(Path data) {
        try (Stream<Path> all = Files.walk(data)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".db"))
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
