package io.hubmesh.api.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.HubClient;
import io.hubmesh.HubFixture;
import io.hubmesh.HubTest;
import io.hubmesh.kernel.ProblemCode;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@HubTest
@Import(HubFixture.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
@SuppressWarnings("NullAway.Init") // read before each test
class DocumentTests {

    private static final String DOCUMENT = "/api/v1/openapi.json";
    private static final Pattern REFERENCE = Pattern.compile("\"\\$ref\"\\s*:\\s*\"#/components/([^\"]+)\"");

    private final RequestMappingHandlerMapping endpoints;
    private final HubFixture hub;
    private final HubClient client;
    private String text;
    private JsonNode document;

    DocumentTests(
            RequestMappingHandlerMapping requestMappingHandlerMapping, HubFixture hub, @LocalServerPort int port) {
        this.endpoints = requestMappingHandlerMapping;
        this.hub = hub;
        this.client = new HubClient(port);
    }

    @BeforeEach
    void read() throws Exception {
        client.signIn(hub.member().name(), HubFixture.PASSWORD);
        text = client.get(DOCUMENT).body();
        document = new JsonMapper().readTree(text);
    }

    @Test
    void aReaderOfOpenApi31FindsNothingWrong() {
        SwaggerParseResult result = new OpenAPIV3Parser().readContents(text, null, null);
        assertThat(result.getMessages()).isEmpty();
        assertThat(document.path("openapi").asString("")).startsWith("3.1");
    }

    @Test
    void everyEndpointIsInItAndNothingElse() {
        assertThat(told()).isEqualTo(mapped());
    }

    @Test
    void everyReferenceLeadsSomewhereAndEveryOperationHasANameOfItsOwn() {
        Matcher references = REFERENCE.matcher(text);
        while (references.find()) {
            String[] place = references.group(1).split("/");
            assertThat(document.path("components").path(place[0]).has(place[1]))
                    .as(references.group())
                    .isTrue();
        }
        List<String> names =
                operations().values().stream().map(Operation::getOperationId).toList();
        assertThat(names).doesNotHaveDuplicates();
    }

    @Test
    void everyOperationSaysWhatItDoesWhereItBelongsAndHowItFails() {
        operations().forEach((endpoint, operation) -> {
            assertThat(operation.getSummary()).as(endpoint).isNotBlank().hasSizeLessThan(100);
            assertThat(operation.getTags()).as(endpoint).hasSize(1);
            assertThat(operation.getResponses().get("default"))
                    .as(endpoint)
                    .isNotNull()
                    .extracting(ApiResponse::get$ref)
                    .asString()
                    .endsWith("/Problem");
        });
    }

    @Test
    void everySummaryIsOfAnEndpoint() {
        assertThat(mapped()).containsAll(Summaries.read().keySet());
    }

    @Test
    void theCodesOfProblemsAreTheClosedList() {
        JsonNode codes = document.at("/components/schemas/Problem/properties/code/enum");
        assertThat(codes.valueStream().map(code -> code.asString("")))
                .containsExactlyElementsOf(Arrays.stream(ProblemCode.values())
                        .map(ProblemCode::code)
                        .toList());
    }

    @Test
    void itNamesNoInternalsAndTwoRecordsOfOneNameAreTwoSchemas() {
        assertThat(text).doesNotContain("io.hubmesh", "java.", "springframework", "Controller", "localhost", "Subject");
        JsonNode schemas = document.path("components").path("schemas");
        assertThat(schemas.path("GroupsWanted").path("properties").propertyNames())
                .containsExactly("name");
        assertThat(schemas.path("AccountsWanted").path("properties").propertyNames())
                .contains("name", "role");
    }

    @Test
    void bytesAndIdsAreToldAsWhatTheyAre() {
        JsonNode content =
                document.path("paths").path("/api/v1/resources/{id}/content").path("get");
        assertThat(content.at("/responses/206/content").has("application/octet-stream"))
                .isTrue();
        assertThat(content.at("/parameters/0/schema/format").asString("")).isEqualTo("uuid");
        assertThat(document.path("paths")
                        .path("/api/v1/resources/{id}/folders")
                        .path("post")
                        .path("responses")
                        .has("201"))
                .isTrue();
    }

    @Test
    void thePageShowsEveryEndpointWithoutAnythingInline() throws Exception {
        String page = client.get("/api").body();
        for (String endpoint : told()) {
            assertThat(page).contains(endpoint);
        }
        assertThat(page).doesNotContain("<script>", "<style", " style=");
    }

    private Map<String, Operation> operations() {
        OpenAPI parsed = new OpenAPIV3Parser().readContents(text, null, null).getOpenAPI();
        Map<String, Operation> operations = new TreeMap<>();
        for (Map.Entry<String, PathItem> path : parsed.getPaths().entrySet()) {
            path.getValue()
                    .readOperationsMap()
                    .forEach((method, operation) -> operations.put(method + " " + path.getKey(), operation));
        }
        return operations;
    }

    private Set<String> told() {
        return operations().keySet();
    }

    private Set<String> mapped() {
        Set<String> mapped = new TreeSet<>();
        endpoints.getHandlerMethods().keySet().forEach(mapping -> mapping.getPatternValues().stream()
                .filter(path -> path.startsWith("/api/v1/") && !path.startsWith(DOCUMENT))
                .forEach(path -> {
                    for (RequestMethod method : mapping.getMethodsCondition().getMethods()) {
                        mapped.add(method + " " + path);
                    }
                }));
        return mapped;
    }
}
