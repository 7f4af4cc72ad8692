package io.hubmesh.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchPersistentContextOptions;
import io.hubmesh.start.HubClient;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;

/** A hub with a TURN server, and people between whose browsers nothing but that server lets anything through. */
final class Relayed {

    private static final String SETTINGS = "/api/v1/mesh/settings";

    /** The browser offers and takes no path but one through a relay, as behind two strict firewalls. */
    private static final String RELAY_ONLY = """
            const strict = settings => ({ ...settings, iceTransportPolicy: "relay" });
            const Original = RTCPeerConnection;
            window.RTCPeerConnection = class extends Original {
              constructor(settings) {
                super(strict(settings));
              }
              setConfiguration(settings) {
                super.setConfiguration(strict(settings));
              }
            };
            """;

    private Relayed() {}

    /** Enters the relay's address, and the secret that hub and relay share. */
    static void enter(Stage stage, Coturn relay, String secret) {
        settle(stage, "[\"" + relay.url() + "\"]", "\"turnSecret\":\"" + secret + "\",");
    }

    /** The hub knows of no relay any more. */
    static void forget(Stage stage) {
        settle(stage, "[]", "");
    }

    private static void settle(Stage stage, String turn, String secret) {
        HubClient administrator = stage.administrator();
        HttpResponse<String> answer = administrator.replace(
                SETTINGS,
                "{\"turn\":" + turn + "," + secret
                        + "\"credentialMinutes\":60,\"leases\":\"BY_SIZE\",\"graceMinutes\":720}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    /** Somebody whose browser reaches others through a relay alone, and is watched. */
    static Person person(Stage stage, String name) {
        return person(stage, name, stage.address());
    }

    /** The same, where the hub is to be found at this address. */
    static Person person(Stage stage, String name, URI hub) {
        BrowserContext browser = stage.browsers().start(List.of(), new LaunchPersistentContextOptions());
        browser.addInitScript(RELAY_ONLY);
        return stage.person(name, hub, Witness.in(browser));
    }
}
