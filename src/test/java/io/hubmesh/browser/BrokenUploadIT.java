package io.hubmesh.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An upload whose connection breaks goes on where the hub says that it is, without anybody pressing. */
@ExtendWith(OnStage.class)
class BrokenUploadIT {

    private static final long MIB = 1024 * 1024;
    private static final long SIZE = 24 * MIB;
    private static final long CUT_AFTER = 8 * MIB;

    private static final String OFFSET = "upload-offset";

    private final Path folder;

    BrokenUploadIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void itGoesOnFromTheLastByteThatTheHubHas(Stage stage) throws Exception {
        Path file = RealFile.made(folder, "broken-off.bin", SIZE);
        try (CountingProxy proxy = new CountingProxy(stage.address())) {
            Person anna = stage.person(
                    Stage.ADMINISTRATOR, proxy.address(), stage.browsers().start());
            List<String> sentFrom = new CopyOnWriteArrayList<>();
            List<String> certain = new CopyOnWriteArrayList<>();
            anna.page().onRequest(request -> {
                if (request.method().equals("PATCH")) {
                    sentFrom.add(request.headers().get(OFFSET));
                }
            });
            anna.page().onResponse(response -> {
                if (response.request().method().equals("HEAD")) {
                    certain.add(response.headers().get(OFFSET));
                }
            });
            anna.go("Library");
            proxy.cutAfter(CUT_AFTER);

            anna.upload(file, "broken-off.bin");

            assertThat(sentFrom).hasSizeGreaterThan(1).startsWith("0");
            String wentOnFrom = sentFrom.get(sentFrom.size() - 1);
            assertThat(Long.parseLong(wentOnFrom)).isBetween(1L, SIZE - 1);
            assertThat(certain).endsWith(wentOnFrom);
            anna.openFile("broken-off.bin");
            Path saved = folder.resolve("saved.bin");
            anna.saveFromHub(saved);
            assertThat(RealFile.sha256(saved)).isEqualTo(RealFile.sha256(file));
            assertThat(anna.page().getByText("Broken off:")).hasCount(0);
        }
    }
}
