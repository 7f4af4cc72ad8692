package io.hubmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubmesh.EndpointTable.Caller;
import io.hubmesh.EndpointTable.Line;
import io.hubmesh.accounts.Subject;
import io.hubmesh.operations.Scrub;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
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
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/**
 * Walks every endpoint as everybody, and holds each answer against {@link EndpointTable}. An endpoint that the table does not name fails, so that nobody
 * adds one without saying who may use it; so does a line whose endpoint is gone. That the one place that decides is asked, is in {@link
 * EveryEndpointAsksTests}; signing in and out, which filters answer, are in {@code SignInTests}.
 */
@HubTest
@Import(HubFixture.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // the scene is made once
class EveryEndpointTests {

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "ANY");
    private static final String ENDLESS = "text/event-stream";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final HubFixture hub;
    private final EndpointScene scene;
    private final List<RequestMappingInfoHandlerMapping> mappings;
    private final Scrub scrub;
    private final int port;
    private final HubClient client;

    EveryEndpointTests(
            HubFixture hub,
            AutowireCapableBeanFactory beans,
            List<RequestMappingInfoHandlerMapping> mappings,
            Scrub scrub,
            @LocalServerPort int port) {
        this.hub = hub;
        this.scene = beans.createBean(EndpointScene.class);
        this.mappings = mappings;
        this.scrub = scrub;
        this.port = port;
        this.client = new HubClient(port);
    }

    @Test
    void theTableNamesEveryEndpointAndNoOther() throws Exception {
        Set<String> mapped = mapped();
        Set<String> named = EndpointTable.read().keySet();
        List<String> wrong = new ArrayList<>();
        for (String endpoint : mapped) {
            if (!named.contains(endpoint)) {
                Line line = EndpointTable.guess(endpoint);
                wrong.add("endpoints.txt does not name " + endpoint
                        + ". Add a line under the heading that it belongs to. With this request it would be, if each status is right:\n"
                        + line.with(answers(line)));
            }
        }
        named.stream()
                .filter(endpoint -> !mapped.contains(endpoint))
                .forEach(gone -> wrong.add("endpoints.txt names " + gone + ", which is not there: take the line out."));
        assertThat(wrong).as("\n" + String.join("\n\n", wrong) + "\n").isEmpty();
    }

    @TestFactory
    Collection<DynamicTest> everybodyGetsTheAnswerOfTheTable() {
        return each(EndpointTable.read().values(), line -> {
            Map<Caller, Integer> found = answers(line);
            assertThat(found)
                    .as("If these are right, the line is: " + line.with(found))
                    .isEqualTo(line.expected());
        });
    }

    /** Whatever changes something does not do it for a page of somebody else's, which cannot know the token. */
    @TestFactory
    Collection<DynamicTest> aSessionAloneChangesNothing() throws Exception {
        HubClient browser = new HubClient(port);
        Subject boss = hub.anotherAdministrator();
        browser.signIn(boss.name(), HubFixture.PASSWORD);
        assertThat(browser.get("/api/v1/me").statusCode()).isEqualTo(200);
        List<Line> changing = EndpointTable.read().values().stream()
                .filter(line -> !SAFE.contains(line.method()))
                .toList();
        assertThat(changing).hasSizeGreaterThan(50);
        return each(changing, line -> {
            HttpResponse<String> answer =
                    browser.send(scene.call(Caller.STRANGER, port).request(line, browser));
            assertThat(answer.statusCode()).isEqualTo(403);
            if (line.request().startsWith("/api/")) {
                assertThat(answer.body()).contains("\"code\":\"csrf-token-invalid\"");
            }
        });
    }

    private interface Check {
        void of(Line line) throws Exception;
    }

    private static List<DynamicTest> each(Collection<Line> lines, Check check) {
        return lines.stream()
                .map(line -> DynamicTest.dynamicTest(line.endpoint(), () -> check.of(line)))
                .toList();
    }

    private Map<Caller, Integer> answers(Line line) throws Exception {
        Map<Caller, Integer> found = new LinkedHashMap<>();
        for (Caller caller : Caller.values()) {
            if (scrub.running()) { // a line before has begun it, and there is one at a time
                await().atMost(PATIENCE).until(() -> !scrub.running());
            }
            EndpointScene.Call call = scene.call(caller, port);
            HttpRequest.Builder request = call.request(line, client);
            if (caller != Caller.ANONYMOUS) {
                request.header("Authorization", "Bearer " + call.secret());
            }
            HttpResponse<InputStream> answer = client.send(request, BodyHandlers.ofInputStream());
            if (answer.headers().firstValue("Content-Type").orElse("").startsWith(ENDLESS)) {
                answer.body().close();
            } else {
                answer.body().readAllBytes();
            }
            found.put(caller, answer.statusCode());
        }
        return found;
    }

    private Set<String> mapped() {
        Set<String> all = new TreeSet<>();
        for (RequestMappingInfoHandlerMapping mapping : mappings) {
            for (RequestMappingInfo info : mapping.getHandlerMethods().keySet()) {
                for (String path : info.getPatternValues()) {
                    Set<?> methods = info.getMethodsCondition().getMethods();
                    if (methods.isEmpty()) {
                        all.add("ANY " + path);
                    }
                    methods.forEach(method -> all.add(method + " " + path));
                }
            }
        }
        return all;
    }
}
