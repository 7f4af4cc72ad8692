package io.hubmesh;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Who gets which answer from which endpoint: {@code endpoints.txt} among the tests' resources. A line names the endpoint as it is mapped, a request to it
 * where that is another, its body, and the status for each {@link Caller}. What stands behind a {@code $} in request and body is put in for each call, see
 * {@link EndpointScene}. A blank line or one that begins with {@code #} says nothing.
 */
final class EndpointTable {

    /** Behind the statuses of a list: it leaves out what one may not read, and so has to ask about each thing on it. */
    private static final String LEAVES_OUT = "leaves-out";

    /** Who asks; the three before the last are members with that on the folder, and so on the file in it. */
    enum Caller {
        ANONYMOUS,
        STRANGER,
        READ,
        WRITE,
        MANAGE,
        ADMINISTRATOR
    }

    /**
     * A line.
     *
     * @param endpoint a method, a blank and a path with its variables
     * @param request a path with a query
     * @param body empty for none
     */
    record Line(String endpoint, String request, String body, Map<Caller, Integer> expected, boolean leavesOut) {

        String method() {
            return endpoint.substring(0, endpoint.indexOf(' '));
        }

        /** Whether its answer is about something that may be granted, so that the one place that decides has to be asked. */
        boolean asks() {
            return leavesOut || !Objects.equals(expected.get(Caller.STRANGER), expected.get(Caller.MANAGE));
        }

        /** As it stands in the file, with other statuses. */
        String with(Map<Caller, Integer> statuses) {
            String all = statuses.values().stream().map(String::valueOf).collect(Collectors.joining(" "));
            String path = endpoint.substring(endpoint.indexOf(' ') + 1);
            return endpoint + " | " + (request.equals(path) ? "" : request) + " | " + body + " | " + all
                    + (leavesOut ? " " + LEAVES_OUT : "");
        }

        private static Line of(String text) {
            String[] parts =
                    Arrays.stream(text.split("\\|", -1)).map(String::strip).toArray(String[]::new);
            String[] statuses = parts[parts.length - 1].split("\\s+");
            int callers = Caller.values().length;
            boolean leavesOut = statuses.length == callers + 1 && statuses[callers].equals(LEAVES_OUT);
            if (parts.length != 4 || !leavesOut && statuses.length != callers) {
                throw new IllegalStateException(
                        "endpoint | request | body | six statuses, " + LEAVES_OUT + ": " + text);
            }
            Map<Caller, Integer> expected = new LinkedHashMap<>();
            for (Caller caller : Caller.values()) {
                expected.put(caller, Integer.valueOf(statuses[caller.ordinal()]));
            }
            String endpoint = parts[0].replaceAll("\\s+", " ");
            String path = endpoint.substring(endpoint.indexOf(' ') + 1);
            return new Line(endpoint, parts[1].isEmpty() ? path : parts[1], parts[2], expected, leavesOut);
        }
    }

    private EndpointTable() {}

    /** By the endpoint. */
    static Map<String, Line> read() {
        Map<String, Line> lines = new TreeMap<>();
        for (String text : text()) {
            if (!text.isBlank() && !text.startsWith("#")) {
                Line line = Line.of(text);
                if (lines.put(line.endpoint(), line) != null) {
                    throw new IllegalStateException("Twice in the table: " + line.endpoint());
                }
            }
        }
        return lines;
    }

    /** What a line could be for an endpoint that the table does not name: its path about the file, with nothing for a body. */
    static Line guess(String endpoint) {
        String path = endpoint.substring(endpoint.indexOf(' ') + 1);
        String request = path.replaceFirst("\\{id}", "\\$file").replaceAll("\\{\\w+}", "\\$none");
        return new Line(endpoint, request, "", Map.of(), false);
    }

    private static List<String> text() {
        try (InputStream file =
                Objects.requireNonNull(EndpointTable.class.getResourceAsStream("/endpoints.txt"), "endpoints.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
