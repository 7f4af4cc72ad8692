package io.hubmesh.mesh.stun;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubmesh.HandClock;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StunServerTests {

    private static final int PATIENCE_MILLIS = 60_000;

    private final StunServer server = server(new StunSettings(true, 0, List.of()));

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void answersOverUdp() throws IOException {
        server.start();
        try (DatagramSocket client = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            byte[] answer = ask(client, BindingTests.request());
            byte[] expected = Binding.mappedAddress(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), client.getLocalPort()),
                    ByteBuffer.wrap(BindingTests.request(), 8, 12).slice());
            assertThat(Arrays.copyOfRange(answer, 24, 32)).isEqualTo(expected);
        }
    }

    @Test
    void goesOnAfterRubbish() throws IOException {
        server.start();
        try (DatagramSocket client = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            send(client, new byte[0]);
            send(client, new byte[3]);
            send(client, new byte[1200]);
            assertThat(ask(client, BindingTests.request())).startsWith(0x01, 0x01);
        }
    }

    @Test
    void namesTheHostThatThePeerKnows() {
        server.start();
        int port = server.port().orElseThrow();
        assertThat(server.addresses(Optional.of("hub.example"))).containsExactly("stun:hub.example:" + port);
        assertThat(server.addresses(Optional.of("[::1]"))).containsExactly("stun:[::1]:" + port);
        assertThat(server.addresses(Optional.empty())).isEmpty();
    }

    @Test
    void namesWhatTheAdministratorNamed() {
        StunServer told = server(new StunSettings(false, 0, List.of("stun:stun.example:3478")));
        told.start();
        assertThat(told.isRunning()).isFalse();
        assertThat(told.addresses(Optional.of("hub.example"))).containsExactly("stun:stun.example:3478");
    }

    @Test
    void aPortInUseCostsOnlyStun() throws IOException {
        try (DatagramSocket taken = new DatagramSocket(0)) {
            StunServer second = server(new StunSettings(true, taken.getLocalPort(), List.of()));
            second.start();
            assertThat(second.isRunning()).isFalse();
            assertThat(second.addresses(Optional.of("hub.example"))).isEmpty();
            second.stop();
        }
    }

    @Test
    void canBeSwitchedOff() {
        StunServer off = server(new StunSettings(true, -1, List.of()));
        off.start();
        assertThat(off.isRunning()).isFalse();
    }

    private byte[] ask(DatagramSocket client, byte[] request) throws IOException {
        client.setSoTimeout(PATIENCE_MILLIS);
        send(client, request);
        DatagramPacket answer = new DatagramPacket(new byte[600], 600);
        client.receive(answer);
        return Arrays.copyOf(answer.getData(), answer.getLength());
    }

    private void send(DatagramSocket client, byte[] bytes) throws IOException {
        client.send(new DatagramPacket(
                bytes,
                bytes.length,
                InetAddress.getLoopbackAddress(),
                server.port().orElseThrow()));
    }

    private static StunServer server(StunSettings settings) {
        return new StunServer(settings, new HandClock());
    }
}
