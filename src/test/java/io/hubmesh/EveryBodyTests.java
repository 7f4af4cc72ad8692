package io.hubmesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.EndpointTable.Caller;
import io.hubmesh.EndpointTable.Line;
import io.hubmesh.accounts.AccessTokens;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Whatever reads a JSON body reads all of it: a member that it does not know is refused, and named. */
@HubTest
@Import(HubFixture.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // the scene is made once
class EveryBodyTests {

    /** What is asked for before what there is too much of. */
    private static final Map<String, String> REQUIRED =
            Map.of("POST /api/v1/experiments", "\"repetitions\":1,\"hubRate\":1,\"uploadRate\":1,\"downloadRate\":1,");

    private final HubFixture hub;
    private final AccessTokens tokens;
    private final EndpointScene scene;
    private final List<RequestMappingHandlerMapping> mappings;
    private final int port;
    private final HubClient client;

    EveryBodyTests(
            HubFixture hub,
            AccessTokens tokens,
            AutowireCapableBeanFactory beans,
            List<RequestMappingHandlerMapping> mappings,
            @LocalServerPort int port) {
        this.hub = hub;
        this.tokens = tokens;
        this.scene = beans.createBean(EndpointScene.class);
        this.mappings = mappings;
        this.port = port;
        this.client = new HubClient(port);
    }

    @TestFactory
    Collection<DynamicTest> aMemberThatNothingReadsIsRefused() {
        Set<String> readers = readers();
        assertThat(readers).hasSizeGreaterThan(20);
        return readers.stream()
                .map(endpoint -> DynamicTest.dynamicTest(endpoint, () -> {
                    HttpResponse<String> answer = send(endpoint);
                    assertThat(answer.statusCode()).isEqualTo(400);
                    assertThat(answer.body())
                            .contains("\"code\":\"malformed-request\"", "Nothing reads the member \\\"unheardOf\\\"");
                }))
                .toList();
    }

    @Test
    void whoMisspellsALimitIsToldAndGetsNothing() throws Exception {
        String token = tokens.create(hub.member(), "strict").secret();

        HttpResponse<String> answer = make(token, "{\"name\":\"for a day\",\"days\":1}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains("Nothing reads the member \\\"days\\\"; there may be: name, scope, expiresAt.");
        assertThat(make(token, "{\"" + "x".repeat(5_000) + "\":1}").body())
                .contains("x".repeat(64) + "…")
                .doesNotContain("x".repeat(65));
        assertThat(make(token, "{\"" + "\\ud83d\\ude00".repeat(65) + "\":1}").body())
                .contains("\\\"" + "😀".repeat(64) + "…");
        assertThat(client.send(client.request("/api/v1/tokens").header("Authorization", "Bearer " + token))
                        .body())
                .contains("\"name\":\"strict\"")
                .doesNotContain("for a day");
    }

    @Test
    void aMemberThatCannotBeReadIsNamed() throws Exception {
        String token = tokens.create(hub.member(), "strict").secret();

        assertThat(make(token, "{\"name\":\"x\",\"scope\":\"EVERYTHING\"}").body())
                .contains("\"code\":\"malformed-request\"", "The member \\\"scope\\\" is missing, or cannot be that.");
        assertThat(make(token, "{\"name\":\"x\"").body())
                .contains("\"code\":\"malformed-request\"", "The request could not be understood.");
        assertThat(make(token, "[]").body())
                .contains("\"code\":\"malformed-request\"", "The request could not be understood.");
    }

    private HttpResponse<String> make(String token, String body) throws Exception {
        return client.send(client.request("/api/v1/tokens")
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> send(String endpoint) throws Exception {
        Line line = EndpointTable.read().get(endpoint);
        assertThat(line).as("endpoints.txt names it").isNotNull();
        String body = "{" + REQUIRED.getOrDefault(endpoint, "") + "\"unheardOf\":1}";
        EndpointScene.Call call = scene.call(Caller.ADMINISTRATOR, port);
        Line bodied = new Line(line.endpoint(), line.request(), body, line.expected(), line.leavesOut());
        return client.send(call.request(bodied, client).header("Authorization", "Bearer " + call.secret()));
    }

    /** The endpoints that read a body, each a method, a blank and a path. */
    private Set<String> readers() {
        Set<String> all = new TreeSet<>();
        mappings.forEach(mapping -> mapping.getHandlerMethods().forEach((info, handler) -> {
            if (Arrays.stream(handler.getMethodParameters())
                    .anyMatch(parameter -> parameter.hasParameterAnnotation(RequestBody.class))) {
                info.getPatternValues().forEach(path -> info.getMethodsCondition()
                        .getMethods()
                        .forEach(method -> all.add(method + " " + path)));
            }
        }));
        return all;
    }
}
