package io.hubmesh.browser;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Chromium that can be started.
 *
 * @param executable the binary; {@code null} means the one that Playwright has downloaded for itself
 * @param environment what must be set for it to start on this machine
 * @param origin where it came from, for the log
 */
record TestBrowser(@Nullable Path executable, Map<String, String> environment, String origin) {

    static TestBrowser installed(Path executable, String origin) {
        return new TestBrowser(executable, Map.of(), origin);
    }
}
