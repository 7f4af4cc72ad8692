package io.hubmesh.mesh.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class HandshakeTests {

    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/api/v1/mesh/socket");

    @BeforeEach
    void asksForASocket() {
        request.addHeader("Host", "hub.example");
        request.setServerName("hub.example");
        request.addHeader("Connection", "keep-alive, Upgrade");
        request.addHeader("Upgrade", "websocket");
        request.addHeader("Sec-WebSocket-Version", "13");
        request.addHeader("Sec-WebSocket-Key", KEY);
    }

    @Test
    void theExampleOfTheRfcIsAnsweredWithoutAnyExtension() {
        request.addHeader("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits");
        MockHttpServletResponse response = new MockHttpServletResponse();
        Handshake.answer(response, Handshake.acceptedKey(request));
        assertThat(response.getHeader("Sec-WebSocket-Accept")).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        assertThat(response.getHeader("Upgrade")).isEqualTo("websocket");
        assertThat(response.getHeader("Connection")).isEqualTo("upgrade");
        assertThat(response.containsHeader("Sec-WebSocket-Extensions")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "Connection, keep-alive",
        "Upgrade, h2c",
        "Sec-WebSocket-Version, 8",
        "Sec-WebSocket-Key, dGhl",
        "Sec-WebSocket-Key, not a key"
    })
    void whatIsNoHandshakeIsRefused(String header, String value) {
        request.removeHeader(header);
        request.addHeader(header, value);
        assertThat(problem()).isEqualTo(ProblemCode.MALFORMED_REQUEST);
        request.removeHeader(header);
        assertThat(problem()).isEqualTo(ProblemCode.MALFORMED_REQUEST);
    }

    @Test
    void pagesOfOtherOriginsAreRefused() {
        request.addHeader("Origin", "http://hub.example");
        assertThat(Handshake.acceptedKey(request)).isEqualTo(KEY);
        request.removeHeader("Origin");
        request.addHeader("Origin", "http://evil.example");
        assertThat(problem()).isEqualTo(ProblemCode.FORBIDDEN);
        request.removeHeader("Origin");
        request.addHeader("Origin", "null");
        assertThat(problem()).isEqualTo(ProblemCode.FORBIDDEN);
    }

    private ProblemCode problem() {
        return assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> Handshake.acceptedKey(request))
                .actual()
                .code();
    }
}
