package io.hubmesh.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.hubmesh.start.HubClient;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What pages look like while something happens, and once something was refused; in two dresses, every width and every scheme. */
@ExtendWith(OnStage.class)
@SuppressWarnings("NullAway.Init") // the scene is set before it is looked at
class StatesIT {

    private static final String PEOPLE = "/administration/people";

    private static final int MIB = 1024 * 1024;
    private static final Consumer<Page> NOTHING = page -> {};

    private final Path folder;
    private HubClient administrator;

    StatesIT(@TempDir Path folder) {
        this.folder = folder;
    }

    private record State(String path, Consumer<Page> then) {}

    @Test
    void pagesAreSoundInTheMiddleOfThings(Stage stage) throws IOException {
        administrator = stage.administrator();
        Person person = stage.person(Stage.ADMINISTRATOR);
        Map<String, State> states = states();
        Person member = stage.person("mia");
        Looks looks = new Looks("off");
        SoftAssertions softly = new SoftAssertions();
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            int width = scheme == ColorScheme.LIGHT ? Looks.WIDE : Looks.NARROW;
            String dress = Looks.wear(person, scheme, width);
            states.forEach((name, state) -> {
                person.visit(state.path());
                state.then().accept(person.page());
                looks.at(softly, person, name + "-" + dress);
            });
            Looks.wear(member, scheme, width);
            member.visit("/library");
            looks.at(softly, member, "member-library-" + dress);
            member.visit(PEOPLE);
            looks.at(softly, member, "member-refused-" + dress);
        }
        softly.assertAll();
    }

    private Map<String, State> states() throws IOException {
        String lectures = folder("Lectures of the summer", Shared.ROOT);
        String notes = notes(lectures);
        String poster = file(lectures, "poster of the summer exhibition, for the printers.png", "image/png", picture());
        classOf(lectures, notes);
        Map<String, State> states = new LinkedHashMap<>();
        states.put("resource-versions", new State("/resources/" + notes, StatesIT::reads));
        states.put("resource-image", new State("/resources/" + poster, NOTHING));
        states.put("access-why", new State("/resources/" + notes + "/access?person=mia", NOTHING));
        states.put("library-delete", new State("/library/" + lectures, StatesIT::asksToDelete));
        states.put("people-refused", new State(PEOPLE, StatesIT::refusesName));
        states.put("import-refused", new State(PEOPLE + "/import", StatesIT::refusesList));
        states.put("person-access-group", new State(PEOPLE + "/" + account("mia") + "/access", NOTHING));
        states.put("permissions-why", new State("/administration/permissions", StatesIT::opensWhy));
        states.put("health-backup", new State("/administration/health", StatesIT::backsUp));
        states.put("account-token", new State("/account", StatesIT::makesToken));
        Path slow = RealFile.made(folder, "a film that takes its time, as films of a whole summer do.mp4", 8L * MIB);
        String empty = folder("Films of the summer", Shared.ROOT);
        states.put("library-uploading", new State("/library/" + empty, page -> uploads(page, slow)));
        return states;
    }

    /** A text with a history. */
    private String notes(String parent) {
        String id = file(parent, "notes.txt", "text/plain", "Week 1: light.".getBytes(StandardCharsets.UTF_8));
        for (int week = 2; week < 5; week++) {
            file(
                    parent,
                    "notes.txt",
                    "text/plain",
                    "Light and lenses.\n".repeat(week * 9).getBytes(StandardCharsets.UTF_8));
        }
        return id;
    }

    /** Makes people in a group that reads the folder; one of them writes a file in it. */
    private void classOf(String lectures, String notes) {
        String group = Shared.id(made("/api/v1/groups", "{\"name\":\"Fourth year\"}"));
        for (String name : new String[] {"mia", "bo", "maximiliane.von-hohenfelden-sonnenberg@school.example.org"}) {
            made("/api/v1/accounts", "{\"name\":\"%s\",\"password\":\"%s\"}".formatted(name, Stage.PASSWORD));
            String member = "/api/v1/groups/" + group + "/members/" + account(name);
            assertThat(administrator.json("PUT", member, "").statusCode()).isEqualTo(204);
        }
        grant(lectures, "groups/" + group, "READ");
        grant(notes, "mia", "WRITE");
    }

    private void grant(String resource, String to, String level) {
        String grant = "/api/v1/resources/" + resource + "/grants/" + to;
        assertThat(administrator
                        .json("PUT", grant, "{\"level\":\"" + level + "\"}")
                        .statusCode())
                .isEqualTo(204);
    }

    private String folder(String name, String parent) {
        return Shared.id(made(parent + "/folders", "{\"name\":\"" + name + "\"}"));
    }

    private String file(String parent, String name, String type, byte[] bytes) {
        String path = "/api/v1/resources/" + parent + "/files?clash=version&name=" + name.replace(" ", "%20");
        HttpResponse<String> answer = administrator.change("POST", path, type, BodyPublishers.ofByteArray(bytes));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return Shared.id(answer.body());
    }

    private String made(String path, String document) {
        HttpResponse<String> answer = administrator.json("POST", path, document);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return answer.body();
    }

    private String account(String name) {
        return PagesIT.idOf(administrator, "/api/v1/accounts?find=" + name);
    }

    private static byte[] picture() throws IOException {
        BufferedImage image = new BufferedImage(640, 400, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < image.getWidth(); x++) {
            for (int y = 0; y < image.getHeight(); y++) {
                image.setRGB(x, y, (x * 255 / image.getWidth()) << 16 | 0x80 << 8 | y * 255 / image.getHeight());
            }
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        return png.toByteArray();
    }

    private static void reads(Page page) {
        page.locator("iframe.preview-text").scrollIntoViewIfNeeded();
        assertThat(page.frameLocator("iframe.preview-text").locator("body")).containsText("Light and lenses.");
    }

    private static void asksToDelete(Page page) {
        page.locator(".row-menu > summary").first().click();
        button(page, "Delete…").click();
        assertThat(button(page, "Keep it")).isVisible();
    }

    private static void refusesName(Page page) {
        page.locator("#name").fill("Not A Name");
        button(page, "Create account").click();
        assertThat(page.locator(".is-invalid")).isVisible();
    }

    private static void refusesList(Page page) {
        page.locator("textarea#csv").fill("name,display name,role,groups\nmia,Mia,member,\nX Y,No,boss,Third year\n");
        button(page, "Check").click();
        assertThat(page.getByText("Nothing can be imported yet")).isVisible();
    }

    private static void opensWhy(Page page) {
        page.locator(".why summary").first().click();
    }

    private static void backsUp(Page page) {
        button(page, "Back up now").click();
        assertThat(page.locator("table td code").first()).isVisible();
    }

    private static void makesToken(Page page) {
        page.getByLabel("What is it for?").fill("nightly upload");
        button(page, "Create token").click();
        assertThat(page.getByText("Copy it now")).isVisible();
    }

    /** Begins to upload; the bytes wait on their way until the page is left. */
    private static void uploads(Page page, Path file) {
        page.route("**/api/v1/uploads/*", route -> {
            if (!route.request().method().equals("PATCH")) {
                route.resume();
            }
        });
        page.locator("#upload-files").setInputFiles(file);
        assertThat(page.locator(".upload-words")).containsText("of 8.0 MiB");
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
