package io.hubmesh.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Somebody in front of a browser: does what people do, by the words that they read. */
final class Person {

    /** For what moves many bytes on a machine that does other things too. In milliseconds. */
    private static final double PATIENCE = 120_000;

    /** One figure, as what is kept whole is written; what is not reads "3.0 MiB of 4.0 MiB". */
    private static final Pattern WHOLE = Pattern.compile("[0-9.]+ [KMG]?i?B");

    private final Page page;
    private final URI hub;
    private final List<String> complaints = new ArrayList<>();

    Person(BrowserContext context, URI hub) {
        this(context.pages().get(0), hub);
    }

    private Person(Page page, URI hub) {
        this.hub = hub;
        this.page = page;
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.type() + ": " + message.text() + " at " + message.location());
            }
        });
        page.onPageError(error -> complaints.add("uncaught: " + error));
    }

    Page page() {
        return page;
    }

    /** The same person in another tab of the same browser, with the file open whose page is open here. */
    Person newTab() {
        Person tab = new Person(page.context().newPage(), hub);
        tab.visit(URI.create(page.url()).getPath());
        return tab;
    }

    /** What this browser's peer says of itself. */
    PeerView peer() {
        return PeerView.of(page);
    }

    /** Sets what the peer may take, in bytes a second; 0 is no limit. */
    void limitDownload(long bytesPerSecond) {
        limit("downloadBytesPerSecond", bytesPerSecond);
    }

    /** Sets what the peer may give, in bytes a second; 0 is no limit. */
    void limitUpload(long bytesPerSecond) {
        limit("uploadBytesPerSecond", bytesPerSecond);
    }

    private void limit(String which, long bytesPerSecond) {
        PeerView.tell(page, "setLimits", bytesPerSecond == 0 ? Map.of() : Map.of(which, (double) bytesPerSecond));
    }

    /** Errors and warnings of the browser so far: scripts that failed, what the content security policy refused. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** Types an address: whatever lived in the tab dies. */
    void visit(String path) {
        page.navigate(hub.resolve(path).toString());
    }

    void signIn(String name, String password) {
        visit("/sign-in");
        page.getByLabel("Name").fill(name);
        page.getByLabel("Password").fill(password);
        button("Sign in").click();
    }

    void signOut() {
        page.locator(".menu > summary").click();
        button("Sign out").click();
        assertThat(button("Sign in")).isVisible();
    }

    /** Follows an entry of the main navigation: the tab's peer lives on. */
    void go(String entry) {
        page.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Main"))
                .getByRole(
                        AriaRole.LINK,
                        new Locator.GetByRoleOptions().setName(entry).setExact(true))
                .click();
        settled();
        assertThat(page.getByRole(
                        AriaRole.HEADING,
                        new Page.GetByRoleOptions().setName(heading(entry)).setExact(true)))
                .isVisible();
    }

    /** Waits until the page that was asked for has taken the place of the one before. */
    private void settled() {
        page.waitForFunction("() => !document.documentElement.hasAttribute('aria-busy')");
    }

    private static String heading(String entry) {
        return entry.equals("Administration") ? "People" : entry;
    }

    void joinMesh() {
        go("My peer");
        button("Join the mesh").click();
        assertThat(button("Leave the mesh")).isVisible();
    }

    /** Makes an account on the administrator's page. */
    void createAccount(String name, String password) {
        go("Administration");
        page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill(name);
        page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true)).fill(password);
        button("Create account").click();
        assertThat(page.getByRole(AriaRole.STATUS).filter(new Locator.FilterOptions().setHasText(name)))
                .isVisible();
    }

    /** Uploads into the folder that is shown, and waits until the file is listed. */
    void upload(Path file, String name) {
        page.locator("#upload-files").setInputFiles(file);
        assertThat(listed(name)).isVisible(new IsVisibleOptions().setTimeout(PATIENCE));
    }

    /** The link to a file in the folder that is shown. */
    private Locator listed(String name) {
        return page.getByLabel("Content of this folder")
                .getByRole(
                        AriaRole.LINK,
                        new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    /** Waits until this tab keeps the whole file and serves it. */
    void keeps(String name) {
        go("My peer");
        Locator row = page.locator("[data-peer-target=held] tr").filter(new Locator.FilterOptions().setHasText(name));
        assertThat(row.locator("[data-label=Held]")).hasText(WHOLE, new HasTextOptions().setTimeout(PATIENCE));
    }

    void openFile(String name) {
        go("Library");
        listed(name).click();
        settled();
        assertThat(page.getByRole(
                        AriaRole.HEADING,
                        new Page.GetByRoleOptions().setName(name).setExact(true)))
                .isVisible();
    }

    /** The id of the file whose page is open. */
    String resource() {
        String path = URI.create(page.url()).getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    void grantRead(String account) {
        page.getByLabel("Account or group").fill(account);
        page.getByLabel("Level").first().selectOption("READ");
        button("Grant").click();
        assertThat(page.getByRole(AriaRole.ROW, new Page.GetByRoleOptions().setName(Pattern.compile(account))))
                .isVisible();
    }

    /** Downloads the file whose page is open, and saves it there. */
    void saveFromHub(Path target) {
        Locator link = page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("From the hub"));
        save(link::click, target);
    }

    /** Downloads the file whose page is open, joining the mesh if that was not done, and saves it there. */
    void saveFromPeers(Path target) {
        save(this::fetchFromPeers, target);
    }

    /** Starts the download of the file whose page is open; the browser saves the file once it is whole. */
    void fetchFromPeers() {
        button("From peers").click();
        Locator consent = button("Join and download");
        Locator begun = button("Pause").or(button("Save to disk")); // a quick one is whole before anybody looks
        assertThat(consent.or(begun).first()).isVisible();
        if (consent.isVisible()) {
            consent.click();
        }
    }

    /** Saves the file whose page is open and which is whole in this browser. */
    void saveKept(Path target) {
        Locator save = button("Save to disk");
        assertThat(save).isVisible(new IsVisibleOptions().setTimeout(PATIENCE));
        save(save::click, target);
    }

    private void save(Runnable press, Path target) {
        Download download = page.waitForDownload(new Page.WaitForDownloadOptions().setTimeout(PATIENCE), press);
        download.saveAs(target);
    }

    /** Takes a picture of the page as it is now, for the README and for whoever looks at the build. */
    void picture(String name) {
        Path file = Path.of("target", "screenshots", "story", name + ".png");
        page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
    }

    /** What the sources of the download on this page are called. */
    List<String> sources() {
        return page.locator("[data-download-target=sourceRows] th").allInnerTexts().stream()
                .map(String::strip)
                .toList();
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
