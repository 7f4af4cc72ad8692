package io.hubmesh.measurement.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.ui.ExtendedModelMap;

class DashboardSettingsTests {

    private static final String POLICY = "Content-Security-Policy";

    @Test
    void nobodyFramesTheDashboardUnlessNamed() {
        assertThat(policyWith(List.of())).endsWith("; frame-ancestors 'none'");
        assertThat(policyWith(List.of("https://intranet.example.org", "http://localhost:3000")))
                .endsWith("; frame-ancestors https://intranet.example.org http://localhost:3000")
                .startsWith("default-src 'none'; script-src 'self'");
    }

    @Test
    void thePageWithItsNavigationKeepsThePolicyOfEveryPage() {
        MockHttpServletResponse response = new MockHttpServletResponse();
        new DashboardPage(new DashboardSettings(List.of("https://a.example")))
                .dashboard("", response, new ExtendedModelMap());
        assertThat(response.getHeader(POLICY)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "https://*",
                "https://a.example; script-src *",
                "https://a.example/page",
                "a.example",
                "",
                "'self'"
            })
    void whatIsNoOriginStopsTheStart(String origin) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DashboardSettings(List.of(origin)))
                .withMessageContaining("HUBMESH_DASHBOARD_FRAMED_BY");
    }

    private static String policyWith(List<String> origins) {
        MockHttpServletResponse response = new MockHttpServletResponse();
        new DashboardPage(new DashboardSettings(origins))
                .dashboard(DashboardPage.EMBED, response, new ExtendedModelMap());
        return String.valueOf(response.getHeader(POLICY));
    }
}
