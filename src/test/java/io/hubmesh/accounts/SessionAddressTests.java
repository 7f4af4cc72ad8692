package io.hubmesh.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.NetworkAddress;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class SessionAddressTests {

    private static final AccountId ACCOUNT = new AccountId(new UUID(0, 1));

    private final Sessions sessions = new Sessions(event -> {}, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    private final MockHttpServletRequest request = new MockHttpServletRequest();

    @Test
    void aSessionKeepsTheAddressAsPeopleWriteIt() {
        request.setRemoteAddr("0:0:0:0:0:0:0:1");
        sessions.begin(ACCOUNT, request);
        assertThat(sessions.of(ACCOUNT)).extracting(LiveSession::address).containsExactly("::1");

        request.setRemoteAddr("x".repeat(5_000));
        sessions.used(request);
        assertThat(sessions.of(ACCOUNT))
                .allSatisfy(session -> assertThat(session.address()).hasSize(NetworkAddress.LONGEST));
    }
}
