package io.hubmesh.api.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.HubClient;
import io.hubmesh.HubFixture;
import io.hubmesh.HubTest;
import io.hubmesh.accounts.Subject;
import io.hubmesh.library.Resource;
import io.hubmesh.permissions.Level;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;

@HubTest
@Import(HubFixture.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class RequestLimitTests {

    private final HubFixture hub;
    private final HubClient client;
    private final int quota;

    RequestLimitTests(HubFixture hub, LimitSettings settings, @LocalServerPort int port) {
        this.hub = hub;
        this.client = new HubClient(port);
        this.quota = settings.requestsPerMinute();
    }

    @Test
    void whatIsLeftIsToldAndWhatIsTooMuchRefusedWhileBytesGoOn() throws Exception {
        Subject member = hub.member();
        Resource file = hub.file(HubFixture.bytes(10));
        hub.grant(member, file, Level.READ);
        client.signIn(member.name(), HubFixture.PASSWORD);

        HttpResponse<String> first = client.get("/api/v1/me");
        assertThat(header(first, "RateLimit-Policy")).isEqualTo("\"requests\";q=" + quota + ";w=60");
        assertThat(header(first, "RateLimit")).isEqualTo("\"requests\";r=" + (quota - 1) + ";t=1");

        HttpResponse<String> refused = untilRefused();
        assertThat(refused.body()).contains("\"too-many-requests\"");
        assertThat(header(refused, "Retry-After")).isEqualTo("1");
        assertThat(header(refused, "RateLimit")).startsWith("\"requests\";r=0;t=");

        HttpResponse<String> bytes = client.get("/api/v1/resources/" + file.id() + "/content");
        assertThat(bytes.statusCode()).isEqualTo(200);
        assertThat(bytes.headers().firstValue("RateLimit")).isEmpty();
        assertThat(client.get("/library").statusCode()).isEqualTo(200);
    }

    @Test
    void whatMakesTheHubWorkIsCountedApart() throws Exception {
        Subject member = hub.member();
        Resource folder = hub.folder();
        hub.grant(member, folder, Level.READ);
        client.signIn(member.name(), HubFixture.PASSWORD);

        for (String path : new String[] {"/api/v1/search?name=x", "/api/v1/resources/" + folder.id() + "/archive"}) {
            HttpResponse<String> answer = client.get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertThat(header(answer, "RateLimit-Policy")).as(path).startsWith("\"expensive\";q=");
        }
    }

    /** The clock goes on meanwhile, so that a few more than the quota are let through. */
    private HttpResponse<String> untilRefused() throws Exception {
        for (int i = 0; i < 20 * quota; i++) {
            HttpResponse<String> answer = client.get("/api/v1/nothing-here");
            if (answer.statusCode() == 429) {
                return answer;
            }
        }
        throw new AssertionError("never refused");
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
