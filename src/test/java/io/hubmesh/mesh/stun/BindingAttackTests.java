package io.hubmesh.mesh.stun;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.Fuzz;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Datagrams that are no Binding request, or nearly one. */
class BindingAttackTests {

    private static final InetSocketAddress FROM = new InetSocketAddress("192.0.2.7", 4711);

    /** Bytes of an answer to an IPv4 address: the header, three attributes, no more whatever was asked. */
    private static final int LONGEST_ANSWER = 64;

    @Test
    void anyBytesAreAnsweredShortlyOrNotAtAll() {
        Fuzz.tries(20_000, fuzz -> {
            byte[] datagram = fuzz.below(3) == 0 ? fuzz.bytes(600) : nearlyRight(fuzz);
            Binding.answer(datagram, FROM).ifPresent(answer -> {
                assertThat(answer.remaining()).isLessThanOrEqualTo(LONGEST_ANSWER);
                assertThat(datagram.length).isGreaterThanOrEqualTo(Binding.HEADER_BYTES);
            });
        });
    }

    private static byte[] nearlyRight(Fuzz fuzz) {
        byte[] attributes = fuzz.bytes(64);
        int claimed = fuzz.below(2) == 0 ? attributes.length : fuzz.below(70);
        ByteBuffer datagram = ByteBuffer.allocate(Binding.HEADER_BYTES + attributes.length);
        datagram.putShort((short) 0x0001)
                .putShort((short) claimed)
                .putInt(0x2112A442)
                .putLong(fuzz.below(9))
                .putInt(7);
        for (int at = 0; at + 4 <= attributes.length; at += 4 + fuzz.below(3) * 4) {
            attributes[at] = (byte) 0x80; // optional, so that reading goes on
            attributes[at + 2] = 0;
        }
        return datagram.put(attributes).array();
    }
}
