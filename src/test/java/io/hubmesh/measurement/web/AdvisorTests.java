package io.hubmesh.measurement.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.HubClient;
import io.hubmesh.HubFixture;
import io.hubmesh.HubTest;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@HubTest
@Import(HubFixture.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class AdvisorTests {

    private static final String API = "/api/v1/advisor";
    private static final String PAGE = "/advisor";

    private final HubFixture hub;
    private final JsonMapper json;
    private final HubClient client;

    AdvisorTests(HubFixture hub, JsonMapper json, @LocalServerPort int port) {
        this.hub = hub;
        this.json = json;
        this.client = new HubClient(port);
    }

    @BeforeEach
    void signIn() throws Exception {
        client.signIn(hub.member().name(), HubFixture.PASSWORD);
    }

    @Test
    void theAnswerCarriesThePredictionTheCrossingAndTheReasons() throws Exception {
        String query = "?receivers=4&sizeMib=1024&hubUploadMbits=100&downloadMbits=100&uploadMbits=20&spreadMinutes=0"
                + "&stayingPercent=100&directPercent=100&relayedPercent=0&pricePerGb=0&sensitivity=public";
        JsonNode answer = json.readTree(client.get(API + query).body());
        assertThat(answer.at("/predictions/0/model").asString()).isEqualTo("hub");
        assertThat(answer.at("/predictions/0/boundSeconds").asDouble()).isEqualTo(4 * 1024 * 1.048576 / 12.5);
        assertThat(answer.at("/predictions/1/offload").asDouble()).isEqualTo(0.75);
        assertThat(answer.at("/environment/sensitivity").asString()).isEqualTo("public");
        assertThat(answer.at("/crossingReceivers").asInt()).isEqualTo(5);
        assertThat(answer.at("/recommendation/reasons").size()).isGreaterThan(3);
        assertThat(answer.at("/curve").size()).isGreaterThan(20);
    }

    @Test
    void whatIsLeftOutIsAsInTheExample() throws Exception {
        assertThat(client.get(API).body())
                .isEqualTo(client.get(API + "?receivers=&sizeMib=1024").body());
        assertThat(json.readTree(client.get(API).body())
                        .at("/environment/receivers")
                        .asInt())
                .isEqualTo(100);
    }

    @Test
    void thePageSaysTheSameAndKeepsWhatWasAsked() throws Exception {
        String query = "?receivers=37&sensitivity=confidential";
        String page = client.get(PAGE + query).body();
        assertThat(page)
                .contains("value=\"37\"", "Recommended: <span>From the hub</span>", "may not learn of each other");
        JsonNode answer = json.readTree(client.get(API + query).body());
        for (JsonNode reason : answer.at("/recommendation/reasons")) {
            assertThat(page).contains(reason.asString());
        }
        assertThat(page).contains("/simulator?receivers=37");
    }

    @Test
    void thePageCallsItsFieldsAsTheFormDoes() throws Exception {
        assertThat(client.get(PAGE + "?receivers=many").body())
                .contains("“Receivers” must be a whole number from 1 to 100,000.");
        assertThat(client.get(PAGE + "?relayedPercent=90").body())
                .contains("“Reached directly, in %” and “Reached through a relay, in %” are more than 100 together.");
    }

    @ParameterizedTest
    @CsvSource({"9, true", "10, false", "5000, false", "5001, true"})
    void whatTheSimulatorDoesNotRunIsSaidBeforeOneGoesThere(String receivers, boolean said) throws Exception {
        String words = "The simulator runs 10 to 5,000 peers, not " + (said ? receivers.replace("5001", "5,001") : "");
        String page = client.get(PAGE + "?receivers=" + receivers).body();
        assertThat(page.contains(words)).as(page).isEqualTo(said);
        assertThat(client.get("/simulator?receivers=" + receivers).body())
                .contains("value=\"" + receivers + "\"", "10 to 5,000.");
    }

    @ParameterizedTest
    @CsvSource({
        "receivers, 0",
        "receivers, 100001",
        "receivers, 1.5",
        "receivers, -3",
        "receivers, 999999999999999999999",
        "sizeMib, 0",
        "sizeMib, NaN",
        "sizeMib, 1e9",
        "hubUploadMbits, 0",
        "hubUploadMbits, Infinity",
        "downloadMbits, 0x10",
        "uploadMbits, -1",
        "uploadMbits, '1,5'",
        "spreadMinutes, 525601",
        "stayingPercent, 101",
        "directPercent, 100.5",
        "relayedPercent, 16",
        "pricePerGb, 1e400",
        "sensitivity, INTERNAL",
        "sensitivity, <script>alert(1)</script>",
        "receivers, <script>alert(1)</script>",
    })
    void whatCannotBeReckonedWithIsRefusedByNameAndEchoedAsText(String name, String value) throws Exception {
        String query = "?" + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
        HttpResponse<String> answer = client.get(API + query);
        assertThat(answer.statusCode()).isEqualTo(400);
        JsonNode problem = json.readTree(answer.body());
        assertThat(problem.get("code").asString()).isEqualTo("invalid-value");
        assertThat(problem.get("detail").asString()).contains(name);
        HttpResponse<String> page = client.get(PAGE + query);
        assertThat(page.statusCode()).isEqualTo(422);
        assertThat(page.body()).contains("role=\"alert\"").doesNotContain("<script>alert");
    }
}
