package io.hubmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.mockingDetails;

import io.hubmesh.accounts.AccessTokens;
import io.hubmesh.accounts.Subject;
import io.hubmesh.library.Expected;
import io.hubmesh.library.Resource;
import io.hubmesh.library.Trash;
import io.hubmesh.permissions.Permissions;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.bean.override.mockito.MockitoSpyBean;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Walks every endpoint. Each is public, an administrator's, about oneself, or about a resource, and behaves so; one that is
 * none of these fails, so that nobody adds an endpoint without saying who may use it.
 */
@HubTest
@Import(HubFixture.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
@SuppressWarnings("NullAway.Init") // the scene is set before each test
class EveryEndpointAsksTests {

    private static final Set<String> PUBLIC = Set.of("GET /sign-in", "ANY /error");

    /** Answers about the one who asks; the measurement has tests of its own on what it leaves out. */
    private static final Set<String> ABOUT_ONESELF = Set.of(
            "GET /",
            "GET /account",
            "GET /api",
            "GET /api/v1/openapi.json",
            "GET /api/v1/openapi.json.yaml",
            "GET /account/password",
            "POST /account/password",
            "POST /account/sessions/end",
            "POST /account/sessions/{session}/end",
            "POST /account/tokens",
            "POST /account/tokens/{token}/revoke",
            "GET /advisor",
            "GET /api/v1/advisor",
            "GET /dashboard",
            "GET /mesh",
            "GET /simulator",
            "POST /trash/empty",
            "DELETE /api/v1/trash",
            "GET /api/v1/me",
            "GET /api/v1/mesh/socket",
            "POST /api/v1/me/password",
            "GET /api/v1/me/sessions",
            "GET /api/v1/me/usage",
            "DELETE /api/v1/me/sessions",
            "DELETE /api/v1/me/sessions/{session}",
            "GET /api/v1/measurement/events",
            "GET /api/v1/measurement/overview",
            "GET /api/v1/measurement/series",
            "GET /api/v1/tokens",
            "POST /api/v1/tokens",
            "DELETE /api/v1/tokens/{token}");

    /** Found by an id that only its holder knows and that is checked against the account; decides again when it is used. */
    private static final Set<String> ABOUT_A_LEASE = Set.of("GET /api/v1/mesh/leases/{lease}/chunks/{index}");

    /** Found by an id and shown to the account that began them alone; what asks besides is in the tests of uploads. */
    private static final String UPLOADS = "/api/v1/uploads";

    /** Lists that leave out what may not be read, decided one by one. */
    private static final Set<String> FILTERED = Set.of(
            "GET /api/v1/mesh/holders",
            "GET /api/v1/library",
            "GET /library",
            "GET /api/v1/trash",
            "GET /trash",
            "GET /search",
            "GET /api/v1/search");

    /** Under the administrator's rule. */
    private static final List<String> ADMINISTRATION = List.of(
            "/administration/",
            "/api/v1/accounts",
            "/api/v1/audit",
            "/api/v1/egress",
            "/api/v1/groups",
            "/api/v1/operations",
            "/api/v1/matrix",
            "/api/v1/mesh/settings",
            "/api/v1/library/settings",
            "/api/v1/measurement/settings",
            "/api/v1/mesh/peers");

    private static final List<String> RESOURCES =
            List.of("/api/v1/resources/{id}", "/resources/{id}", "/library/{id}", "/api/v1/trash/{id}", "/trash/{id}");

    /** What a well-meant request would bring. */
    private static final Map<String, String> BODIES = Map.of(
            "PATCH /api/v1/resources/{id}", "{\"name\":\"another\"}",
            "POST /api/v1/resources/{id}/folders", "{\"name\":\"new\"}",
            "POST /api/v1/resources/{id}/copies", "{\"parent\":\"00000000-0000-0000-0000-000000000001\"}",
            "POST /api/v1/resources/{id}/paths", "{\"paths\":[]}",
            "POST /api/v1/resources/{id}/versions", "{\"version\":1}",
            "PUT /api/v1/resources/{id}/kept-copies", "{\"copies\":1}",
            "PUT /api/v1/resources/{id}/grants/{account}", "{\"level\":\"READ\"}",
            "PUT /api/v1/resources/{id}/grants/groups/{group}", "{\"level\":\"READ\"}");

    private final HubFixture hub;
    private final AccessTokens tokens;
    private final Trash trash;
    private final RequestMappingHandlerMapping endpoints;
    private final HubClient client;

    @MockitoSpyBean
    private Permissions permissions;

    private String token;
    private Resource file;
    private Resource deleted;

    EveryEndpointAsksTests(
            HubFixture hub,
            AccessTokens tokens,
            Trash trash,
            RequestMappingHandlerMapping requestMappingHandlerMapping,
            @LocalServerPort int port) {
        this.hub = hub;
        this.tokens = tokens;
        this.trash = trash;
        this.endpoints = requestMappingHandlerMapping;
        this.client = new HubClient(port);
    }

    @BeforeEach
    void setTheScene() {
        Subject stranger = hub.member();
        token = tokens.create(stranger, "test").secret();
        file = hub.file(HubFixture.bytes(100));
        deleted = hub.file(HubFixture.bytes(100));
        trash.delete(hub.administrator(), deleted.id(), Expected.ANY);
    }

    @Test
    void thereAreEndpoints() {
        assertThat(all()).hasSizeGreaterThan(20).containsAll(ABOUT_A_LEASE);
    }

    @TestFactory
    List<DynamicTest> everyEndpointIsOfAKind() {
        return all().stream()
                .map(endpoint -> DynamicTest.dynamicTest(endpoint, () -> check(endpoint)))
                .toList();
    }

    private void check(String endpoint) throws Exception {
        String path = endpoint.substring(endpoint.indexOf(' ') + 1);
        if (PUBLIC.contains(endpoint)) {
            return;
        }
        assertThat(send(endpoint, false).statusCode())
                .as("without signing in")
                .isIn(path.startsWith("/api/") ? List.of(401, 403) : List.of(302, 403));
        if (ADMINISTRATION.stream().anyMatch(path::startsWith)) {
            assertThat(send(endpoint, true).statusCode()).as("as a member").isEqualTo(403);
        } else if (ABOUT_A_LEASE.contains(endpoint)) {
            assertThat(send(endpoint, true).body()).contains("\"code\":\"lease-invalid\"");
        } else if (path.startsWith(UPLOADS)) {
            assertThat(send(endpoint, true).body()).doesNotContain("file.bin");
        } else if (FILTERED.contains(endpoint)) {
            checkItLeavesOut(endpoint);
        } else if (!ABOUT_ONESELF.contains(endpoint)) {
            assertThat(RESOURCES).as("%s is of a kind that is known", endpoint).anyMatch(path::startsWith);
            checkItAsks(endpoint);
        }
    }

    private void checkItAsks(String endpoint) throws Exception {
        clearInvocations(permissions);
        HttpResponse<String> answer = send(endpoint, true);

        assertThat(answer.statusCode()).as("without a grant").isEqualTo(404);
        assertThat(answer.body()).doesNotContain("file.bin");
        assertAsked();
    }

    private void checkItLeavesOut(String endpoint) throws Exception {
        clearInvocations(permissions);
        HttpResponse<String> answer = send(endpoint, true);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).doesNotContain("file.bin", content());
        assertAsked();
    }

    private String content() {
        return Objects.requireNonNull(file.file()).contentId().hex();
    }

    private void assertAsked() {
        assertThat(mockingDetails(permissions).getInvocations())
                .as("the one place that decides was asked")
                .anyMatch(call ->
                        Set.of("decide", "require").contains(call.getMethod().getName()));
    }

    private HttpResponse<String> send(String endpoint, boolean signedIn) throws Exception {
        String method = endpoint.substring(0, endpoint.indexOf(' '));
        String path = endpoint.substring(endpoint.indexOf(' ') + 1)
                .replace(
                        "{id}",
                        (endpoint.contains("/trash/") ? deleted : file).id().toString())
                .replace("{index}", "0")
                .replace("grants/groups/{group}", "grants/groups/" + file.id())
                .replace("{number}", "1")
                .replaceAll("\\{\\w+}", "admin");
        var request = client.request(path + query(path))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(BODIES.getOrDefault(endpoint, "")));
        return client.send(signedIn ? request.header("Authorization", "Bearer " + token) : request);
    }

    private String query(String path) {
        if (path.endsWith("/files")) {
            return "?name=new";
        }
        if (path.endsWith("/grantees")) {
            return "?beginning=ad";
        }
        if (path.endsWith("/search")) {
            return "?name=file";
        }
        return path.endsWith("/holders") ? "?content=" + content() : "";
    }

    private Set<String> all() {
        Set<String> all = new TreeSet<>();
        for (RequestMappingInfo mapping : endpoints.getHandlerMethods().keySet()) {
            for (String path : mapping.getPatternValues()) {
                Set<?> methods = mapping.getMethodsCondition().getMethods();
                if (methods.isEmpty()) {
                    all.add("ANY " + path);
                }
                methods.forEach(method -> all.add(method + " " + path));
            }
        }
        return all;
    }
}
