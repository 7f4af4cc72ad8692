package io.hubmesh.start;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A script at the hub, with a token: the API, and uploads by tus 1.0. Fails with an {@link IOException} when the hub is gone. */
public final class TusClient {

    private static final Pattern SECRET = Pattern.compile("\"secret\":\"([^\"]+)\"");

    private final URI hub;
    private final String token;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Signs in as the administrator and makes a token. */
    public TusClient(URI hub, String password) {
        this.hub = hub;
        HubClient administrator = new HubClient(hub);
        if (!administrator.signIn("admin", password)) {
            throw new IllegalStateException("the administrator was not let in");
        }
        Matcher secret = SECRET.matcher(administrator
                .json("POST", "/api/v1/tokens", "{\"name\":\"script\",\"scope\":\"ADMINISTER\"}")
                .body());
        if (!secret.find()) {
            throw new IllegalStateException("no token");
        }
        this.token = secret.group(1);
    }

    private TusClient(URI hub, TusClient before) {
        this.hub = hub;
        this.token = before.token;
    }

    /** The same script with the same token, at the hub that was started again. */
    TusClient at(URI again) {
        return new TusClient(again, this);
    }

    public String token() {
        return token;
    }

    public URI hub() {
        return hub;
    }

    public HttpResponse<byte[]> get(String path) throws IOException {
        return send(request(path).GET());
    }

    public HttpResponse<byte[]> json(String method, String path, String document) throws IOException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(document)));
    }

    /** @return where the upload is */
    public HttpResponse<byte[]> create(String folder, String name, long size) throws IOException {
        return send(tus("/api/v1/uploads")
                .header("Upload-Length", Long.toString(size))
                .header("Upload-Metadata", "folder " + base64(folder) + ",name " + base64(name))
                .POST(BodyPublishers.noBody()));
    }

    public HttpResponse<byte[]> head(String upload) throws IOException {
        return send(tus(upload).method("HEAD", BodyPublishers.noBody()));
    }

    public HttpResponse<byte[]> patch(String upload, long offset, BodyPublisher bytes) throws IOException {
        return send(tus(upload)
                .header("Upload-Offset", Long.toString(offset))
                .header("Content-Type", "application/offset+octet-stream")
                .method("PATCH", bytes));
    }

    private HttpRequest.Builder tus(String path) {
        return request(path).header("Tus-Resumable", "1.0.0");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(hub.resolve(path)).header("Authorization", "Bearer " + token);
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException {
        try {
            return http.send(request.build(), BodyHandlers.ofByteArray());
        } catch (InterruptedException interruption) {
            throw new IllegalStateException(interruption);
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
