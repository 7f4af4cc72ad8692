package io.hubmesh.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The browser that was found can do what Hubmesh asks of a browser. */
class BrowserIT {

    private static final String OFFER = """
            async () => {
              window.connection = new RTCPeerConnection();
              const channel = connection.createDataChannel("proof");
              window.heard = new Promise(resolve => { channel.onmessage = message => resolve(message.data); });
              const gathered = new Promise(resolve => {
                connection.onicegatheringstatechange = () => connection.iceGatheringState === "complete" && resolve();
              });
              await connection.setLocalDescription();
              await gathered;
              return connection.localDescription.sdp;
            }
            """;

    /**
     * Chromium loses, once in ten times, what is sent in the very turn in which the only channel is announced; so it is said
     * again.
     */
    private static final String ANSWER = """
            async sdp => {
              window.connection = new RTCPeerConnection();
              connection.ondatachannel = ({ channel }) => {
                channel.onopen = () => setInterval(() => channel.send("hello"), 100);
              };
              await connection.setRemoteDescription({ type: "offer", sdp });
              const gathered = new Promise(resolve => {
                connection.onicegatheringstatechange = () => connection.iceGatheringState === "complete" && resolve();
              });
              await connection.setLocalDescription();
              await gathered;
              return connection.localDescription.sdp;
            }
            """;

    private static final String STORE_IN_WORKER = """
            async () => {
              const source = `onmessage = async () => {
                const root = await navigator.storage.getDirectory();
                const file = await root.getFileHandle("proof", { create: true });
                const access = await file.createSyncAccessHandle();
                access.write(new Uint8Array([1, 2, 3]), { at: 1 });
                access.flush();
                const size = access.getSize();
                access.close();
                postMessage(size);
              };`;
              const worker = new Worker(URL.createObjectURL(new Blob([source])));
              return await new Promise((resolve, reject) => {
                worker.onmessage = message => resolve(message.data);
                worker.onerror = error => reject(error.message);
                worker.postMessage(0);
              });
            }
            """;

    private static final String SIGN_AND_VERIFY = """
            async () => {
              const bytes = new TextEncoder().encode("ticket");
              const keys = await crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"]);
              const signature = await crypto.subtle.sign("Ed25519", keys.privateKey, bytes);
              const right = await crypto.subtle.verify("Ed25519", keys.publicKey, signature, bytes);
              bytes[0] ^= 1;
              const wrong = await crypto.subtle.verify("Ed25519", keys.publicKey, signature, bytes);
              return right && !wrong;
            }
            """;

    private static HttpServer server;
    private static Browsers browsers;

    @BeforeAll
    static void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] page = "<!doctype html><title>proof</title>".getBytes(StandardCharsets.UTF_8);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        server.start();
        browsers = new Browsers();
    }

    @AfterAll
    static void stop() {
        browsers.close();
        server.stop(0);
    }

    @Test
    void twoBrowsersSpeakOverADataChannel() {
        Page one = open(browsers.start());
        Page two = open(browsers.start());
        Object offer = one.evaluate(OFFER);
        Object answer = two.evaluate(ANSWER, offer);
        one.evaluate("sdp => connection.setRemoteDescription({ type: 'answer', sdp })", answer);
        assertThat(one.evaluate("() => heard")).isEqualTo("hello");
    }

    @Test
    void aWorkerWritesToTheBrowsersPrivateFileSystem() {
        assertThat(open(browsers.start()).evaluate(STORE_IN_WORKER)).isEqualTo(4);
    }

    @Test
    void itKnowsTheSignatureOfTickets() {
        assertThat(open(browsers.start()).evaluate(SIGN_AND_VERIFY)).isEqualTo(true);
    }

    private static Page open(BrowserContext context) {
        Page page = context.pages().get(0);
        page.navigate("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        return page;
    }
}
