package io.hubmesh.delivery.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Somebody who asks for much, reads a little of it, and no more; what their machine takes by itself is little, too. */
record StalledReader(int port, String token) {

    private static final int READ = 64 * 1024;

    /** Asks for a path; goes away when what happens meanwhile is over. */
    void reads(String path, Runnable meanwhile) throws IOException {
        try (Socket socket = new Socket()) {
            ask(socket, path);
            assertThat(socket.getInputStream().readNBytes(READ)).hasSize(READ);
            meanwhile.run();
        }
    }

    /** Asks for a path, reads so many bytes of the answer, and breaks the connection off. */
    void hangsUpAfter(String path, int bytes) throws IOException {
        try (Socket socket = new Socket()) {
            ask(socket, path);
            assertThat(socket.getInputStream().readNBytes(bytes)).hasSize(bytes);
            socket.setSoLinger(true, 0);
        }
    }

    private void ask(Socket socket, String path) throws IOException {
        String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token + "\r\n\r\n";
        socket.setReceiveBufferSize(READ);
        socket.connect(new InetSocketAddress("localhost", port));
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    }
}
