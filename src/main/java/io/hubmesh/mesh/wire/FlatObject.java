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
 * and with the place of the member that says whom it is for, so that a message can be passed on without being written again.
 *
 * @param members by their names: each a {@code String}, a {@code Long}, a {@code List} of these, or something else that is none of them
 * @param text the whole object
 * @param from where the member {@value #ADDRESS} begins in it, with its quotation mark; 0 when it has none
 * @param to where that member has ended
 */
record FlatObject(Map<String, Object> members, String text, int from, int to) {

    /** The member of a message to another peer that says to whom. */
    static final String ADDRESS = "to";

    /** The longest message, {@code report}, has 15; whatever has more is none. */
    private static final int MOST_MEMBERS = 16;

    /** Of a hash table that holds as many without growing. */
    private static final int ROOM_FOR_MEMBERS = 2 * MOST_MEMBERS;

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
     * Reads one text.
     *
     * @throws ProblemException message-invalid when it is not exactly one JSON object, or names a member twice
     */
    static FlatObject read(String text) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw Members.invalid("A message is a JSON object.");
            }
            Map<String, Object> members = new HashMap<>(ROOM_FOR_MEMBERS);
            int from = 0;
            int to = 0;
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                boolean address = name.equals(ADDRESS);
                from = address ? (int) parser.currentTokenLocation().getCharOffset() : from;
                parser.nextToken();
                Object value = value(parser);
                to = address ? (int) parser.currentLocation().getCharOffset() : to;
                if (members.put(name, value) != null || members.size() > MOST_MEMBERS) {
                    throw Members.invalid("A message has few members, each of them once.");
                }
            }
            if (parser.nextToken() != null) {
                throw Members.invalid("A message is one JSON text.");
            }
            return new FlatObject(members, text, from, to);
        } catch (JacksonException notJson) {
            throw Members.invalid("A message is one JSON text.");
        }
    }

    /** The message around the member {@value #ADDRESS}, which it has. */
    Passage passage() {
        return new Passage(text, from, to);
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
