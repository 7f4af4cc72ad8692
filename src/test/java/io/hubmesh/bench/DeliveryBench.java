package io.hubmesh.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.start.HubProcess;
import io.hubmesh.start.TusClient;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the hub does with bytes, beside nginx, {@code cp} and {@code sha256sum}, in turn on the same machine. */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class DeliveryBench {

    private static final String ROOT = "00000000-0000-0000-0000-000000000001";
    private static final String PASSWORD = "a-password-of-my-own";
    private static final long LARGE = 1_000_000_000;
    private static final int SMALL = 4096;
    private static final int TURNS = 5;
    private static final int PAUSE_MILLIS = 16;
    private static final double MB = 1e6;

    private final Path folder;
    private final Report report = new Report("delivery", "Uploads and downloads");

    DeliveryBench(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void besideNginxAndTheShell() throws Exception {
        Path files = Files.createDirectories(folder.resolve("files"));
        fill(files.resolve("large"), LARGE);
        fill(files.resolve("small"), SMALL);
        try (Nginx nginx = new Nginx(files, folder.resolve("nginx"));
                HubProcess hub = HubProcess.start(folder.resolve("data"), Map.of("HUBMESH_ADMIN_PASSWORD", PASSWORD))) {
            TusClient client = new TusClient(hub.address(), PASSWORD);
            String large = uploads(client, files.resolve("large"));
            String small = upload(client, files.resolve("small"), "small", SMALL);
            downloads(client, nginx, large);
            requests(client, nginx, small);
            atEqualLoad(client, nginx, small);
        }
        report.write();
    }

    private String uploads(TusClient client, Path large) throws IOException {
        List<Double> shell = new ArrayList<>();
        List<Double> forced = new ArrayList<>();
        List<Double> hub = new ArrayList<>();
        String resource = "";
        Path copy = folder.resolve("copy");
        for (int turn = 0; turn < TURNS; turn++) {
            touch(large, turn);
            double copied = Command.time("cp", large.toString(), copy.toString());
            double hashed = Command.time("sha256sum", copy.toString());
            shell.add(LARGE / MB / (copied + hashed));
            forced.add(LARGE / MB / (copied + Command.time("sync", copy.toString()) + hashed));
            Files.delete(copy);
            Command.run("sync");
            long begun = System.nanoTime();
            resource = upload(client, large, "large " + turn, LARGE);
            hub.add(LARGE / MB / ((System.nanoTime() - begun) / 1e9));
        }
        Report.Section section = report.section("An upload of 1 GB, MB/s", "who", "rate", "against cp + sha256sum");
        double rival = Spread.of(shell).median();
        section.row("cp, then sha256sum", Spread.of(shell), 1.0);
        section.row(
                "cp, sync, then sha256sum", Spread.of(forced), Spread.of(forced).median() / rival);
        section.row(
                "hub: hashed twice and forced", Spread.of(hub), Spread.of(hub).median() / rival);
        return resource;
    }

    private void downloads(TusClient client, Nginx nginx, String large) {
        List<Double> rival = new ArrayList<>();
        List<Double> hub = new ArrayList<>();
        for (int turn = 0; turn <= TURNS; turn++) {
            double nginxTook = Command.time("curl", "-sf", "-o", "/dev/null", nginx.address("large"));
            double hubTook =
                    Command.time("curl", "-sf", "-o", "/dev/null", "-H", authorization(client), address(client, large));
            if (turn > 0) { // the first warms up
                rival.add(LARGE / MB / nginxTook);
                hub.add(LARGE / MB / hubTook);
            }
        }
        double ratio = Spread.of(hub).median() / Spread.of(rival).median();
        Report.Section section = report.section("A download of 1 GB, MB/s", "who", "rate", "against nginx");
        section.row("nginx, no permission asked", Spread.of(rival), 1.0);
        section.row("hub, authorised", Spread.of(hub), ratio);
        assertThat(ratio).as("the hub's rate against nginx's").isGreaterThan(0);
    }

    private void requests(TusClient client, Nginx nginx, String small) {
        Report.Section section = report.section(
                "Requests for 4 KiB",
                "who",
                "connections",
                "requests a second",
                "99 of 100 within, ms",
                "rate against nginx");
        wrk(address(client, small), 32, "-H", authorization(client)); // warms up
        for (int connections : new int[] {1, 8, 32}) {
            double[] rival = wrk(nginx.address("small"), connections);
            double[] hub = wrk(address(client, small), connections, "-H", authorization(client));
            section.row("nginx, no permission asked", connections, rival[0], rival[1], 1.0);
            section.row("hub, authorised", connections, hub[0], hub[1], hub[0] / rival[0]);
        }
    }

    /** Each connection waits {@value #PAUSE_MILLIS} ms between an answer and its next request, so that both serve nearly as many. */
    private void atEqualLoad(TusClient client, Nginx nginx, String small) throws IOException {
        Path paced = Files.writeString(folder.resolve("paced.lua"), "function delay() return " + PAUSE_MILLIS + " end");
        Report.Section section = report.section(
                "Requests for 4 KiB at equal load", "who", "connections", "requests a second", "99 of 100 within, ms");
        for (int connections : new int[] {8, 32}) {
            double[] rival = wrk(nginx.address("small"), connections, "-s", paced.toString());
            double[] hub =
                    wrk(address(client, small), connections, "-s", paced.toString(), "-H", authorization(client));
            section.row("nginx, no permission asked", connections, rival[0], rival[1]);
            section.row("hub, authorised", connections, hub[0], hub[1]);
        }
    }

    /** @return requests a second, and the 99th percentile in milliseconds */
    private static double[] wrk(String address, int connections, String... more) {
        List<String> command = new ArrayList<>(List.of("wrk", "-t1", "-c" + connections, "-d6s", "--latency"));
        command.addAll(List.of(more));
        command.add(address);
        String said = Command.run(command.toArray(String[]::new));
        assertThat(said).doesNotContain("Non-2xx");
        Matcher rate = found("Requests/sec:\\s+([0-9.]+)", said);
        Matcher late = found("99%\\s+([0-9.]+)(us|ms|s)", said);
        double unit = late.group(2).equals("us") ? 0.001 : late.group(2).equals("ms") ? 1 : 1000;
        return new double[] {Double.parseDouble(rate.group(1)), Double.parseDouble(late.group(1)) * unit};
    }

    private static Matcher found(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("no " + pattern + " in:\n" + text);
        }
        return matcher;
    }

    /** By tus, in one request, from curl. @return the id of the file */
    private String upload(TusClient client, Path file, String name, long size) throws IOException {
        String upload =
                client.create(ROOT, name, size).headers().firstValue("Location").orElseThrow();
        String said = Command.run(
                "curl",
                "-sf",
                "-D",
                "-",
                "-o",
                "/dev/null",
                "-X",
                "PATCH",
                "-H",
                authorization(client),
                "-H",
                "Tus-Resumable: 1.0.0",
                "-H",
                "Upload-Offset: 0",
                "-H",
                "Content-Type: application/offset+octet-stream",
                "-T",
                file.toString(),
                client.hub().resolve(upload).toString());
        return found("(?i)Hubmesh-Resource: ([0-9a-f-]{36})", said).group(1);
    }

    private static String address(TusClient client, String resource) {
        return client.hub()
                .resolve("/api/v1/resources/" + resource + "/content")
                .toString();
    }

    private static String authorization(TusClient client) {
        return "Authorization: Bearer " + client.token();
    }

    private static void fill(Path file, long size) throws IOException {
        Random chance = new Random(size);
        byte[] bytes = new byte[1 << 20];
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            for (long left = size; left > 0; left -= bytes.length) {
                chance.nextBytes(bytes);
                out.write(bytes, 0, (int) Math.min(left, bytes.length));
            }
        }
    }

    /** Other bytes each turn: what the hub has, it does not keep again. */
    private static void touch(Path file, int turn) throws IOException {
        try (java.io.RandomAccessFile bytes = new java.io.RandomAccessFile(file.toFile(), "rw")) {
            bytes.writeInt(turn);
        }
    }
}
