package io.hubmesh.web;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;

/**
 * What stands under patterns of paths, by their segments: a request is held against the few that may be meant, however many there are. It judges no
 * pattern: what it leaves out cannot match, and what it finds may still not.
 */
public final class Routes<T> {

    /** A segment that stands for itself. */
    private static final Pattern NAME = Pattern.compile("[\\w.-]+");

    /** A segment that stands for any one. */
    private static final Pattern VARIABLE = Pattern.compile("\\{\\w+}");

    private final Map<String, Routes<T>> named = new HashMap<>();
    private @Nullable Routes<T> any;
    private final List<T> ending = new ArrayList<>();

    /** Those whose pattern goes on with what is no plain segment: they may mean whatever begins so. */
    private final List<T> beginning = new ArrayList<>();

    /** @param pattern as {@link org.springframework.web.util.pattern.PathPattern} writes it */
    public void add(String pattern, T what) {
        Routes<T> place = this;
        for (String segment : pattern.split("/")) {
            if (NAME.matcher(segment).matches()) {
                place = place.named.computeIfAbsent(segment, first -> new Routes<>());
            } else if (VARIABLE.matcher(segment).matches()) {
                Routes<T> next = place.any;
                place = next == null ? place.any = new Routes<>() : next;
            } else if (!segment.isEmpty()) {
                place.beginning.add(what);
                return;
            }
        }
        place.ending.add(what);
    }

    /** All that may be meant by a path. */
    public List<T> of(PathContainer path) {
        List<T> found = new ArrayList<>();
        collect(path.elements(), 0, found);
        return found;
    }

    private void collect(List<PathContainer.Element> path, int from, List<T> found) {
        found.addAll(beginning);
        int at = from;
        while (at < path.size() && !(path.get(at) instanceof PathContainer.PathSegment)) {
            at++;
        }
        if (at == path.size()) {
            found.addAll(ending);
            return;
        }
        Routes<T> same = named.get(((PathContainer.PathSegment) path.get(at)).valueToMatch());
        if (same != null) {
            same.collect(path, at + 1, found);
        }
        if (any != null) {
            any.collect(path, at + 1, found);
        }
    }
}
