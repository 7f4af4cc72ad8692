package io.hubmesh.experiments.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.HubClient;
import io.hubmesh.HubFixture;
import io.hubmesh.HubTest;
import io.hubmesh.library.Resource;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;

@HubTest
@Import(HubFixture.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class ComparePageTests {

    private final HubFixture hub;
    private final HubClient client;

    ComparePageTests(HubFixture hub, @LocalServerPort int port) {
        this.hub = hub;
        this.client = new HubClient(port);
    }

    @ParameterizedTest
    @CsvSource({
        "hub, 0.015, The hub sends",
        "hub, 95000.1, The hub sends",
        "hub, '', The hub sends",
        "hub, -1, The hub sends",
        "upload, 0, A receiver gives",
        "download, 1e300, A receiver takes",
    })
    void aRateOutOfItsBoundsIsRefusedInTheWordsAndTheUnitOfTheForm(String field, String entered, String label)
            throws Exception {
        Resource file = hub.file(HubFixture.bytes(1_000));
        client.signIn(hub.anotherAdministrator().name(), HubFixture.PASSWORD);
        String form = "/compare?resource=" + file.id();
        assertThat(client.get(form).body()).contains(">" + label + ", in MiB a second<", "min=\"0.016\" max=\"95000\"");
        Map<String, String> fields = new HashMap<>(Map.of(
                "resource", file.id().toString(),
                "models", "HUB",
                "peers", "0123456789abcdef0123456789abcdef",
                "repetitions", "1",
                "hub", "2",
                "upload", "1",
                "download", "4",
                "_csrf", client.csrf(form)));
        fields.put(field, entered);

        HttpResponse<String> refused = client.form("/compare", fields);

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body())
                .contains("“" + label + "” must be 0.016 to 95,000 MiB a second.")
                .doesNotContain("bytes a second");
    }
}
