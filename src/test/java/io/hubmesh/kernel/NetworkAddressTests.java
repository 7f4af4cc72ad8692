package io.hubmesh.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkAddressTests {

    /** The examples of RFC 5952, and what Java's own form of an address is. */
    @ParameterizedTest
    @CsvSource({
        "0:0:0:0:0:0:0:1, ::1",
        "0:0:0:0:0:0:0:0, ::",
        "2001:0db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:DB8::ABCD:0, 2001:db8::abcd:0",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:3:4:5:6",
        "1:0:0:0:0:0:0:0, 1::",
        "fe80:0:0:0:0:0:0:1%eth0, fe80::1%eth0",
        "::ffff:192.0.2.7, 192.0.2.7"
    })
    void hasTheOneFormOfRfc5952(String told, String shown) {
        assertThat(NetworkAddress.text(told)).isEqualTo(shown);
        assertThat(NetworkAddress.text(shown)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.0.2.7",
                "",
                "unknown",
                "localhost",
                "1:2",
                ":",
                ":::",
                "::1::",
                "1:2:3:4:5:6:7:8:9",
                "%",
                "[::1]"
            })
    void whatIsNoSuchAddressStaysAsItCame(String told) {
        assertThat(NetworkAddress.text(told)).isEqualTo(told);
    }

    @Test
    void nobodyMakesItLong() {
        assertThat(NetworkAddress.text("::1%" + "x".repeat(5_000))).hasSize(NetworkAddress.LONGEST);
        assertThat(NetworkAddress.text(":".repeat(5_000))).hasSize(NetworkAddress.LONGEST);
        assertThat(NetworkAddress.text("x".repeat(5_000))).hasSize(NetworkAddress.LONGEST);
    }
}
