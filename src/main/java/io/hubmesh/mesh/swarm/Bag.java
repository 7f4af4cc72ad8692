package io.hubmesh.mesh.swarm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A set from which one may be drawn by its index. What is taken out leaves its place to the last: the order depends on
 * nothing but what was done. Pure, and not safe for threads.
 */
final class Bag<T> {

    private final List<T> items = new ArrayList<>();
    private final Map<T, Integer> places = new HashMap<>();

    int size() {
        return items.size();
    }

    T get(int index) {
        return items.get(index);
    }

    void add(T item) {
        if (places.putIfAbsent(item, items.size()) == null) {
            items.add(item);
        }
    }

    void remove(T item) {
        Integer place = places.remove(item);
        if (place == null) {
            return;
        }
        T last = items.remove(items.size() - 1);
        if (last != item) {
            items.set(place, last);
            places.put(last, place);
        }
    }
}
