package io.hubmesh.mesh.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTests {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.200",
        "2001:db8:5::1, 2001:db8:5:ffff::9",
        "2001:db8:5::1%eth0, 2001:db8:5::2",
        "[2001:db8:5::1], 2001:db8:5::2",
        "::ffff:192.0.2.7, 192.0.2.9"
    })
    void theseShareANetwork(String one, String other) {
        assertThat(Network.of(one)).isEqualTo(Network.of(other));
        assertThat(Network.of(one).isKnown()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.7, 192.0.3.7", "2001:db8:5::1, 2001:db8:6::1", "192.0.2.7, c000:207::"})
    void theseDoNot(String one, String other) {
        assertThat(Network.of(one)).isNotEqualTo(Network.of(other));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "hub.example",
                "1.2.3",
                "1.2.3.400",
                "1:2",
                "unknown",
                "_hidden",
                "1.2.3.4, 5.6.7.8"
            })
    void whateverIsNoAddressIsNotLookedUp(String text) {
        assertThat(Network.of(text)).isEqualTo(Network.UNKNOWN);
    }

    @Test
    void noAddressIsUnknown() {
        assertThat(Network.of(null)).isEqualTo(Network.UNKNOWN);
        assertThat(Network.UNKNOWN.isKnown()).isFalse();
    }
}
