package io.hubmesh.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrowserFinderTests {

    private static final TestBrowser BROUGHT = TestBrowser.installed(Path.of("brought"), "brought");

    private final Path folder;

    BrowserFinderTests(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void theVariableWins() throws IOException {
        Path named = executable("mine");
        executable("chromium");
        TestBrowser found = finder(
                        Map.of(BrowserFinder.VARIABLE, named.toString(), "PATH", folder.toString()), List.of())
                .find();
        assertThat(found.executable()).isEqualTo(named);
    }

    @Test
    void aVariableThatNamesNothingIsSaidSo() {
        BrowserFinder finder =
                finder(Map.of(BrowserFinder.VARIABLE, folder.resolve("none").toString()), List.of());
        assertThatIllegalStateException().isThrownBy(finder::find).withMessageContaining(BrowserFinder.VARIABLE);
    }

    @Test
    void anInstalledBrowserIsFoundOnThePath() throws IOException {
        Path installed = executable("chromium");
        String path = folder.resolve("empty") + File.pathSeparator + folder;
        assertThat(finder(Map.of("PATH", path), List.of()).find().executable()).isEqualTo(installed);
    }

    @Test
    void anInstalledBrowserIsFoundInAUsualPlace() throws IOException {
        Path installed = executable("Google Chrome");
        assertThat(finder(Map.of(), List.of(installed.toString())).find().executable())
                .isEqualTo(installed);
    }

    @Test
    void otherwiseOneIsBrought() {
        assertThat(finder(Map.of("PATH", folder.toString()), List.of()).find()).isEqualTo(BROUGHT);
    }

    private static BrowserFinder finder(Map<String, String> environment, List<String> places) {
        return new BrowserFinder(environment, places, () -> BROUGHT);
    }

    private Path executable(String name) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }
}
