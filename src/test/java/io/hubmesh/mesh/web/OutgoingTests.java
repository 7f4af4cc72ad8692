package io.hubmesh.mesh.web;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.hubmesh.mesh.wire.ToPeer;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the hub keeps for a peer that does not read. */
class OutgoingTests {

    private static final int KIB = 1024;

    private final SocketWrapperBase<?> wrapper = mock(SocketWrapperBase.class);
    private final Outgoing line = new Outgoing(wrapper);

    @BeforeEach
    void thePeerDoesNotRead() throws IOException {
        when(wrapper.flush(false)).thenReturn(true);
        line.send(new ToPeer.Ping());
    }

    @Test
    void noMoreThanAMebibyteWaits() throws IOException {
        for (int count = 0; count < 15; count++) {
            line.send(letter(64 * KIB));
        }
        verify(wrapper, never()).processSocket(any(), anyBoolean());
        line.send(letter(64 * KIB));
        line.send(letter(64 * KIB));
        verify(wrapper).processSocket(SocketEvent.ERROR, true);
        line.writable();
        verify(wrapper).write(eq(false), any(ByteBuffer.class));
    }

    @Test
    void nothingWaitsForMoreThanFiveSeconds() {
        for (int second = 1; second <= 5; second++) {
            line.tick();
        }
        verify(wrapper, never()).processSocket(any(), anyBoolean());
        line.tick();
        verify(wrapper).processSocket(SocketEvent.ERROR, true);
    }

    private static ToPeer letter(int bytes) {
        return new ToPeer.Revoked("x".repeat(bytes));
    }
}
