package io.hubmesh.start;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged hub as a person starts it: a process of its own, told things by environment variables. */
public final class HubProcess implements AutoCloseable {

    /** What a slow machine that does other things may need. */
    private static final long PATIENCE_SECONDS = 120;

    private static final Pattern ADDRESS = Pattern.compile("https?://\\S+?:\\d+");
    private static final Pattern PASSWORD = Pattern.compile("\\s*password\\s+(\\S+)\\s*");

    private final Process process;
    private final StringBuffer output = new StringBuffer();
    private final CompletableFuture<URI> address = new CompletableFuture<>();
    private final CompletableFuture<String> password = new CompletableFuture<>();
    private final Thread reader;

    private HubProcess(Process process) {
        this.process = process;
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        reader = new Thread(this::read, "hub-output");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts a hub on any free port; these variables come on top and win. */
    public static HubProcess start(Path data, Map<String, String> variables) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String jar = System.getProperty("hubmesh.jar", "target/hubmesh-0.1.0-SNAPSHOT.jar");
        ProcessBuilder builder = new ProcessBuilder(List.of(java, "-Xmx256m", "-jar", jar)).redirectErrorStream(true);
        Map<String, String> environment =
                new HashMap<>(Map.of("SERVER_PORT", "0", "HUBMESH_STUN_PORT", "0", "HUBMESH_DATA", data.toString()));
        environment.putAll(variables);
        builder.environment().keySet().removeIf(name -> name.startsWith("HUBMESH_") || name.startsWith("SERVER_"));
        builder.environment().putAll(environment);
        try {
            return new HubProcess(builder.start());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            String line;
            while ((line = lines.readLine()) != null) {
                output.append(line).append('\n');
                look(line);
            }
        } catch (IOException failure) {
            output.append(failure).append('\n');
        }
        IllegalStateException ended = new IllegalStateException("The hub has ended.");
        address.completeExceptionally(ended);
        password.completeExceptionally(ended);
    }

    private void look(String line) {
        Matcher place = ADDRESS.matcher(line);
        if (place.find()) {
            address.complete(URI.create(place.group()));
        }
        Matcher secret = PASSWORD.matcher(line);
        if (secret.matches()) {
            password.complete(secret.group(1));
        }
    }

    /** Waits until the hub has said where it is, and answers that. */
    public URI address() {
        return said(address);
    }

    /** The password that it made and printed. */
    public String printedPassword() {
        return said(password);
    }

    private <T> T said(CompletableFuture<T> fact) {
        try {
            return fact.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException failure) {
            throw new IllegalStateException("The hub did not say what was waited for:\n" + output, failure);
        }
    }

    /** Of the process that the hub is. */
    public long pid() {
        return process.pid();
    }

    /** Everything it has printed so far. */
    public String output() {
        return output.toString();
    }

    /** Waits for it to end by itself. */
    public int exitCode() {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("The hub did not end:\n" + output);
            }
            reader.join();
            return process.exitValue();
        } catch (InterruptedException interruption) {
            throw new IllegalStateException(interruption);
        }
    }

    /** Asks it to stop, and does not wait for it. */
    public void stop() {
        process.destroy();
    }

    /** Ends it without a word to anybody, as a power cut would. */
    public void kill() {
        process.destroyForcibly();
        exitCode();
    }

    /** Asks it to stop, and waits until it has. */
    @Override
    public void close() {
        stop();
        exitCode();
    }
}
