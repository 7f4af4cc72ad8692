package io.hubmesh.mesh.wire;

import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Takes the members out of one message, strictly: each must be there, of its shape and in bounds; none may be left over. */
final class Members {

    private final JsonNode message;
    private final Set<String> taken = new HashSet<>();

    Members(JsonNode message) {
        if (!message.isObject()) {
            throw invalid("A message is a JSON object.");
        }
        this.message = message;
    }

    String text(String name, Pattern shape) {
        String value = optionalText(name, shape);
        if (value == null) {
            throw invalid("The member " + name + " is missing.");
        }
        return value;
    }

    @Nullable
    String optionalText(String name, Pattern shape) {
        JsonNode node = take(name);
        if (node == null) {
            return null;
        }
        if (!node.isString() || !shape.matcher(node.stringValue()).matches()) {
            throw wrong(name);
        }
        return node.stringValue();
    }

    /** Any text that is not empty and holds no half of a character, which JSON can name and nobody could be sent. */
    String text(String name, int longest) {
        JsonNode node = take(name);
        if (node == null || !node.isString()) {
            throw wrong(name);
        }
        String value = node.stringValue();
        if (value.isEmpty() || value.length() > longest || !isWellFormed(value)) {
            throw wrong(name);
        }
        return value;
    }

    /** One of an enum's constants, in lower case and with hyphens. */
    <E extends Enum<E>> E choice(String name, Class<E> choices) {
        JsonNode node = take(name);
        if (node != null && node.isString()) {
            for (E choice : choices.getEnumConstants()) {
                if (word(choice).equals(node.stringValue())) {
                    return choice;
                }
            }
        }
        throw wrong(name);
    }

    long whole(String name, long largest) {
        Long value = optionalWhole(name, largest);
        if (value == null) {
            throw wrong(name);
        }
        return value;
    }

    @Nullable
    Long optionalWhole(String name, long largest) {
        JsonNode node = take(name);
        return node == null ? null : whole(name, node, largest);
    }

    /** Chunk indexes, each at most once. */
    List<Integer> indexes(String name, int most) {
        JsonNode node = take(name);
        if (node == null || !node.isArray() || node.isEmpty() || node.size() > most) {
            throw wrong(name);
        }
        List<Integer> indexes = new ArrayList<>(node.size());
        Set<Integer> seen = new HashSet<>();
        for (JsonNode element : node) {
            int index = (int) whole(name, element, Bounds.CHUNKS - 1L);
            if (!seen.add(index)) {
                throw wrong(name);
            }
            indexes.add(index);
        }
        return List.copyOf(indexes);
    }

    Bitmap bitmap(String name) {
        JsonNode node = take(name);
        if (node == null || !node.isString()) {
            throw wrong(name);
        }
        String text = node.stringValue();
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            boolean canonical = Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(bytes)
                    .equals(text);
            if (canonical && bytes.length <= Bounds.CHUNKS / 8) {
                return new Bitmap(bytes);
            }
        } catch (IllegalArgumentException notBase64) {
            throw wrong(name);
        }
        throw wrong(name);
    }

    /** Says that everything has been taken. */
    void end() {
        for (String name : message.propertyNames()) {
            if (!taken.contains(name)) {
                throw invalid("The message has a member that it should not have.");
            }
        }
    }

    private static String word(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private @Nullable JsonNode take(String name) {
        taken.add(name);
        return message.get(name);
    }

    private static long whole(String name, JsonNode node, long largest) {
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            long value = node.longValue();
            if (value >= 0 && value <= largest) {
                return value;
            }
        }
        throw wrong(name);
    }

    private static boolean isWellFormed(String text) {
        return text.codePoints().noneMatch(point -> Character.getType(point) == Character.SURROGATE);
    }

    private static ProblemException wrong(String name) {
        return invalid("The member " + name + " is missing, of the wrong kind or out of bounds.");
    }

    static ProblemException invalid(String detail) {
        return new ProblemException(ProblemCode.MESSAGE_INVALID, detail);
    }
}
