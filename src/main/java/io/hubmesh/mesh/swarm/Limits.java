package io.hubmesh.mesh.swarm;

import java.time.Duration;

/** How much one peer or one account may take up of the hub. */
public final class Limits {

    /** Tabs and browsers of one person; more is a script that fills the registry. */
    public static final int PEERS_PER_ACCOUNT = 8;

    /** Each costs the hub a row and a bitmap of at most 32 KiB. */
    public static final int SWARMS_PER_PEER = 64;

    /** Enough to find every chunk soon, few enough to connect to at once. */
    public static final int NEIGHBOURS = 5;

    /** Three pings of the hub without an answer (one every 10 s). */
    public static final Duration SILENCE = Duration.ofSeconds(30);

    /** How long the hub keeps a chunk for the one who may fetch it: 4 MiB at half a megabit a second. */
    public static final Duration LEASE = Duration.ofSeconds(60);

    /** Chunks in one lease. */
    public static final int CHUNKS_PER_LEASE = 32;

    /** Chunks that one peer may hold under lease at once, so that it cannot keep a content to itself. */
    public static final int LEASED_PER_PEER = 64;

    /** How long a chunk is left to the peers that hold it before the hub helps out. */
    public static final Duration PATIENCE = Duration.ofSeconds(2);

    /** When nobody has asked for a chunk for so long, the waiting starts anew. */
    static final Duration WAIT_FORGOTTEN = Duration.ofSeconds(30);

    /** Never ask the asker to come back sooner. */
    static final Duration SOONEST_RETRY = Duration.ofMillis(250);

    private Limits() {}
}
