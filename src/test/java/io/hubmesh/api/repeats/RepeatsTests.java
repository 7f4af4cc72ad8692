package io.hubmesh.api.repeats;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.HubClient;
import io.hubmesh.HubFixture;
import io.hubmesh.HubTest;
import io.hubmesh.accounts.AccessTokens;
import io.hubmesh.accounts.NewToken;
import io.hubmesh.accounts.Subject;
import io.hubmesh.accounts.TokenScope;
import io.hubmesh.library.Resource;
import io.hubmesh.permissions.Level;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestConstructor;

@HubTest
@Import(HubFixture.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
@SuppressWarnings("NullAway.Init") // the scene is set before each test
class RepeatsTests {

    private static final int AT_ONCE = 8;

    private final HubFixture hub;
    private final AccessTokens tokens;
    private final JdbcClient database;
    private final HubClient client;
    private final String key = UUID.randomUUID().toString();
    private Subject member;
    private String token;
    private Resource folder;

    RepeatsTests(HubFixture hub, AccessTokens tokens, JdbcClient database, @LocalServerPort int port) {
        this.hub = hub;
        this.tokens = tokens;
        this.database = database;
        this.client = new HubClient(port);
    }

    @BeforeEach
    void setTheScene() {
        member = hub.member();
        folder = hub.folder();
        hub.grant(member, folder, Level.WRITE);
        token = secretOf(member);
    }

    @Test
    void theSameRequestIsDoneOnceAndAnsweredAgain() throws Exception {
        HttpResponse<String> first = makeFolder(key, "new");
        HttpResponse<String> again = makeFolder('"' + key + '"', "new");
        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(first.headers().firstValue(Repeats.REPLAYED)).isEmpty();
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("Location"))
                .isEqualTo(first.headers().firstValue("Location"))
                .isPresent();
        assertThat(again.headers().firstValue("Content-Type"))
                .isEqualTo(first.headers().firstValue("Content-Type"));
        assertThat(again.headers().firstValue(Repeats.REPLAYED)).contains("true");
        assertThat(inFolder()).isEqualTo(1);
    }

    @Test
    void aCopyIsMadeOnce() throws Exception {
        Resource original = hub.fileIn(folder, "original", HubFixture.bytes(10));
        String wish = "{\"parent\":\"" + folder.id() + "\",\"name\":\"copy\"}";

        for (boolean again : new boolean[] {false, true}) {
            HttpResponse<String> answer = client.send(client.request("/api/v1/resources/" + original.id() + "/copies")
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/json")
                    .header("Idempotency-Key", key)
                    .POST(BodyPublishers.ofString(wish)));
            assertThat(answer.statusCode()).isEqualTo(201);
            assertThat(answer.headers().firstValue(Repeats.REPLAYED).isPresent())
                    .isEqualTo(again);
        }
        assertThat(inFolder()).isEqualTo(2);
    }

    @Test
    void anotherRequestWithTheSameKeyIsRefusedAndDoesNothing() throws Exception {
        makeFolder(key, "one");
        assertThat(makeFolder(key, "two").body()).contains("\"idempotency-key-reused\"");
        HttpResponse<String> longer = makeFolder(key, "another one");
        assertThat(longer.statusCode()).isEqualTo(422);
        assertThat(inFolder()).isEqualTo(1);
    }

    @Test
    void keysAreAnAccountsOwn() throws Exception {
        Subject other = hub.member();
        hub.grant(other, folder, Level.WRITE);
        makeFolder(key, "mine");
        token = secretOf(other);
        HttpResponse<String> theirs = makeFolder(key, "theirs");
        assertThat(theirs.statusCode()).isEqualTo(201);
        assertThat(theirs.headers().firstValue(Repeats.REPLAYED)).isEmpty();
    }

    @Test
    void whatWasRefusedMayBeTriedAgainWithTheSameKey() throws Exception {
        hub.folderIn(folder, "taken");
        assertThat(makeFolder(key, "taken").statusCode()).isEqualTo(409);
        assertThat(makeFolder(key, "free").statusCode()).isEqualTo(201);
    }

    @Test
    void ofManyAtOnceOneIsDone() throws Exception {
        ExecutorService people = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<HttpResponse<String>>> sent =
                    people.invokeAll(Collections.nCopies(AT_ONCE, () -> makeFolder(key, "new")));
            String made = null;
            for (Future<HttpResponse<String>> one : sent) {
                HttpResponse<String> answer = one.get();
                if (answer.statusCode() == 201) {
                    made = made == null ? answer.body() : made;
                    assertThat(answer.body()).isEqualTo(made);
                } else {
                    assertThat(answer.statusCode()).isEqualTo(409);
                    assertThat(answer.body()).contains("\"idempotency-key-in-use\"");
                }
            }
            assertThat(made).isNotNull();
        } finally {
            people.shutdown();
        }
        assertThat(inFolder()).isEqualTo(1);
    }

    @Test
    void anUploadIsKnownAgainByItsBytes() throws Exception {
        byte[] bytes = HubFixture.bytes(300_000);
        HttpResponse<String> made = upload(bytes);
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(upload(bytes).body()).isEqualTo(made.body());
        bytes[7]++;
        assertThat(upload(bytes).statusCode()).isEqualTo(422);
        assertThat(inFolder()).isEqualTo(1);
    }

    @Test
    void secretsAreNeverKept() throws Exception {
        HttpResponse<String> refused = client.send(client.request("/api/v1/tokens")
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString("{\"name\":\"one\"}")));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("may hold a secret");
        assertThat(tokens.of(member.accountId())).hasSize(1);
        assertThat(kept()).isZero();
    }

    @Test
    void aKeyThatIsNoneIsRefused() throws Exception {
        for (String wrong : new String[] {"a b", "\"half", "x".repeat(129)}) {
            assertThat(makeFolder(wrong, "new").statusCode()).as(wrong).isEqualTo(400);
        }
        assertThat(inFolder()).isZero();
    }

    @Test
    void withoutAKeyNothingIsKept() throws Exception {
        client.send(client.request("/api/v1/resources/" + folder.id() + "/folders")
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"name\":\"plain\"}")));
        assertThat(kept()).isZero();
    }

    private HttpResponse<String> upload(byte[] bytes) throws Exception {
        return client.send(client.request("/api/v1/resources/" + folder.id() + "/files?name=file.bin")
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/octet-stream")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofByteArray(bytes)));
    }

    private HttpResponse<String> makeFolder(String idempotencyKey, String name) throws Exception {
        return client.send(client.request("/api/v1/resources/" + folder.id() + "/folders")
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", idempotencyKey)
                .POST(BodyPublishers.ofString("{\"name\":\"" + name + "\"}")));
    }

    private String secretOf(Subject subject) {
        return tokens.create(subject, new NewToken("test", TokenScope.WRITE, null))
                .secret();
    }

    private int inFolder() {
        return database.sql("select count(*) from resources where parent_id = ?")
                .param(1, folder.id().value())
                .query(Integer.class)
                .single();
    }

    private int kept() {
        return database.sql("select count(*) from kept_answers where account_id = ?")
                .param(1, member.accountId().value())
                .query(Integer.class)
                .single();
    }
}
