package io.hubmesh.delivery.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubmesh.HubClient;
import io.hubmesh.HubFixture;
import io.hubmesh.HubTest;
import io.hubmesh.accounts.AccessTokens;
import io.hubmesh.accounts.Quota;
import io.hubmesh.accounts.Quotas;
import io.hubmesh.accounts.Subject;
import io.hubmesh.accounts.UsedStorage;
import io.hubmesh.delivery.uploads.Uploads;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.library.Resource;
import io.hubmesh.permissions.Level;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;

/** Nobody keeps more than their quota by bringing several files at once. */
@HubTest
@Import(HubFixture.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class QuotaAtOnceTests {

    private static final int AT_ONCE = 6;

    private final HubClient client;
    private final UsedStorage used;
    private final Uploads uploads;
    private final Subject writer;
    private final Resource folder;
    private final String token;

    QuotaAtOnceTests(
            HubFixture hub,
            Quotas quotas,
            UsedStorage used,
            Uploads uploads,
            AccessTokens tokens,
            @LocalServerPort int port) {
        this.client = new HubClient(port);
        this.used = used;
        this.uploads = uploads;
        this.writer = hub.member();
        this.folder = hub.folder();
        hub.grant(writer, folder, Level.WRITE);
        this.token = tokens.create(writer, "writer").secret();
        quotas.set(writer.accountId(), new Quota(250L, null));
    }

    @AfterEach
    void nothingStaysOnItsWay() {
        uploads.unfinished(writer)
                .forEach(each -> uploads.terminate(writer, each.upload().id()));
    }

    @RepeatedTest(5)
    void ofSeveralFilesAtOnceAsManyComeInAsThereIsRoomFor() throws Exception {
        List<Integer> answers = atOnce(number -> upload("file-" + number));

        assertThat(answers).containsOnly(201, 413);
        assertThat(answers.stream().filter(status -> status == 201)).hasSize(2);
        assertThat(used.bytesOf(writer.accountId())).isEqualTo(200);
    }

    @RepeatedTest(5)
    void ofSeveralUploadsThatBeginAtOnceAsManyAreLetInAsThereIsRoomFor() throws Exception {
        List<Integer> answers = atOnce(number -> begin("file-" + number, 100));

        assertThat(answers).containsOnly(201, 413);
        assertThat(answers.stream().filter(status -> status == 201)).hasSize(2);
        assertThat(uploads.unfinished(writer)).hasSize(2);
    }

    @Test
    void whatHasBegunCountsUntilItIsCancelled() throws Exception {
        Uploads.Progress half = uploads.create(writer, wish("half", 200));

        assertThatThrownBy(() -> uploads.create(writer, wish("too much", 100)))
                .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.code())
                        .isEqualTo(ProblemCode.QUOTA_EXCEEDED))
                .hasMessageContaining("300 B of the 250 B", "200 B of it in uploads that have not ended");
        assertThat(upload("in one go")).isEqualTo(413);
        uploads.terminate(writer, half.upload().id());
        assertThat(begin("now it fits", 100)).isEqualTo(201);
        assertThat(upload("in one go")).isEqualTo(201);
    }

    private interface Bringing {
        int bring(int number) throws Exception;
    }

    private static List<Integer> atOnce(Bringing bringing) throws Exception {
        ExecutorService people = Executors.newFixedThreadPool(AT_ONCE);
        try {
            CyclicBarrier ready = new CyclicBarrier(AT_ONCE);
            List<Callable<Integer>> work = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                int number = i;
                work.add(() -> {
                    ready.await();
                    return bringing.bring(number);
                });
            }
            List<Integer> answers = new ArrayList<>();
            for (Future<Integer> one : people.invokeAll(work)) {
                answers.add(one.get());
            }
            return answers;
        } finally {
            people.shutdown();
        }
    }

    private int upload(String name) throws Exception {
        return client.send(client.request("/api/v1/resources/" + folder.id() + "/files?name=" + name.replace(' ', '+'))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/octet-stream")
                        .POST(BodyPublishers.ofByteArray(HubFixture.bytes(100))))
                .statusCode();
    }

    private int begin(String name, int size) {
        try {
            uploads.create(writer, wish(name, size));
            return 201;
        } catch (ProblemException problem) {
            return problem.code().status();
        }
    }

    private Uploads.Wish wish(String name, int size) {
        return new Uploads.Wish(folder.id(), name, "text/plain", size);
    }
}
