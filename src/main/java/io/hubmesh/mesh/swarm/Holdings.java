package io.hubmesh.mesh.swarm;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/** How many members hold which chunks of one content. Pure, and not safe for threads. */
final class Holdings {

    private final int chunks;
    private final int[] copies;
    private final BitSet held = new BitSet();
    private int holders;
    private int full;

    Holdings(int chunks) {
        this.chunks = chunks;
        this.copies = new int[chunks];
    }

    /** Members that hold all or some. */
    int holders() {
        return holders;
    }

    /** Members that hold everything. */
    int full() {
        return full;
    }

    boolean isFull(Place place) {
        return chunks > 0 && place.holds == chunks && !place.shunned;
    }

    /** @return false when the member held it already, or there is no such chunk */
    boolean add(Place place, int chunk) {
        if (chunk < 0 || chunk >= chunks || place.held.get(chunk)) {
            return false;
        }
        place.held.set(chunk);
        place.holds++;
        if (place.shunned) {
            return true;
        }
        holders += place.holds == 1 ? 1 : 0;
        full += isFull(place) ? 1 : 0;
        copies[chunk]++;
        held.set(chunk);
        return true;
    }

    /** The member has gone, or is about to be shunned. */
    void remove(Place place) {
        holders -= place.holds > 0 ? 1 : 0;
        full -= isFull(place) ? 1 : 0;
        for (int chunk = place.held.nextSetBit(0); chunk >= 0; chunk = place.held.nextSetBit(chunk + 1)) {
            copies[chunk]--;
            held.set(chunk, copies[chunk] > 0);
        }
    }

    /** Whether every chunk is held by somebody or in that set. */
    boolean coverAllWith(BitSet others) {
        BitSet all = (BitSet) held.clone();
        all.or(others);
        return all.cardinality() == chunks;
    }

    boolean areAmong(BitSet set) {
        return set.intersects(held);
    }

    /** Chunks of a set that nobody holds, in turn from {@code start} on. */
    List<Integer> unheld(BitSet set, int start, int most) {
        BitSet unheld = (BitSet) set.clone();
        unheld.andNot(held);
        return inTurn(unheld, start, most);
    }

    /** Chunks of a set that somebody holds, those with the fewest copies first, equals in turn from {@code start} on. */
    List<Integer> rarest(BitSet set, int start, int most) {
        BitSet elsewhere = (BitSet) set.clone();
        elsewhere.and(held);
        List<Integer> rarest = inTurn(elsewhere, start, chunks);
        rarest.sort(Comparator.comparingInt(chunk -> copies[chunk]));
        return rarest.subList(0, Math.min(most, rarest.size()));
    }

    private static List<Integer> inTurn(BitSet set, int start, int most) {
        List<Integer> order = new ArrayList<>();
        for (int chunk = set.nextSetBit(start); chunk >= 0 && order.size() < most; chunk = set.nextSetBit(chunk + 1)) {
            order.add(chunk);
        }
        int next = set.nextSetBit(0);
        while (next >= 0 && next < start && order.size() < most) {
            order.add(next);
            next = set.nextSetBit(next + 1);
        }
        return order;
    }
}
