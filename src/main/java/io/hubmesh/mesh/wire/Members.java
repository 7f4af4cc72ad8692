package io.hubmesh.mesh.wire;

import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Takes the members out of one message, strictly: each must be there, of its shape and in bounds; none may be left over. */
final class Members {

    private final FlatObject message;
    private int taken;

    /** @throws ProblemException message-invalid as {@link FlatObject#read} */
    Members(String text) {
        this.message = FlatObject.read(text);
    }

    String text(String name, Predicate<String> shape) {
        String value = optionalText(name, shape);
        if (value == null) {
            throw invalid("The member " + name + " is missing.");
        }
        return value;
    }

    @Nullable
    String optionalText(String name, Predicate<String> shape) {
        Object value = take(name);
        if (value == null) {
            return null;
        }
        if (value instanceof String text && shape.test(text)) {
            return text;
        }
        throw wrong(name);
    }

    /** Any text that is not empty and holds no half of a character, which JSON can name and nobody could be sent. */
    String text(String name, int longest) {
        if (take(name) instanceof String text && !text.isEmpty() && text.length() <= longest && isWellFormed(text)) {
            return text;
        }
        throw wrong(name);
    }

    /** One of an enum's constants, in lower case and with hyphens. */
    <E extends Enum<E>> E choice(String name, Class<E> choices) {
        Object value = take(name);
        for (E choice : choices.getEnumConstants()) {
            if (value instanceof String word && says(choice.name(), word)) {
                return choice;
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
        Object value = take(name);
        return value == null ? null : whole(name, value, largest);
    }

    /** Chunk indexes, each at most once. */
    List<Integer> indexes(String name, int most) {
        if (!(take(name) instanceof List<?> elements) || elements.isEmpty() || elements.size() > most) {
            throw wrong(name);
        }
        List<Integer> indexes = new ArrayList<>(elements.size());
        Set<Integer> seen = new HashSet<>();
        for (Object element : elements) {
            int index = (int) whole(name, element, Bounds.CHUNKS - 1L);
            if (!seen.add(index)) {
                throw wrong(name);
            }
            indexes.add(index);
        }
        return List.copyOf(indexes);
    }

    Bitmap bitmap(String name) {
        if (!(take(name) instanceof String text)) {
            throw wrong(name);
        }
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

    /** The message around the member {@value FlatObject#ADDRESS}, which it has. */
    Passage passage() {
        return message.passage();
    }

    /** Says that everything has been taken; each member is asked for once. */
    void end() {
        if (taken < message.members().size()) {
            throw invalid("The message has a member that it should not have.");
        }
    }

    /** Whether a word of a message means the constant of that name, which has no letters but those from A to Z. */
    private static boolean says(String constant, String word) {
        if (word.length() != constant.length()) {
            return false;
        }
        for (int at = 0; at < word.length(); at++) {
            char letter = constant.charAt(at);
            if (word.charAt(at) != (letter == '_' ? '-' : Character.toLowerCase(letter))) {
                return false;
            }
        }
        return true;
    }

    private @Nullable Object take(String name) {
        Object value = message.members().get(name);
        taken += value == null ? 0 : 1;
        return value;
    }

    private static long whole(String name, Object value, long largest) {
        if (value instanceof Long number && number >= 0 && number <= largest) {
            return number;
        }
        throw wrong(name);
    }

    private static boolean isWellFormed(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (Character.isSurrogate(text.charAt(at))) {
                return text.codePoints().noneMatch(point -> Character.getType(point) == Character.SURROGATE);
            }
        }
        return true;
    }

    private static ProblemException wrong(String name) {
        return invalid("The member " + name + " is missing, of the wrong kind or out of bounds.");
    }

    static ProblemException invalid(String detail) {
        return new ProblemException(ProblemCode.MESSAGE_INVALID, detail);
    }
}
