package io.hubmesh.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchPersistentContextOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Starts browsers, each a process of its own with a profile of its own, so that two of them are two peers.
 * One Playwright driver serves one thread.
 */
final class Browsers implements AutoCloseable {

    /** What a person's browser does too, only that host addresses are told plainly in WebRTC offers. */
    static final List<String> ADDRESSES_SHOWN = List.of("--disable-features=WebRtcHideLocalIpsWithMdns");

    /** Nothing that a story does not ask for. */
    static final List<String> QUIET = List.of(
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    /** Nobody is there to choose a place in a dialog of the browser: files go to the downloads, as where there is no such dialog. */
    private static final String NO_PICKER = "delete globalThis.showSaveFilePicker";

    /** For what a page is asserted to show, on a machine that does other things too; 5 without it. In milliseconds. */
    private static final double PATIENCE = 60_000;

    private static @Nullable TestBrowser found;

    private final TestBrowser browser = find();
    private final Playwright playwright =
            Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    private final List<BrowserContext> started = new ArrayList<>();

    Browsers() {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
    }

    /** The browser of all stories. */
    static synchronized TestBrowser find() {
        TestBrowser known = found;
        if (known == null) {
            known = new BrowserFinder().find();
            found = known;
        }
        return known;
    }

    /** A new browser process that shows host addresses in offers. */
    BrowserContext start() {
        return start(ADDRESSES_SHOWN, new LaunchPersistentContextOptions());
    }

    /** A new browser process with these flags beside the usual ones. */
    BrowserContext start(List<String> flags, LaunchPersistentContextOptions options) {
        List<String> all = new ArrayList<>(QUIET);
        all.addAll(flags);
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putAll(browser.environment());
        options.setArgs(all).setHeadless(true).setEnv(environment);
        Path executable = browser.executable();
        if (executable != null) {
            options.setExecutablePath(executable);
        }
        BrowserContext context = playwright.chromium().launchPersistentContext(profile(), options);
        context.addInitScript(NO_PICKER);
        started.add(context);
        return context;
    }

    private static Path profile() {
        try {
            Path parent =
                    Files.createDirectories(Path.of("target", "test-profiles").toAbsolutePath());
            return Files.createTempDirectory(parent, "profile");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        started.forEach(BrowserContext::close);
        playwright.close();
    }
}
