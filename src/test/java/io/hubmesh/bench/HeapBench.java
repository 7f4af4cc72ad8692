package io.hubmesh.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.start.HubProcess;
import io.hubmesh.start.TusClient;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a file of 10 GB costs the hub's heap while it comes and goes: what is alive, after a full collection, every two seconds. */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class HeapBench {

    private static final String ROOT = "00000000-0000-0000-0000-000000000001";
    private static final String PASSWORD = "a-password-of-my-own";
    private static final long SIZE = 10_000_000_000L;
    private static final long CHUNK = 4L * 1024 * 1024;
    private static final int LOOK_EVERY_SECONDS = 2;
    private static final double MIB = 1024.0 * 1024.0;
    private static final Pattern TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");
    private static final Pattern RESOURCE = Pattern.compile("(?i)Hubmesh-Resource: ([0-9a-f-]{36})");

    private final Path folder;
    private final Report report = new Report("heap", "The heap over 10 GB");

    HeapBench(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void staysFlat() throws Exception {
        Path file = made(folder.resolve("large"));
        try (HubProcess hub = HubProcess.start(folder.resolve("data"), Map.of("HUBMESH_ADMIN_PASSWORD", PASSWORD))) {
            TusClient client = new TusClient(hub.address(), PASSWORD);
            String authorization = "Authorization: Bearer " + client.token();
            Path headers = folder.resolve("headers");
            String upload = client.create(ROOT, "large", SIZE)
                    .headers()
                    .firstValue("Location")
                    .orElseThrow();
            double before = alive(hub);
            List<Double> coming = during(
                    hub,
                    List.of("curl", "-sf", "-D", headers.toString(), "-o", "/dev/null", "-X", "PATCH"),
                    List.of("-H", authorization, "-H", "Tus-Resumable: 1.0.0", "-H", "Upload-Offset: 0"),
                    List.of("-H", "Content-Type: application/offset+octet-stream", "-T", file.toString()),
                    List.of(client.hub().resolve(upload).toString()));
            double between = alive(hub);
            String resource = resourceIn(Files.readString(headers));
            List<Double> going = during(
                    hub,
                    List.of("curl", "-sf", "-o", "/dev/null", "-H", authorization),
                    List.of(client.hub()
                            .resolve("/api/v1/resources/" + resource + "/content")
                            .toString()));
            tell(before, coming, between, going, alive(hub));
        }
        report.write();
    }

    private void tell(double before, List<Double> coming, double between, List<Double> going, double after) {
        Report.Section section = report.section(
                "What is alive in a heap of 256 MiB at most, MiB", "when", "alive", "growth at most, MiB", "looks");
        section.row("before", before, 0.0, 1);
        section.row("while 10 GB come", Spread.of(coming), most(coming) - before, coming.size());
        section.row("between", between, between - before, 1);
        section.row("while 10 GB go", Spread.of(going), most(going) - before, going.size());
        section.row("after", after, after - before, 1);
        assertThat(coming).as("looks while the file came").isNotEmpty();
        assertThat(going).as("looks while the file went").isNotEmpty();
    }

    private static double most(List<Double> looks) {
        return looks.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    /** Runs a program and looks at the heap until it has ended. */
    @SafeVarargs
    private static List<Double> during(HubProcess hub, List<String>... parts) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        for (List<String> part : parts) {
            command.addAll(part);
        }
        Process process = new ProcessBuilder(command).inheritIO().start();
        List<Double> looks = new ArrayList<>();
        do {
            looks.add(alive(hub));
        } while (!process.waitFor(LOOK_EVERY_SECONDS, TimeUnit.SECONDS));
        assertThat(process.exitValue()).as("curl").isZero();
        return looks;
    }

    /** In MiB, after a full collection. */
    private static double alive(HubProcess hub) {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Matcher total = TOTAL.matcher(Command.run(jcmd, Long.toString(hub.pid()), "GC.class_histogram"));
        assertThat(total.find()).as("a total of the heap").isTrue();
        return Long.parseLong(total.group(1)) / MIB;
    }

    private static String resourceIn(String headers) {
        Matcher resource = RESOURCE.matcher(headers);
        assertThat(resource.find()).as(headers).isTrue();
        return resource.group(1);
    }

    /** Mostly holes, and no two chunks alike. */
    private static Path made(Path file) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.setLength(SIZE);
            for (long at = 0; at < SIZE; at += CHUNK) {
                bytes.seek(at);
                bytes.writeLong(at + 1);
            }
        }
        return file;
    }
}
