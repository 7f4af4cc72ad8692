package io.hubmesh.api.document;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** The document as a page shows it: endpoints by room, each with what it takes and what it answers. */
final class Reading {

    private static final String REFERENCE = "$ref";
    private static final String SCHEMA_FOLDER = "#/components/schemas/";

    /** What is about one thing stands together, and is looked at before it is changed. */
    private static final Comparator<Endpoint> IN_ORDER = Comparator.comparing(Endpoint::path)
            .thenComparing(endpoint ->
                    List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE").indexOf(endpoint.method()));

    private final JsonNode document;

    Reading(JsonNode document) {
        this.document = document;
    }

    record Room(String name, String sentence, List<Endpoint> endpoints) {}

    /** @param takes parameters first, then the body's members */
    record Endpoint(String method, String path, String summary, List<Field> takes, List<Answer> answers) {}

    /** @param place path, query, header or body */
    record Field(String name, String place, String type, boolean required) {}

    record Answer(String status, String words, String type) {}

    List<Room> rooms() {
        Map<String, List<Endpoint>> byRoom = new TreeMap<>();
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                String room = operation.getValue().path("tags").path(0).asString("");
                byRoom.computeIfAbsent(room, absent -> new ArrayList<>())
                        .add(endpoint(operation.getKey(), path.getKey(), operation.getValue()));
            }
        }
        byRoom.values().forEach(endpoints -> endpoints.sort(IN_ORDER));
        return StreamSupport.stream(document.path("tags").spliterator(), false)
                .map(tag -> new Room(
                        tag.path("name").asString(""),
                        tag.path("description").asString(""),
                        byRoom.getOrDefault(tag.path("name").asString(""), List.of())))
                .toList();
    }

    private Endpoint endpoint(String method, String path, JsonNode operation) {
        List<Field> takes = new ArrayList<>();
        for (JsonNode parameter : operation.path("parameters")) {
            takes.add(new Field(
                    parameter.path("name").asString(""),
                    parameter.path("in").asString(""),
                    type(parameter.path("schema")),
                    parameter.path("required").asBoolean(false)));
        }
        takes.addAll(body(operation.path("requestBody").path("content")));
        return new Endpoint(
                method.toUpperCase(Locale.ROOT),
                path,
                operation.path("summary").asString(""),
                takes,
                answers(operation.path("responses")));
    }

    private List<Field> body(JsonNode content) {
        List<Field> members = new ArrayList<>();
        for (Map.Entry<String, JsonNode> form : content.properties()) {
            JsonNode schema = resolved(form.getValue().path("schema"));
            if (schema.path("properties").isEmpty()) {
                members.add(new Field(form.getKey(), "body", "bytes", true));
            }
            schema.path("properties")
                    .properties()
                    .forEach(member -> members.add(new Field(member.getKey(), "body", type(member.getValue()), false)));
        }
        return members;
    }

    private List<Answer> answers(JsonNode responses) {
        return responses.properties().stream()
                .filter(response -> !response.getKey().equals("default"))
                .map(response -> new Answer(
                        response.getKey(),
                        response.getValue().path("description").asString(""),
                        answered(response.getValue().path("content"))))
                .toList();
    }

    private String answered(JsonNode content) {
        return content.properties().stream()
                .map(form ->
                        form.getValue().has("schema") ? type(form.getValue().path("schema")) : form.getKey())
                .collect(Collectors.joining(", "));
    }

    private JsonNode resolved(JsonNode schema) {
        String reference = schema.path(REFERENCE).asString("");
        return reference.startsWith(SCHEMA_FOLDER)
                ? document.path("components").path("schemas").path(reference.substring(SCHEMA_FOLDER.length()))
                : schema;
    }

    private String type(JsonNode schema) {
        String reference = schema.path(REFERENCE).asString("");
        if (!reference.isEmpty()) {
            return reference.substring(reference.lastIndexOf('/') + 1);
        }
        if (schema.has("enum")) {
            return StreamSupport.stream(schema.path("enum").spliterator(), false)
                    .map(value -> value.asString(""))
                    .collect(Collectors.joining(" | "));
        }
        if (schema.path("type").asString("").equals("array")) {
            return type(schema.path("items")) + "[]";
        }
        return schema.path("format").asString(schema.path("type").asString("any"));
    }
}
