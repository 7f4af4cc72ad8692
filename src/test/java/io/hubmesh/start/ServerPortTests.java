package io.hubmesh.start;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.mock.env.MockEnvironment;

class ServerPortTests {

    @Test
    void aPortThatIsTakenIsRefused() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            assertThatExceptionOfType(FailureAnalyzedException.class)
                    .isThrownBy(() -> ServerPort.check(port(taken.getLocalPort())))
                    .withMessageContaining("port " + taken.getLocalPort());
        }
    }

    @Test
    void aFreePortIsLeftFree() {
        await().atMost(Duration.ofMinutes(1)) // something else may take a port meanwhile, and not each
                .ignoreException(FailureAnalyzedException.class)
                .ignoreException(BindException.class)
                .until(ServerPortTests::isLeftFree);
    }

    private static boolean isLeftFree() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        ServerPort.check(port(port));
        new ServerSocket(port).close();
        return true;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void anyPortAndNoPortAreFine(int port) {
        assertThatNoException().isThrownBy(() -> ServerPort.check(port(port)));
    }

    private static MockEnvironment port(int port) {
        return new MockEnvironment().withProperty("server.port", Integer.toString(port));
    }
}
