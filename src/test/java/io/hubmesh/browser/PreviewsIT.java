package io.hubmesh.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import io.hubmesh.start.HubClient;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What files show of themselves on the hub's pages, and that nothing in them runs there. */
@ExtendWith(OnStage.class)
@SuppressWarnings("NullAway.Init") // the scene is set before each story
class PreviewsIT {

    private static final String FILES =
            "/api/v1/resources/00000000-0000-0000-0000-000000000001/files?clash=rename&name=";
    private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");
    private static final double PATIENCE = 60_000;

    /** Says that it ran in every way that reaches somebody: to the page, to the hub, to the person. */
    private static final String SCRIPT = "top.ran = true; fetch('/ran'); new Image().src = '/ran'; alert('ran')";

    private static final String HTML =
            "<!doctype html><title>x</title><h1 onclick=\"%s\">Hello</h1><img src=/ran onerror=\"%s\"><script>%s</script>"
                    .formatted(SCRIPT, SCRIPT, SCRIPT);

    private static final String SVG =
            "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"%s\" width=\"9\" height=\"9\"><script>%s</script></svg>"
                    .formatted(SCRIPT, SCRIPT);

    private HubClient administrator;
    private Person anna;
    private Page page;

    /** What came of scripts, if they ran. */
    private final List<String> ran = new CopyOnWriteArrayList<>();

    @BeforeEach
    void scene(Stage stage) {
        administrator = stage.administrator();
        anna = stage.person(Stage.ADMINISTRATOR);
        page = anna.page();
        page.onDialog(dialog -> {
            ran.add("a dialog: " + dialog.message());
            dialog.dismiss();
        });
        page.onRequest(request -> {
            if (request.url().endsWith("/ran")) {
                ran.add("a request: " + request.url());
            }
        });
    }

    @Test
    void aTextIsReadOnItsPage() {
        open(upload("notes.txt", "text/plain", "Gr\u00fc\u00dfe, \u65e5\u672c".getBytes(StandardCharsets.UTF_8)));

        assertThat(text()).hasText("Gr\u00fc\u00dfe, \u65e5\u672c");
        nothingRan();
    }

    @Test
    void markupAndDrawingsAreShownAsWhatIsWrittenInThem() {
        open(upload("page.html", "text/html", HTML.getBytes(StandardCharsets.UTF_8)));
        assertThat(text()).containsText("<script>top.ran = true");
        nothingRan();
        open(upload("drawing.svg", "image/svg+xml", SVG.getBytes(StandardCharsets.UTF_8)));
        assertThat(text()).containsText("<script>top.ran = true");
        nothingRan();
    }

    /** Whoever sends somebody the bare address of a preview gets no further. */
    @Test
    void inATabOfItsOwnNothingRunsEither() {
        for (String id : List.of(
                upload("page.html", "text/html", HTML.getBytes(StandardCharsets.UTF_8)),
                upload("drawing.svg", "image/svg+xml", SVG.getBytes(StandardCharsets.UTF_8)),
                upload("page.xhtml", "application/xhtml+xml", HTML.getBytes(StandardCharsets.UTF_8)),
                upload("markup-by-another-name.png", "image/png", HTML.getBytes(StandardCharsets.UTF_8)))) {
            anna.visit("/api/v1/resources/" + id + "/preview");
            page.waitForLoadState();
            nothingRan();
        }
        assertThat(page.context().pages()).hasSize(1);
    }

    @Test
    void aPictureIsSeenAndOneThatIsNoneIsNot() throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), "png", png);
        open(upload("picture.png", "image/png", png.toByteArray()));
        Locator picture = page.locator(".preview img");
        assertThat(picture).isVisible();
        page.waitForFunction("() => document.querySelector('.preview img').naturalWidth === 40");

        open(upload("drawing.png", "image/png", SVG.getBytes(StandardCharsets.UTF_8)));
        page.waitForFunction("() => document.querySelector('.preview img').complete");
        assertThat(picture.evaluate("image => image.naturalWidth")).isEqualTo(0);
        nothingRan();
    }

    @Test
    void aSoundCanBePlayedFromItsMiddle() throws IOException {
        open(upload("sound.wav", "audio/wav", secondsOfSilence(4)));
        page.locator(".preview audio").evaluate("sound => { sound.load(); sound.currentTime = 2; }");

        page.waitForFunction("() => { const sound = document.querySelector('.preview audio');"
                + " return sound.readyState >= 2 && Math.abs(sound.duration - 4) < 0.1 && sound.currentTime === 2; }");
        nothingRan();
    }

    /** The browser's own reader is an extension, which no sandboxed frame may load; see the decision on deleted things and previews. */
    @Test
    void aPdfIsToldToBeForDownloading() {
        String id = upload("paper.pdf", "application/pdf", "%PDF-1.7".getBytes(StandardCharsets.UTF_8));
        open(id);

        assertThat(page.getByText("Browsers show no PDF in the sandbox")).isVisible();
        assertThat(page.locator("main iframe")).hasCount(0);
        assertThat(administrator.get("/api/v1/resources/" + id + "/preview").statusCode())
                .isEqualTo(415);
    }

    private void open(String id) {
        anna.visit("/resources/" + id);
        Locator preview = page.getByText("Preview", new Page.GetByTextOptions().setExact(true));
        assertThat(preview).isVisible(new IsVisibleOptions().setTimeout(PATIENCE));
        preview.scrollIntoViewIfNeeded();
    }

    private Locator text() {
        FrameLocator frame = page.frameLocator("iframe.preview-text");
        page.locator("iframe.preview-text").scrollIntoViewIfNeeded();
        return frame.locator("body");
    }

    private void nothingRan() {
        assertThat(page.evaluate("() => 'ran' in window")).isEqualTo(false);
        assertThat(ran).isEmpty();
    }

    private String upload(String name, String type, byte[] bytes) {
        HttpResponse<String> answer =
                administrator.change("POST", FILES + name, type, BodyPublishers.ofByteArray(bytes));
        Matcher id = ID.matcher(answer.body());
        assertThat(id.find()).as(answer.body()).isTrue();
        return id.group(1);
    }

    private static byte[] secondsOfSilence(int seconds) throws IOException {
        AudioFormat format = new AudioFormat(8000, 16, 1, true, false);
        int frames = 8000 * seconds;
        ByteArrayOutputStream wav = new ByteArrayOutputStream();
        AudioSystem.write(
                new AudioInputStream(new ByteArrayInputStream(new byte[frames * 2]), format, frames),
                AudioFileFormat.Type.WAVE,
                wav);
        return wav.toByteArray();
    }
}
