package io.hubmesh.mesh.wire;

import io.hubmesh.kernel.ProblemException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * A JSON object whose members are texts, whole numbers and lists of these: all that a message consists of. Read in one pass, without a tree,
 * and with the place of every member, so that a message can be passed on without being written again.
 */
final class FlatObject {

    /** The longest message, {@code report}, has 15; whatever has more is none. */
    private static final int MOST_MEMBERS = 16;

    /** An object that holds a list; anything deeper is an attack on the parser. */
    private static final int DEEPEST = 4;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(Bounds.MESSAGE_BYTES)
                    .build())
            .build();

    /** Stands for a value that no member of a message may have. */
    private static final Object OTHER = new Object();

    /**
     * One member.
     *
     * @param value a {@code String}, a {@code Long}, a {@code List} of these, or something else that is none of them
     * @param text of the whole object
     * @param from where the member's name begins in it, with its quotation mark
     * @param to where its value has ended
     */
    record Member(Object value, String text, int from, int to) {}

    private FlatObject() {}

    /**
     * Reads one text.
     *
     * @return the members by their names
     * @throws ProblemException message-invalid when it is not exactly one JSON object, or names a member twice
     */
    static Map<String, Member> read(String text) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw Members.invalid("A message is a JSON object.");
            }
            Map<String, Member> members = new HashMap<>();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                int from = (int) parser.currentTokenLocation().getCharOffset();
                parser.nextToken();
                Object value = value(parser);
                int to = (int) parser.currentLocation().getCharOffset();
                if (members.put(name, new Member(value, text, from, to)) != null || members.size() > MOST_MEMBERS) {
                    throw Members.invalid("A message has few members, each of them once.");
                }
            }
            if (parser.nextToken() != null) {
                throw Members.invalid("A message is one JSON text.");
            }
            return members;
        } catch (JacksonException notJson) {
            throw Members.invalid("A message is one JSON text.");
        }
    }

    private static Object value(JsonParser parser) {
        return switch (Objects.requireNonNull(
                parser.currentToken(), "the parser throws where the text ends too soon")) {
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> whole(parser);
            case START_ARRAY -> list(parser);
            case START_OBJECT -> skipped(parser);
            default -> OTHER;
        };
    }

    private static Object whole(JsonParser parser) {
        return switch (parser.getNumberType()) {
            case INT, LONG -> parser.getLongValue();
            default -> OTHER;
        };
    }

    private static List<Object> list(JsonParser parser) {
        List<Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(parser.currentToken() == JsonToken.START_ARRAY ? skipped(parser) : value(parser));
        }
        return elements;
    }

    private static Object skipped(JsonParser parser) {
        parser.skipChildren();
        return OTHER;
    }
}
