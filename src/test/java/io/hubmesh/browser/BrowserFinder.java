package io.hubmesh.browser;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Finds the Chromium that the stories are told in: the one that {@code HUBMESH_TEST_BROWSER} names, else an installed Chrome
 * or Chromium, else one that is brought along ({@link BroughtBrowser}).
 */
final class BrowserFinder {

    static final String VARIABLE = "HUBMESH_TEST_BROWSER";

    private static final List<String> COMMANDS = List.of(
            "google-chrome-stable",
            "google-chrome",
            "chrome",
            "chromium",
            "chromium-browser",
            "chrome.exe",
            "chromium.exe");

    private static final List<String> USUAL_PLACES = List.of(
            "/opt/google/chrome/chrome",
            "/usr/lib/chromium/chromium",
            "/snap/bin/chromium",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
            "/Applications/Chromium.app/Contents/MacOS/Chromium",
            "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
            "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
            "C:\\Program Files\\Chromium\\Application\\chrome.exe");

    private final Map<String, String> environment;
    private final List<String> usualPlaces;
    private final Supplier<TestBrowser> brought;

    BrowserFinder() {
        this(System.getenv(), USUAL_PLACES, BroughtBrowser::get);
    }

    BrowserFinder(Map<String, String> environment, List<String> usualPlaces, Supplier<TestBrowser> brought) {
        this.environment = environment;
        this.usualPlaces = usualPlaces;
        this.brought = brought;
    }

    TestBrowser find() {
        String named = environment.getOrDefault(VARIABLE, "");
        if (!named.isBlank()) {
            return named(Path.of(named));
        }
        return installed().orElseGet(brought);
    }

    private static TestBrowser named(Path executable) {
        if (!Files.isExecutable(executable)) {
            throw new IllegalStateException(VARIABLE + " names " + executable + ", which cannot be executed.");
        }
        return TestBrowser.installed(executable, VARIABLE);
    }

    private Optional<TestBrowser> installed() {
        Stream<Path> onPath = Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isBlank())
                .flatMap(folder -> COMMANDS.stream().map(command -> Path.of(folder, command)));
        Stream<Path> usual = usualPlaces.stream()
                .filter(place -> isWindows() == place.startsWith("C:"))
                .map(Path::of);
        return Stream.concat(onPath, usual)
                .filter(path -> Files.isRegularFile(path) && Files.isExecutable(path))
                .findFirst()
                .map(path -> TestBrowser.installed(path, "installed"));
    }

    static boolean isWindows() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
    }
}
