package io.hubmesh;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser without a screen: keeps cookies, follows nothing, knows how to sign in. */
public final class HubClient {

    private static final Pattern CSRF_FIELD = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");
    private static final Pattern CSRF_META = Pattern.compile("name=\"_?csrf[^\"]*\"[^>]*content=\"([^\"]+)\"");

    private final URI hub;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(new CookieManager())
            .build();

    public HubClient(int port) {
        this.hub = URI.create("http://localhost:" + port);
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(hub.resolve(path));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    public <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body)
            throws IOException, InterruptedException {
        return client.send(request.build(), body);
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    /** The answer to the sign-in form. */
    public HttpResponse<String> signIn(String name, String password) throws IOException, InterruptedException {
        return form("/sign-in", Map.of("name", name, "password", password, "_csrf", csrf("/sign-in")));
    }

    public HttpResponse<String> form(String path, Map<String, String> fields) throws IOException, InterruptedException {
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    }

    /** The token against forged requests that a page carries. */
    public String csrf(String page) throws IOException, InterruptedException {
        String html = get(page).body();
        for (Pattern pattern : new Pattern[] {CSRF_FIELD, CSRF_META}) {
            Matcher found = pattern.matcher(html);
            if (found.find()) {
                return found.group(1);
            }
        }
        throw new AssertionError("no token in " + page);
    }
}
