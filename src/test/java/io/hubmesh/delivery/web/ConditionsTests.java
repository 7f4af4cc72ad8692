package io.hubmesh.delivery.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.HubClient;
import io.hubmesh.HubFixture;
import io.hubmesh.HubTest;
import io.hubmesh.accounts.AccessTokens;
import io.hubmesh.accounts.Subject;
import io.hubmesh.library.Resource;
import io.hubmesh.permissions.Level;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;

/** Downloads on condition: of a version that the client has, or has begun with (RFC 9110, section 13). */
@HubTest
@Import(HubFixture.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class ConditionsTests {

    private static final String LONG_AGO = "Mon, 01 Jan 2001 00:00:00 GMT";
    private static final String LATER = "Fri, 01 Jan 2100 00:00:00 GMT";

    private final HubClient client;
    private final byte[] bytes = HubFixture.bytes(1_000);
    private final Resource file;
    private final String token;
    private final String etag;

    ConditionsTests(HubFixture hub, AccessTokens tokens, @LocalServerPort int port) throws Exception {
        client = new HubClient(port);
        Subject reader = hub.member();
        file = hub.file(bytes);
        hub.grant(reader, file, Level.READ);
        token = tokens.create(reader, "test").secret();
        etag = get().headers().firstValue("ETag").orElseThrow();
    }

    @Test
    void aRangeHoldsOnlyForTheVersionThatItWasBegunWith() throws Exception {
        assertThat(get("Range", "bytes=0-9", "If-Range", etag).statusCode()).isEqualTo(206);
        assertThat(get("Range", "bytes=0-9", "If-Range", "\"other\"").body()).isEqualTo(bytes);
    }

    @Test
    void whoHasItAlreadyGetsNothing() throws Exception {
        HttpResponse<byte[]> answer = get("If-None-Match", etag);

        assertThat(answer.statusCode()).isEqualTo(304);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().allValues("ETag")).containsExactly(etag);
    }

    @Test
    void whoHasBegunWithThisVersionGoesOn() throws Exception {
        assertThat(get("If-Match", etag, "Range", "bytes=990-").statusCode()).isEqualTo(206);
        for (String match : new String[] {"*", "\"other\", " + etag}) {
            assertThat(get("If-Match", match).body()).as(match).isEqualTo(bytes);
        }
        assertThat(get("If-Match", "\"other\"", "If-Match", etag).body()).isEqualTo(bytes);
        assertThat(get("If-Unmodified-Since", LATER).body()).isEqualTo(bytes);
        assertThat(get("If-Unmodified-Since", "yesterday").body()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"other\"", "W/%s", "nonsense", "\"", ","})
    void whoHasBegunWithAnotherVersionIsTold(String match) throws Exception {
        assertRefused("If-Match", match.formatted(etag), "Range", "bytes=990-");
        assertRefused("If-Match", match.formatted(etag), "If-None-Match", etag);
    }

    @Test
    void whoWantsNothingYoungerIsTold() throws Exception {
        assertRefused("If-Unmodified-Since", LONG_AGO);
    }

    @Test
    void headIsRefusedAsWell() throws Exception {
        var head = client.request(path())
                .header("Authorization", "Bearer " + token)
                .header("If-Match", "\"other\"")
                .method("HEAD", BodyPublishers.noBody());

        assertThat(client.send(head).statusCode()).isEqualTo(412);
    }

    private void assertRefused(String... headers) throws Exception {
        HttpResponse<byte[]> answer = get(headers);
        assertThat(answer.statusCode()).isEqualTo(412);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("\"code\":\"precondition-failed\"");
        assertThat(answer.headers().firstValue("Content-Disposition")).isEmpty();
    }

    private HttpResponse<byte[]> get(String... headers) throws Exception {
        var request = client.request(path())
                .header("Authorization", "Bearer " + token)
                .GET();
        for (int at = 0; at < headers.length; at += 2) {
            request.header(headers[at], headers[at + 1]);
        }
        return client.send(request, BodyHandlers.ofByteArray());
    }

    private String path() {
        return "/api/v1/resources/" + file.id() + "/content";
    }
}
