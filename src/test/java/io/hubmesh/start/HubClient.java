package io.hubmesh.start;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A person at the hub without a browser: a session, its cookie and its token against forged requests. */
public final class HubClient {

    private static final Pattern FORM_TOKEN = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");
    private static final Pattern PAGE_TOKEN = Pattern.compile("name=\"csrf-token\"[^>]*content=\"([^\"]+)\"");
    private static final Pattern PAGE_HEADER = Pattern.compile("name=\"csrf-header\"[^>]*content=\"([^\"]+)\"");

    private final URI hub;
    private final HttpClient http;
    private String header = "X-CSRF-TOKEN";
    private String token = "";

    public HubClient(URI hub) {
        this(hub, plain().build());
    }

    /** @param certificate the only one that is trusted, a PEM file */
    public HubClient(URI hub, Path certificate) {
        this(hub, plain().sslContext(trusting(certificate)).build());
    }

    private HubClient(URI hub, HttpClient http) {
        this.hub = hub;
        this.http = http;
    }

    private static HttpClient.Builder plain() {
        return HttpClient.newBuilder().cookieHandler(new CookieManager()).followRedirects(HttpClient.Redirect.NEVER);
    }

    private static SSLContext trusting(Path certificate) {
        try (InputStream bytes = Files.newInputStream(certificate)) {
            KeyStore known = KeyStore.getInstance(KeyStore.getDefaultType());
            known.load(null, null);
            known.setCertificateEntry(
                    "hub", CertificateFactory.getInstance("X.509").generateCertificate(bytes));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(known);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Whether the hub takes a socket from this session. */
    public boolean opensSocket(String path) {
        URI address = URI.create("ws" + hub.toString().substring("http".length()) + path);
        http.newWebSocketBuilder()
                .header("Origin", hub.toString())
                .buildAsync(address, new WebSocket.Listener() {})
                .join()
                .abort();
        return true;
    }

    /** @return whether the hub let them in */
    public boolean signIn(String name, String password) {
        String form = "_csrf=" + encoded(found(FORM_TOKEN, get("/sign-in").body())) + "&name=" + encoded(name)
                + "&password=" + encoded(password);
        HttpResponse<String> answer = send(
                HttpRequest.newBuilder(hub.resolve("/sign-in"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form)),
                BodyHandlers.ofString());
        boolean accepted = !answer.headers().firstValue("Location").orElse("").contains("failed");
        if (accepted) {
            String page = get("/library").body();
            token = found(PAGE_TOKEN, page);
            header = found(PAGE_HEADER, page);
        }
        return accepted;
    }

    /** Asks for something as text. */
    public HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(hub.resolve(path)), BodyHandlers.ofString());
    }

    /** Asks for something as bytes. */
    public HttpResponse<byte[]> bytes(String path) {
        return send(HttpRequest.newBuilder(hub.resolve(path)), BodyHandlers.ofByteArray());
    }

    /** Changes something, with a JSON document. */
    public HttpResponse<String> json(String method, String path, String document) {
        return change(method, path, "application/json", BodyPublishers.ofString(document));
    }

    /** Puts a JSON document in the place of the one that is there now, by its entity tag. */
    public HttpResponse<String> replace(String path, String document) {
        String tag = get(path).headers().firstValue("ETag").orElseThrow();
        HttpRequest.Builder request = HttpRequest.newBuilder(hub.resolve(path))
                .header("Content-Type", "application/json")
                .header("If-Match", tag)
                .header(header, token)
                .PUT(BodyPublishers.ofString(document));
        return send(request, BodyHandlers.ofString());
    }

    /** Changes something, with a body of any type. */
    public HttpResponse<String> change(String method, String path, String type, BodyPublisher body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(hub.resolve(path))
                .header("Content-Type", type)
                .header(header, token)
                .method(method, body);
        return send(request, BodyHandlers.ofString());
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> handler) {
        try {
            return http.send(request.build(), handler);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interruption) {
            throw new IllegalStateException(interruption);
        }
    }

    private static String found(Pattern pattern, String page) {
        Matcher matcher = pattern.matcher(page);
        if (!matcher.find()) {
            throw new IllegalStateException("No " + pattern + " in:\n" + page);
        }
        return matcher.group(1);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
