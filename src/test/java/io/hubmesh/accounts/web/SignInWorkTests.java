package io.hubmesh.accounts.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.mockingDetails;

import io.hubmesh.HubClient;
import io.hubmesh.HubFixture;
import io.hubmesh.HubTest;
import io.hubmesh.accounts.Subject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.bean.override.mockito.MockitoSpyBean;

/** Nobody learns from how long a refusal takes whether a name exists: the work that takes long is the same, whoever is named. */
@HubTest
@Import(HubFixture.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
@SuppressWarnings("NullAway.Init") // the spy is put in before each test
class SignInWorkTests {

    /** Kind and cost of a hash, without its salt and digest. */
    private static final String COST = "{argon2@SpringSecurity_v5_8}$argon2id$v=19$m=16384,t=2,p=1$";

    private final HubFixture hub;
    private final int port;

    @MockitoSpyBean
    private PasswordEncoder encoder;

    SignInWorkTests(HubFixture hub, @LocalServerPort int port) {
        this.hub = hub;
        this.port = port;
    }

    @Test
    void aNameThatExistsCostsTheSameHashAsOneThatDoesNot() throws Exception {
        Subject member = hub.member();
        Subject disabled = hub.member();
        hub.disable(disabled);
        new HubClient(port).signIn(member.name(), "so that the first sign-in has been");

        for (String name : List.of(member.name(), disabled.name(), HubFixture.fresh("nobody"), "no such name!")) {
            clearInvocations(encoder);
            var answer = new HubClient(port).signIn(name, "a wrong password");

            assertThat(answer.headers().firstValue("Location").orElseThrow()).endsWith("?failed");
            assertThat(hashings()).as(name).containsExactly(COST);
        }
    }

    @Test
    void theRightPasswordOfADisabledAccountIsRefusedInTheSameWords() throws Exception {
        Subject disabled = hub.member();
        hub.disable(disabled);

        var answer = new HubClient(port).signIn(disabled.name(), HubFixture.PASSWORD);

        assertThat(answer.headers().firstValue("Location").orElseThrow()).endsWith("/sign-in?failed");
    }

    /** The costs of the hashes that were worked out since the last clearing. */
    private List<String> hashings() {
        return mockingDetails(encoder).getInvocations().stream()
                .filter(call ->
                        List.of("matches", "encode").contains(call.getMethod().getName()))
                .map(call -> String.valueOf((Object) call.getArgument(1)).substring(0, COST.length()))
                .toList();
    }
}
