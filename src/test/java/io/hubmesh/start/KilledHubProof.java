package io.hubmesh.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A hub that is killed at 50 instants, by chance, while people upload, rename, grant and delete. After each start whatever was acknowledged is
 * there, every file has the bytes that its digest says, nothing that nobody put there is, and the audit's chain is whole; in the end every content
 * that the hub keeps is read again.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class KilledHubProof {

    private static final int KILLS = 50;
    private static final int PEOPLE = 4;
    private static final String PASSWORD = "a-password-of-my-own";

    /** The longest that a hub lives, in milliseconds. */
    private static final int LONGEST = 3000;

    private final Path data;
    private final Random chance = new Random(20261122);

    KilledHubProof(@TempDir Path folder) {
        data = folder.resolve("data");
    }

    @Test
    void whatWasAcknowledgedIsThereWhenTheHubStartsAgain() throws Exception {
        List<BusyPerson> people = new ArrayList<>();
        TusClient script;
        try (HubProcess hub = start()) {
            script = new TusClient(hub.address(), PASSWORD);
            for (int number = 0; number < PEOPLE; number++) {
                people.add(new BusyPerson(script, number, chance.nextLong()));
            }
        }
        for (int kill = 0; kill < KILLS; kill++) {
            liveAndDie(people, script);
        }
        try (HubProcess hub = start()) {
            TusClient again = script.at(hub.address());
            for (BusyPerson person : people) {
                person.comeBack(again);
                person.finish();
                person.check();
            }
            assertAuditIsSound(again);
            assertContentsAreSound(again);
        }
        note(people);
        assertThat(people)
                .allSatisfy(person -> assertThat(person.acknowledged()).isGreaterThan(KILLS));
        assertThat(people.stream().mapToInt(BusyPerson::wentOn).sum()).isGreaterThan(0);
    }

    private void liveAndDie(List<BusyPerson> people, TusClient script) throws Exception {
        HubProcess hub = start();
        TusClient again = script.at(hub.address());
        assertAuditIsSound(again);
        AtomicBoolean killed = new AtomicBoolean();
        List<Throwable> wrong = new ArrayList<>();
        List<Thread> busy = new ArrayList<>();
        for (BusyPerson person : people) {
            person.comeBack(again);
            person.check();
        }
        for (BusyPerson person : people) {
            Thread thread = new Thread(() -> person.workUntil(killed::get));
            thread.setUncaughtExceptionHandler((same, failure) -> {
                synchronized (wrong) {
                    wrong.add(failure);
                }
            });
            thread.start();
            busy.add(thread);
        }
        new CountDownLatch(1).await(chance.nextInt(LONGEST), TimeUnit.MILLISECONDS);
        killed.set(true);
        hub.kill();
        for (Thread thread : busy) {
            thread.join();
        }
        assertThat(wrong).isEmpty();
    }

    private static void assertAuditIsSound(TusClient administrator) throws IOException {
        JsonNode checked = read(administrator, "/api/v1/audit/verification");
        assertThat(checked.get("sound").asBoolean()).as(checked.toString()).isTrue();
        assertThat(checked.get("records").asLong()).isPositive();
    }

    private static void assertContentsAreSound(TusClient administrator) throws IOException {
        String check = "/api/v1/operations/scrub";
        assertThat(administrator.json("POST", check, "").statusCode()).isEqualTo(202);
        await().atMost(Duration.ofMinutes(5))
                .until(() -> !read(administrator, check).get("running").asBoolean());
        JsonNode checked = read(administrator, check);
        assertThat(checked.get("damaged")).as(checked.toString()).isEmpty();
        assertThat(checked.get("last").get("contents").asLong()).isPositive();
    }

    private static JsonNode read(TusClient administrator, String path) throws IOException {
        return JsonMapper.shared().readTree(administrator.get(path).body());
    }

    /** Everybody is the same administrator to the hub: their limit would count for all. */
    private HubProcess start() {
        return HubProcess.start(
                data, Map.of("HUBMESH_ADMIN_PASSWORD", PASSWORD, "HUBMESH_LIMITS_REQUESTSPERMINUTE", "1000000"));
    }

    private static void note(List<BusyPerson> people) {
        String figures = String.format(
                Locale.ROOT,
                "%d kills, %d acknowledged changes, %d files there at the end, %d uploads went on after a kill%n",
                KILLS,
                people.stream().mapToInt(BusyPerson::acknowledged).sum(),
                people.stream().mapToInt(BusyPerson::files).sum(),
                people.stream().mapToInt(BusyPerson::wentOn).sum());
        try {
            Files.writeString(
                    Files.createDirectories(Path.of("target", "proofs")).resolve("KilledHubProof.txt"), figures);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
