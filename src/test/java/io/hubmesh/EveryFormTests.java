package io.hubmesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.EndpointTable.Caller;
import io.hubmesh.EndpointTable.Line;
import io.hubmesh.accounts.Quota;
import io.hubmesh.accounts.Quotas;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.core.MethodParameter;
import org.springframework.test.context.TestConstructor;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Whatever is posted to a page is answered by a page: fields that are missing, empty, too long or of another kind are no fault of the hub's. Every form is
 * found by itself, with its fields; {@link EndpointTable} knows what a right one holds, and {@link EveryEndpointTests} who may post it.
 */
@HubTest
@Import(HubFixture.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // the scene is made once
class EveryFormTests {

    private static final int FAULT = 500;

    /** More than any field is for, and less than what the container reads of a form. In characters. */
    private static final int LONG = 100_000;

    /** More than the container reads of a form. In characters. */
    private static final int TOO_LONG = 3 * 1024 * 1024;

    /** Each as it stands in a body. The numbers are beyond what a 32 or 64 bit number or a date holds, and would need all memory when written out. */
    private static final List<String> GARBAGE = List.of(
            "",
            "none",
            "-1",
            "0.5",
            "2147483647",
            "9223372036854775807",
            "99999999999999999999999",
            "1e999999999",
            "1e-999999999",
            "NaN",
            "%00",
            "%F0%9F%98%80%0D%0A%E2%80%AE",
            "%FF%C0%80",
            "%zz",
            "%",
            "%3Cscript%3E%24%7B7*7%7D%23%7B7*7%7D",
            "00000000-0000-0000-0000-000000000009",
            "x".repeat(LONG));

    private final EndpointScene scene;
    private final List<RequestMappingHandlerMapping> mappings;
    private final Quotas quotas;
    private final int port;
    private final HubClient client;

    EveryFormTests(
            AutowireCapableBeanFactory beans,
            List<RequestMappingHandlerMapping> mappings,
            Quotas quotas,
            @LocalServerPort int port) {
        this.scene = beans.createBean(EndpointScene.class);
        this.mappings = mappings;
        this.quotas = quotas;
        this.port = port;
        this.client = new HubClient(port);
    }

    @TestFactory
    Collection<DynamicTest> whateverIsPostedIsNoFaultOfTheHubs() {
        Map<String, Set<String>> forms = forms();
        assertThat(forms).hasSizeGreaterThan(30);
        assertThat(forms.get("POST /administration/quotas")).containsExactly("storage", "upload");
        return forms.entrySet().stream()
                .map(form -> DynamicTest.dynamicTest(form.getKey(), () -> post(form.getKey(), form.getValue())))
                .toList();
    }

    /** Before anybody has signed in, and in a query. */
    @Test
    void whatCannotBeReadIsRefusedWithAPage() throws Exception {
        HttpResponse<String> signIn = client.send(client.request("/sign-in")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("name=%zz")));
        HttpResponse<String> list = client.send(client.request("/trash?cursor=%FF")
                .header(
                        "Authorization",
                        "Bearer " + scene.call(Caller.READ, port).secret()));

        assertThat(signIn.statusCode()).isEqualTo(400);
        assertThat(signIn.body()).contains("<html");
        assertThat(list.statusCode()).isEqualTo(400);
        assertThat(list.body()).contains("<html");
    }

    @Test
    void aQuotaWithoutItsFieldsIsRefusedAsOneThatIsNone() throws Exception {
        Quota before = quotas.forEverybody();
        EndpointScene.Call call = scene.call(Caller.ADMINISTRATOR, port);
        Line line = Objects.requireNonNull(EndpointTable.read().get("POST /administration/quotas"));

        assertThat(answers(call, with(line, "unheardOf=1"))).containsExactly(302, 200);
        assertThat(quotas.forEverybody()).isEqualTo(before);
    }

    private void post(String endpoint, Set<String> fields) throws Exception {
        Line line = Objects.requireNonNull(EndpointTable.read().get(endpoint), "endpoints.txt names it");
        boolean refusesTheRightOneToo = line.expected().getOrDefault(Caller.ADMINISTRATOR, 0) >= FAULT;
        if (refusesTheRightOneToo) {
            assertThat(fields).isEmpty(); // nothing of it can be wrong
            return;
        }
        EndpointScene.Call call = scene.call(Caller.ADMINISTRATOR, port);
        List<String> faults = new ArrayList<>();
        for (String body : bodies(line.body(), fields)) {
            for (int status : answers(call, with(line, body))) {
                if (status >= FAULT) {
                    faults.add(status + " to " + body.substring(0, Math.min(200, body.length())));
                }
            }
        }
        assertThat(faults).isEmpty();
    }

    /** Nothing; all fields with the same in them; the right form with one field wrong, or without it. */
    private static Set<String> bodies(String right, Set<String> fields) {
        Set<String> bodies = new TreeSet<>(List.of("unheardOf=1", "unheardOf=" + "x".repeat(TOO_LONG)));
        for (String garbage : GARBAGE) {
            bodies.add(fields.stream().map(field -> field + "=" + garbage).collect(Collectors.joining("&")));
            for (String wrong : fields) {
                Stream<String> others = Arrays.stream(right.split("&")).filter(each -> !each.startsWith(wrong + "="));
                String rest = others.collect(Collectors.joining("&"));
                bodies.add(rest);
                bodies.add(rest + "&" + wrong + "=" + garbage);
            }
        }
        return bodies;
    }

    private static Line with(Line line, String body) {
        return new Line(line.endpoint(), line.request(), body, line.expected(), line.leavesOut());
    }

    /** Of the form, and of the page to which it leads, where what was typed is shown again. */
    private List<Integer> answers(EndpointScene.Call call, Line line) throws Exception {
        String authorization = "Bearer " + call.secret();
        HttpRequest.Builder form = call.request(line, client).header("Authorization", authorization);
        if (line.body().isEmpty()) {
            form.POST(BodyPublishers.noBody());
        }
        HttpResponse<Void> answer = client.send(form, BodyHandlers.discarding());
        String next = answer.headers().firstValue("Location").orElse(null);
        if (next == null) {
            return List.of(answer.statusCode());
        }
        return List.of(answer.statusCode(), status(next, authorization));
    }

    private int status(String page, String authorization) throws IOException, InterruptedException {
        return client.send(client.request(page).header("Authorization", authorization), BodyHandlers.discarding())
                .statusCode();
    }

    /** What is posted to pages, each a method, a blank and a path, and the fields that it reads. */
    private Map<String, Set<String>> forms() {
        Map<String, Set<String>> all = new TreeMap<>();
        mappings.forEach(mapping -> mapping.getHandlerMethods().forEach((info, handler) -> {
            if (info.getMethodsCondition().getMethods().contains(RequestMethod.POST)) {
                info.getPatternValues().stream()
                        .filter(path -> !path.startsWith("/api/"))
                        .forEach(path -> all.put("POST " + path, fields(handler)));
            }
        }));
        return all;
    }

    private static Set<String> fields(HandlerMethod handler) {
        Set<String> fields = new TreeSet<>();
        for (MethodParameter parameter : handler.getMethodParameters()) {
            Class<?> type = parameter.getParameterType();
            if (parameter.hasParameterAnnotation(RequestParam.class)) {
                fields.add(parameter.getParameter().getName());
            } else if (type.isRecord() && type.getPackageName().endsWith(".web")) {
                Arrays.stream(type.getRecordComponents())
                        .map(RecordComponent::getName)
                        .forEach(fields::add);
            }
        }
        return fields;
    }
}
