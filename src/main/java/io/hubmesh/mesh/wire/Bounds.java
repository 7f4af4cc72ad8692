package io.hubmesh.mesh.wire;

/** How large anything in a message may be. */
public final class Bounds {

    /** UTF-8 bytes of a message: an SDP with its ticket, or the bitmap of the largest content, and some room. */
    public static final int MESSAGE_BYTES = 64 * 1024;

    /** Characters of an SDP, candidates included; a data-channel description of a busy host has about 3,000. */
    static final int SDP_CHARACTERS = 16 * 1024;

    /** Characters of a ticket; the hub's own have about 700. */
    static final int TICKET_CHARACTERS = 2048;

    /** Chunks of a content: 1 TiB in chunks of 4 MiB. Its bitmap takes 43,691 characters and still fits a message. */
    public static final int CHUNKS = 262_144;

    /** Indexes in one {@code have}. */
    static final int HAVE_CHUNKS = 1024;

    /** Chunks that one {@code lease} may ask for. */
    static final int LEASE_ROOM = 32;

    /** Bytes and milliseconds are whole numbers that JavaScript can hold (2^53 - 1). */
    static final long WHOLE_NUMBER = (1L << 53) - 1;

    /** Characters of a sentence for a person. */
    static final int DETAIL_CHARACTERS = 500;

    private Bounds() {}
}
