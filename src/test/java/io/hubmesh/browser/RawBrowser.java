package io.hubmesh.browser;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A browser as a person has it: what the other stories' driver does to a browser keeps its tabs visible and its timers quick, and
 * a hidden tab is what this one is for. Spoken to in the browser's own remote protocol (Chrome DevTools Protocol). It takes an
 * installed Chromium or Chrome: the one that is brought along has no windows that could be minimised.
 */
final class RawBrowser implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("DevTools listening on (ws://\\S+)");
    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final WebSocket socket;
    private final AtomicInteger questions = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();

    /** Starts the browser of the stories with this profile. */
    RawBrowser(TestBrowser browser, Path profile) {
        Path executable = browser.executable();
        if (executable == null) {
            throw new IllegalStateException("Name a Chromium with " + BrowserFinder.VARIABLE + ".");
        }
        List<String> command = new ArrayList<>(List.of(
                executable.toString(),
                "--headless=new",
                "--no-sandbox",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank"));
        command.addAll(Browsers.QUIET);
        command.addAll(Browsers.ADDRESSES_SHOWN);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(browser.environment());
        try {
            process = builder.start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        CompletableFuture<URI> address = new CompletableFuture<>();
        Thread reader = new Thread(() -> read(address), "browser-output");
        reader.setDaemon(true);
        reader.start();
        socket = said(HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(said(address), new Ear()));
    }

    private void read(CompletableFuture<URI> address) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher matcher = ADDRESS.matcher(line);
                if (matcher.find()) {
                    address.complete(URI.create(matcher.group(1)));
                }
            }
        } catch (IOException ended) {
            address.completeExceptionally(ended);
        }
    }

    /** Its first tab. */
    Tab tab() {
        String target = ask("", "Target.getTargets", Map.of())
                .get("targetInfos")
                .valueStream()
                .filter(each -> each.get("type").asString().equals("page"))
                .map(each -> each.get("targetId").asString())
                .findFirst()
                .orElseThrow();
        String session = ask("", "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .get("sessionId")
                .asString();
        return new Tab(target, session);
    }

    private synchronized JsonNode ask(String session, String method, Map<String, Object> parameters) {
        int id = questions.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(id, answer);
        Map<String, Object> question = session.isEmpty()
                ? Map.of("id", id, "method", method, "params", parameters)
                : Map.of("id", id, "method", method, "params", parameters, "sessionId", session);
        socket.sendText(JsonMapper.shared().writeValueAsString(question), true).join();
        JsonNode told = said(answer);
        if (told.has("error")) {
            throw new IllegalStateException(method + ": " + told);
        }
        return told.get("result");
    }

    private static <T> T said(CompletableFuture<T> fact) {
        try {
            return fact.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException failure) {
            throw new IllegalStateException("The browser did not answer.", failure);
        }
    }

    @Override
    public void close() {
        try {
            ask("", "Browser.close", Map.of());
            process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
    }

    /** One tab. Scripts are expressions; one that is a promise is waited for. */
    final class Tab {

        private final String target;
        private final String session;

        private Tab(String target, String session) {
            this.target = target;
            this.session = session;
        }

        JsonNode evaluate(String script) {
            JsonNode answer = ask(
                    session,
                    "Runtime.evaluate",
                    Map.of("expression", script, "awaitPromise", true, "returnByValue", true));
            if (answer.has("exceptionDetails")) {
                throw new IllegalStateException(script + ": " + answer.get("exceptionDetails"));
            }
            return answer.get("result").path("value");
        }

        void visit(URI address) {
            ask(session, "Page.navigate", Map.of("url", address.toString()));
        }

        /** Minimises its window: the tab is hidden, as one behind another is. */
        void hide() {
            window("minimized");
        }

        void show() {
            window("normal");
        }

        private void window(String state) {
            JsonNode window = ask("", "Browser.getWindowForTarget", Map.of("targetId", target));
            int id = window.get("windowId").asInt();
            ask("", "Browser.setWindowBounds", Map.of("windowId", id, "bounds", Map.of("windowState", state)));
        }
    }

    /** Puts the parts of messages together and hands them to whoever asked. */
    private final class Ear implements WebSocket.Listener {

        private final StringBuilder part = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
            part.append(text);
            if (last) {
                JsonNode message = JsonMapper.shared().readTree(part.toString());
                part.setLength(0);
                CompletableFuture<JsonNode> waiting =
                        answers.remove(message.path("id").asInt(0));
                if (waiting != null) {
                    waiting.complete(message);
                }
            }
            from.request(1);
            return CompletableFuture.completedStage(null);
        }
    }
}
