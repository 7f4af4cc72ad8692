package io.hubmesh.mesh.wire;

import java.util.BitSet;

/** A set of chunks on the wire: chunk {@code i} is bit {@code 7 - i % 8} of byte {@code i / 8}. */
public record Bitmap(byte[] bytes) {

    public Bitmap {
        bytes = bytes.clone();
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Whether it has exactly the bytes that {@code chunks} chunks need, and none of the spare bits is set. */
    public boolean fits(int chunks) {
        return bytes.length == (chunks + 7) / 8 && toSet().length() <= chunks;
    }

    public BitSet toSet() {
        BitSet set = new BitSet(bytes.length * 8);
        for (int index = 0; index < bytes.length * 8; index++) {
            if ((bytes[index / 8] & (0x80 >> (index % 8))) != 0) {
                set.set(index);
            }
        }
        return set;
    }
}
