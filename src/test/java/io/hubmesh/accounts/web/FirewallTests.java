package io.hubmesh.accounts.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/** It lets through, and refuses, what the framework's own does. */
class FirewallTests {

    private final StrictHttpFirewall ours = Firewall.strict();
    private final StrictHttpFirewall itsOwn = new StrictHttpFirewall();

    @Test
    void everyCharacterIsJudgedTheSameInAValueAndInAName() {
        assertThat(IntStream.rangeClosed(0, Character.MAX_VALUE)
                        .filter(character -> letsThrough(ours, "X", "a" + (char) character)
                                        != letsThrough(itsOwn, "X", "a" + (char) character)
                                || letsThrough(ours, "X" + (char) character, "a")
                                        != letsThrough(itsOwn, "X" + (char) character, "a")))
                .isEmpty();
    }

    @Test
    void whatControlsIsRefusedAndATabInAValueIsNot() {
        assertThat(letsThrough(ours, "X", "a\u0001b")).isFalse();
        assertThat(letsThrough(ours, "X", "a\u007fb")).isFalse();
        assertThat(letsThrough(ours, "X\u0001", "a")).isFalse();
        assertThat(letsThrough(ours, "X", "a\tb")).isTrue();
        assertThat(letsThrough(ours, "Authorization", "Bearer hmt_a-b_C9")).isTrue();
    }

    private static boolean letsThrough(StrictHttpFirewall firewall, String name, String value) {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
        request.addHeader(name, value);
        try {
            return value.equals(firewall.getFirewalledRequest(request).getHeader(name));
        } catch (RequestRejectedException refused) {
            return false;
        }
    }
}
