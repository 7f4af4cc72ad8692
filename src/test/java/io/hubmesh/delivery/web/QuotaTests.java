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
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.kernel.ResourceId;
import io.hubmesh.library.Clash;
import io.hubmesh.library.LibraryChanges;
import io.hubmesh.library.Moving;
import io.hubmesh.library.Resource;
import io.hubmesh.permissions.Level;
import io.hubmesh.storage.Blobs;
import io.hubmesh.storage.Incoming;
import io.hubmesh.storage.Manifest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;

/** What people may keep on the hub: said by administrators, and held at every upload. */
@HubTest
@Import(HubFixture.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class QuotaTests {

    private final Quotas quotas;
    private final LibraryChanges changes;
    private final Moving moving;
    private final UsedStorage used;
    private final Blobs blobs;
    private final HubClient client;
    private final Subject writer;
    private final Resource folder;
    private final String token;
    private final String administrator;
    private final String others;

    QuotaTests(
            HubFixture hub,
            Quotas quotas,
            LibraryChanges changes,
            Moving moving,
            UsedStorage used,
            Blobs blobs,
            AccessTokens tokens,
            @LocalServerPort int port) {
        this.quotas = quotas;
        this.changes = changes;
        this.moving = moving;
        this.used = used;
        this.blobs = blobs;
        this.client = new HubClient(port);
        this.writer = hub.member();
        this.folder = hub.folder();
        Subject other = hub.member();
        hub.grant(writer, folder, Level.WRITE);
        hub.grant(other, folder, Level.WRITE);
        this.token = tokens.create(writer, "writer").secret();
        this.others = tokens.create(other, "other").secret();
        this.administrator = tokens.create(hub.administrator(), "quotas").secret();
    }

    @Test
    void aFileThatIsTooLargeIsRefused() throws Exception {
        quotas.set(writer.accountId(), new Quota(null, 100L));

        assertThat(upload(token, "a", 100).statusCode()).isEqualTo(201);
        HttpResponse<String> refused = upload(token, "b", 101);
        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(refused.body()).contains("\"code\":\"quota-exceeded\"", "The file has 101 B; you may upload");
        assertThat(upload(others, "b", 101).statusCode()).isEqualTo(201);
    }

    @Test
    void whatSomebodyKeepsIsCountedTogether() throws Exception {
        quotas.set(writer.accountId(), new Quota(250L, null));

        assertThat(upload(token, "a", 100).statusCode()).isEqualTo(201);
        assertThat(upload(others, "theirs", 100).statusCode()).isEqualTo(201);
        assertThat(upload(token, "b", 100).statusCode())
                .as("the same bytes count again")
                .isEqualTo(201);
        assertThat(send(token, "GET", "/api/v1/me/usage", "").body())
                .contains("\"usedBytes\":200", "\"storageBytes\":250", "\"largestUpload\":null");
        assertThat(upload(token, "c", 51).body())
                .contains("quota-exceeded", "That would make it 251 B of the 250 B that you may keep on the hub.");
        assertThat(upload(token, "c", 50).statusCode()).isEqualTo(201);
        assertThat(upload(token, "d", 1).statusCode()).isEqualTo(413);
    }

    @Test
    void copiesCountForWhoMakesThemAndVersionsAndTheTrashToo() throws Exception {
        quotas.set(writer.accountId(), new Quota(250L, null));
        ResourceId file = changes.addFile(writer, folder.id(), "a", "text/plain", stored(100))
                .id();

        moving.copy(writer, file, folder.id(), "copy", Clash.REFUSE);
        assertThat(used.bytesOf(writer.accountId())).isEqualTo(200);
        assertQuotaExceeded(() -> moving.copy(writer, file, folder.id(), "one more", Clash.REFUSE));
        assertThat(used.bytesOf(writer.accountId())).isEqualTo(200);
        upload(token, "a&clash=version", 50);
        assertThat(used.bytesOf(writer.accountId())).isEqualTo(250);
        client.send(client.request("/api/v1/resources/" + file)
                .header("Authorization", "Bearer " + token)
                .DELETE());
        assertThat(used.bytesOf(writer.accountId())).isEqualTo(250);
    }

    @Test
    void whateverWayTheBytesCameTheyAreCountedBeforeTheyBecomeAFile() {
        quotas.set(writer.accountId(), new Quota(10L, null));
        Manifest content = stored(11);

        assertQuotaExceeded(() -> changes.addFile(writer, folder.id(), "x", "application/octet-stream", content));
    }

    @Test
    void administratorsSayItOverRest() throws Exception {
        String own = "/api/v1/accounts/" + writer.accountId() + "/quota";
        String everybody = "/api/v1/accounts/default-quota";
        try {
            String limits = "{\"storageBytes\":5000000000000,\"largestUpload\":70}";
            assertThat(send(administrator, "PUT", everybody, limits).body()).isEqualTo(limits);
            assertThat(send(administrator, "GET", own, "").body()).contains("\"largestUpload\":70");
            assertThat(upload(token, "a", 71).statusCode()).isEqualTo(413);
            send(administrator, "PUT", own, "{\"storageBytes\":null,\"largestUpload\":null}");
            assertThat(upload(token, "a", 71).statusCode()).isEqualTo(201);
            assertThat(send(administrator, "GET", own, "").body())
                    .isEqualTo("{\"usedBytes\":71,\"storageBytes\":null,\"largestUpload\":null}");
            assertThat(send(administrator, "DELETE", own, "").statusCode()).isEqualTo(204);
            assertThat(upload(token, "b", 71).statusCode()).isEqualTo(413);
        } finally {
            quotas.setForEverybody(Quota.NONE);
        }
        for (String wrong : new String[] {"-1", "1125899906842625", "99999999999999999999", "\"x\""}) {
            assertThat(send(administrator, "PUT", own, "{\"storageBytes\":" + wrong + "}")
                            .statusCode())
                    .as(wrong)
                    .isEqualTo(400);
        }
        assertThat(send(administrator, "PUT", own, "{\"storageBytes\":-1}").body())
                .contains("\"code\":\"invalid-value\"", "A limit is 0 bytes to 1 PiB");
        assertThat(send(token, "PUT", own, "{}").statusCode()).isEqualTo(403);
    }

    @Test
    void administratorsSayItOnPages() throws Exception {
        client.signIn("admin", HubTest.ADMINISTRATOR_PASSWORD);
        String person = "/administration/people/" + writer.accountId();

        post(person + "/quota", Map.of("storage", "0.5", "upload", "", "own", "true"));
        assertThat(quotas.own(writer.accountId())).contains(new Quota(1L << 29, null));
        assertThat(client.get(person).body()).contains("value=\"512 MiB\"", "A quota of their own");
        quotas.set(writer.accountId(), new Quota(70L, 5_000_000_000_000L));
        assertThat(client.get(person).body()).contains("value=\"70 B\"", "value=\"4882812500 KiB\"");
        post(person + "/quota", Map.of("storage", "70 B", "upload", "4882812500 KiB", "own", "true"));
        assertThat(quotas.own(writer.accountId())).as("as it was shown").contains(new Quota(70L, 5_000_000_000_000L));
        assertThat(client.get(person).body()).contains("Saved. It holds from the next upload on.");
        post(person + "/quota", Map.of("storage", "<b>", "upload", "1", "own", "true"));
        assertThat(client.get(person).body()).contains("Give a number with its unit", "value=\"&lt;b&gt;\"");
        post(person + "/quota", Map.of("storage", "1", "upload", "1", "own", "false"));
        assertThat(quotas.own(writer.accountId())).isEmpty();
        post("/administration/quotas", Map.of("storage", "-1", "upload", ""));
        assertThat(client.get("/administration/quotas").body()).contains("A limit is 0 bytes to 1 PiB");
        post("/administration/quotas", Map.of("storage", "", "upload", ""));
        assertThat(client.get("/administration/quotas").body()).contains("Saved.");
        assertThat(quotas.forEverybody()).isEqualTo(Quota.NONE);
    }

    private Manifest stored(int size) {
        byte[] bytes = HubFixture.bytes(size);
        try (Incoming incoming = blobs.receive(bytes.length)) {
            incoming.write(bytes, 0, bytes.length);
            return incoming.finish();
        }
    }

    private static void assertQuotaExceeded(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.code())
                .isEqualTo(ProblemCode.QUOTA_EXCEEDED));
    }

    private void post(String path, Map<String, String> fields) throws Exception {
        Map<String, String> all = new HashMap<>(fields);
        all.put("_csrf", client.csrf("/administration/quotas"));
        assertThat(client.form(path, all).statusCode()).isEqualTo(302);
    }

    private HttpResponse<String> upload(String secret, String name, int size) throws Exception {
        return client.send(client.request("/api/v1/resources/" + folder.id() + "/files?name=" + name)
                .header("Authorization", "Bearer " + secret)
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofByteArray(HubFixture.bytes(size))));
    }

    private HttpResponse<String> send(String secret, String method, String path, String body) throws Exception {
        return client.send(client.request(path)
                .header("Authorization", "Bearer " + secret)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body)));
    }
}
