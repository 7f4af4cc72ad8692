package io.hubmesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.mockingDetails;

import io.hubmesh.EndpointTable.Caller;
import io.hubmesh.EndpointTable.Line;
import io.hubmesh.permissions.Permissions;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.bean.override.mockito.MockitoSpyBean;

/**
 * Walks what {@link EndpointTable} has on things that may be granted, as somebody to whom nothing is: the one place that decides is asked each time, and
 * nobody hears what it is called that they may not read.
 */
@HubTest
@Import(HubFixture.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // the scene is made once
@SuppressWarnings("NullAway.Init") // the spy is put in before each test
class EveryEndpointAsksTests {

    private final EndpointScene scene;
    private final int port;
    private final HubClient client;

    @MockitoSpyBean
    private Permissions permissions;

    EveryEndpointAsksTests(AutowireCapableBeanFactory beans, @LocalServerPort int port) {
        this.scene = beans.createBean(EndpointScene.class);
        this.port = port;
        this.client = new HubClient(port);
    }

    @TestFactory
    List<DynamicTest> whatMayBeGrantedIsDecidedInOnePlaceAndNotToldToStrangers() {
        List<Line> asking =
                EndpointTable.read().values().stream().filter(Line::asks).toList();
        assertThat(asking).hasSizeGreaterThan(30);
        return asking.stream()
                .map(line -> DynamicTest.dynamicTest(line.endpoint(), () -> check(line)))
                .toList();
    }

    private void check(Line line) throws Exception {
        EndpointScene.Call call = scene.call(Caller.STRANGER, port);
        List<String> secrets = call.secrets();
        HttpRequest.Builder request = call.request(line, client).header("Authorization", "Bearer " + call.secret());
        clearInvocations(permissions);

        assertThat(client.send(request).body()).doesNotContain(secrets);
        assertThat(mockingDetails(permissions).getInvocations())
                .as("the one place that decides was asked")
                .anyMatch(asked ->
                        Set.of("decide", "require").contains(asked.getMethod().getName()));
    }
}
