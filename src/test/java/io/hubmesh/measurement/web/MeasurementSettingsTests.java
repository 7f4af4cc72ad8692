package io.hubmesh.measurement.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubmesh.HubClient;
import io.hubmesh.HubFixture;
import io.hubmesh.HubTest;
import io.hubmesh.accounts.AccessTokens;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.measurement.MeasurementSettings;
import io.hubmesh.measurement.MeasurementSettingsBook;
import io.hubmesh.measurement.Overviews;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;

/** The settings of measuring, over REST and on their page. */
@HubTest
@Import(HubFixture.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class MeasurementSettingsTests {

    private static final String API = "/api/v1/measurement/settings";
    private static final String PAGE = "/administration/measurement";
    private static final String KEPT = "\"keepMinutesForHours\":48,\"keepHoursForDays\":90,\"keepDaysForDays\":1826}";
    private static final String DEFAULTS = "{\"price\":null," + KEPT;

    private final HubFixture hub;
    private final MeasurementSettingsBook book;
    private final Overviews overviews;
    private final HubClient browser;
    private final String token;
    private final int port;

    MeasurementSettingsTests(
            HubFixture hub,
            MeasurementSettingsBook book,
            Overviews overviews,
            AccessTokens tokens,
            @LocalServerPort int port) {
        this.hub = hub;
        this.book = book;
        this.overviews = overviews;
        this.port = port;
        this.browser = new HubClient(port);
        this.token = tokens.create(hub.administrator(), "settings").secret();
    }

    @BeforeEach
    @AfterEach
    void fromTheBeginning() throws Exception {
        assertThat(put(tag(), DEFAULTS).statusCode()).isEqualTo(200);
    }

    @Test
    void aPriceIsToldToWhoeverSeesTheDashboard() throws Exception {
        assertThat(api("GET", null, "").body()).isEqualTo(DEFAULTS);
        assertThat(overviews.of(hub.member()).price()).isNull();

        HttpResponse<String> written = put(tag(), "{\"price\":{\"perGb\":0.0900,\"currency\":\"EUR\"}," + KEPT);

        assertThat(written.body()).isEqualTo("{\"price\":{\"perGb\":0.09,\"currency\":\"EUR\"}," + KEPT);
        assertThat(api("GET", null, "").body()).isEqualTo(written.body());
        assertThat(overviews.of(hub.member()).price()).isEqualTo(book.now().price());
        HttpResponse<String> recorded = browser.send(browser.request("/api/v1/audit?action=SETTINGS_CHANGED&limit=1")
                .header("Authorization", "Bearer " + token)
                .GET());
        assertThat(recorded.body()).contains("0.09 EUR", "keepHoursForDays");
    }

    @Test
    void hundredIsWrittenAsHundredAndForEverAsNull() throws Exception {
        String body = "{\"price\":{\"perGb\":100,\"currency\":\"JPY\"},"
                + "\"keepMinutesForHours\":1,\"keepHoursForDays\":1,\"keepDaysForDays\":null}";

        assertThat(put(tag(), body).body()).isEqualTo(body);
    }

    @Test
    void whoWritesSaysWhatTheyHaveRead() throws Exception {
        String before = tag();
        put(before, DEFAULTS);

        assertThat(put(null, DEFAULTS).statusCode()).isEqualTo(428);
        assertThat(put(before, DEFAULTS).statusCode()).isEqualTo(412);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"price\":{\"perGb\":-0.01,\"currency\":\"EUR\"}," + KEPT,
                "{\"price\":{\"perGb\":1000000.01,\"currency\":\"EUR\"}," + KEPT,
                "{\"price\":{\"perGb\":1e999999999,\"currency\":\"EUR\"}," + KEPT,
                "{\"price\":{\"perGb\":1e-999999999,\"currency\":\"EUR\"}," + KEPT,
                "{\"price\":{\"perGb\":0.0000001,\"currency\":\"EUR\"}," + KEPT,
                "{\"price\":{\"perGb\":1,\"currency\":\"eur\"}," + KEPT,
                "{\"price\":{\"perGb\":1,\"currency\":\"ZZZZ\"}," + KEPT,
                "{\"price\":{\"perGb\":1}," + KEPT,
                "{\"price\":null}",
                "{\"keepMinutesForHours\":0,\"keepHoursForDays\":90}",
                "{\"keepMinutesForHours\":745,\"keepHoursForDays\":90}",
                "{\"keepMinutesForHours\":48,\"keepHoursForDays\":1827}",
                "{\"keepMinutesForHours\":48,\"keepHoursForDays\":90,\"keepDaysForDays\":36501}",
                "{\"keepMinutesForHours\":49,\"keepHoursForDays\":2,\"keepDaysForDays\":2}",
                "{\"keepMinutesForHours\":48,\"keepHoursForDays\":90,\"keepDaysForDays\":89}"
            })
    void whatIsOutOfBoundsChangesNothing(String body) throws Exception {
        long version = book.now().version();

        HttpResponse<String> answer = put(tag(), body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"code\":\"invalid-value\"");
        assertThat(book.now().version()).isEqualTo(version);
    }

    @Test
    void theFormSavesAndRefusesAStaleOne() throws Exception {
        browser.signIn("admin", HubTest.ADMINISTRATOR_PASSWORD);
        long version = book.now().version();

        assertThat(form(Map.of("perGb", "0.05", "currency", " usd", "keepDaysForDays", ""))
                        .statusCode())
                .isEqualTo(302);
        assertThat(String.valueOf(book.now().price())).isEqualTo("0.05 USD");
        assertThat(book.now().keepDaysForDays()).isNull();
        assertThat(browser.get(PAGE).body()).contains("Saved.", "value=\"0.05\"", "value=\"USD\"");
        assertThat(form(Map.of("version", "" + version)).statusCode()).isEqualTo(422);
        assertThat(form(Map.of("perGb", "1", "currency", "")).body()).contains("A currency is three letters");
        assertThat(form(Map.of("keepMinutesForHours", "many")).body()).contains("Enter numbers.");
    }

    @Test
    void nobodyButAnAdministratorReachesThem() throws Exception {
        HubClient member = new HubClient(port);
        member.signIn(hub.member().name(), HubFixture.PASSWORD);
        MeasurementSettings now = book.now();

        assertThat(member.get(PAGE).statusCode()).isEqualTo(403);
        assertThat(member.get(API).statusCode()).isEqualTo(403);
        assertThatThrownBy(() -> book.change(hub.member(), now))
                .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.code())
                        .isEqualTo(ProblemCode.FORBIDDEN));
    }

    private HttpResponse<String> form(Map<String, String> typed) throws IOException, InterruptedException {
        Map<String, String> fields = new HashMap<>(Map.of(
                "version", String.valueOf(book.now().version()),
                "keepMinutesForHours", "48",
                "keepHoursForDays", "90",
                "keepDaysForDays", "1826"));
        fields.putAll(typed);
        fields.put("_csrf", browser.csrf(PAGE));
        return browser.form(PAGE, fields);
    }

    private String tag() throws IOException, InterruptedException {
        return api("GET", null, "").headers().firstValue("ETag").orElseThrow();
    }

    private HttpResponse<String> put(@Nullable String tag, String body) throws IOException, InterruptedException {
        return api("PUT", tag, body);
    }

    private HttpResponse<String> api(String method, @Nullable String tag, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = browser.request(API)
                .method(method, BodyPublishers.ofString(body))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token);
        return browser.send(tag == null ? request : request.header("If-Match", tag));
    }
}
