package io.hubmesh.library;

import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a list is sorted. Folders come before files, whatever the order. */
public record Order(By by, boolean descending) {

    /** By their names in natural order, where nobody says otherwise. */
    public static final Order BY_NAME = new Order(By.NAME, false);

    /** What a list can be sorted by. Folders have no size: by size, they stand by their names. */
    public enum By {
        NAME,
        SIZE,
        CHANGED
    }

    /** What the two halves of a list are sorted by: a column, and what it holds. */
    enum Key {
        NAME("sortKey", String.class) {
            @Override
            Comparable<?> of(Resource resource) {
                return NameKeys.sortKey(resource.name());
            }

            @Override
            Comparable<?> parse(String text) {
                return text;
            }
        },
        SIZE("sizeBytes", Long.class) {
            @Override
            Comparable<?> of(Resource resource) {
                return Objects.requireNonNull(resource.file()).size();
            }

            @Override
            Comparable<?> parse(String text) {
                return Long.valueOf(text);
            }
        },
        CHANGED("changedAt", Instant.class) {
            @Override
            Comparable<?> of(Resource resource) {
                return resource.changedAt();
            }

            @Override
            Comparable<?> parse(String text) {
                return Instant.parse(text);
            }
        };

        private final String column;
        private final Class<?> type;

        Key(String column, Class<?> type) {
            this.column = column;
            this.type = type;
        }

        abstract Comparable<?> of(Resource resource);

        /** @throws RuntimeException when the text is no such key */
        abstract Comparable<?> parse(String text);

        String column() {
            return column;
        }

        int compare(Object one, Object other) {
            return type == String.class
                    ? ((String) one).compareTo((String) other)
                    : type == Long.class
                            ? ((Long) one).compareTo((Long) other)
                            : ((Instant) one).compareTo((Instant) other);
        }
    }

    /**
     * Reads {@code name}, {@code size} or {@code changed}, with a {@code -} before it for descending; null for the usual.
     *
     * @throws ProblemException invalid-value
     */
    public static Order of(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return BY_NAME;
        }
        boolean descending = text.startsWith("-");
        String word = descending ? text.substring(1) : text;
        return Arrays.stream(By.values())
                .filter(by -> word(by).equals(word))
                .findFirst()
                .map(by -> new Order(by, descending))
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.INVALID_VALUE,
                        "Sort by name, size or changed, with a - before it for descending."));
    }

    /** As {@link #of} reads it. */
    @Override
    public String toString() {
        return (descending ? "-" : "") + word(by);
    }

    Key key(boolean folders) {
        return switch (by) {
            case NAME -> Key.NAME;
            case SIZE -> folders ? Key.NAME : Key.SIZE;
            case CHANGED -> Key.CHANGED;
        };
    }

    /** The order of a list that is at hand as a whole. */
    Comparator<Resource> comparator() {
        Comparator<Resource> within = (one, other) -> {
            Key key = key(one.isFolder());
            int order = key.compare(key.of(one), key.of(other));
            return order != 0 ? order : one.id().toString().compareTo(other.id().toString());
        };
        return Comparator.comparing(Resource::isFolder)
                .reversed()
                .thenComparing(descending ? within.reversed() : within);
    }

    private static String word(By by) {
        return by.name().toLowerCase(Locale.ROOT);
    }
}
