package io.hubmesh.mesh.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostNameTests {

    @ParameterizedTest
    @CsvSource({
        "localhost:8080, localhost",
        "hub.example, hub.example",
        "192.0.2.1:80, 192.0.2.1",
        "[::1]:8080, [::1]",
        "[2001:db8::1], [2001:db8::1]"
    })
    void losesOnlyThePort(String header, String host) {
        assertThat(HostName.of(header)).contains(host);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "::1", "a b", "hub:80:80", "evil?transport=tcp", "[::1", "-", "@"})
    void whatIsNoHostIsNone(String header) {
        assertThat(HostName.of(header)).isEmpty();
    }

    @Test
    void noHeaderIsNone() {
        assertThat(HostName.of(null)).isEmpty();
    }
}
