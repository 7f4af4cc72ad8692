package io.hubmesh.mesh.swarm;

import java.time.Duration;

/** How much one peer or one account may take up of the hub. */
public final class Limits {

    /** Tabs and browsers of one person; more is a script that fills the registry. */
    public static final int PEERS_PER_ACCOUNT = 8;

    /** Each costs the hub a row and a bitmap of at most 32 KiB. */
    public static final int SWARMS_PER_PEER = 64;

    /** Places of all peers of one account: more is a script; a browser that holds everything is one peer. */
    public static final int SWARMS_PER_ACCOUNT = 256;

    /** Edges that every member is to have: enough to find every chunk soon and to stay in one piece when some go. */
    static final int WANTED_EDGES = 4;

    /** Edges that a member may have: few enough to connect to at once, and room for newcomers. */
    static final int MOST_EDGES = 6;

    /** Edges of a member chosen because both are in one network; the others keep the networks of a swarm together. */
    static final int NEAR_EDGES = 2;

    /** Edges for which a member that holds everything takes edges of others apart; more would only disturb those who fetch. */
    static final int FULL_EDGES = 2;

    /** Edges looked at for one to take apart: more than can touch a member's own neighbours (3 x 6, and those it has lost). */
    static final int SPLIT_TRIES = 64;

    /**
     * How long two members that did not reach each other are no neighbours at first; with each loss in a row twice as long. Longer than the
     * 10 s that the other end may still look for the lost path.
     */
    static final Duration UNREACHED = Duration.ofSeconds(15);

    /** The same where a link was lost for any other reason: what is wrong there seldom mends itself soon. */
    static final Duration LOST = Duration.ofMinutes(5);

    /** Nor longer than that: a relay may come back after hours, and one try an hour costs little. */
    static final Duration LONGEST_LOST = Duration.ofHours(1);

    /** After so long without another loss the next one is the first again; failing to set a link up takes 20 s. */
    static final Duration FORGIVEN = Duration.ofMinutes(5);

    /** Accounts that must have had wrong chunks of a peer before it is named to nobody: one alone may lie. */
    static final int ACCUSERS = 2;

    /** Three pings of the hub without an answer (one every 10 s). */
    public static final Duration SILENCE = Duration.ofSeconds(30);

    /** How long the hub keeps a chunk for the one who may fetch it: 4 MiB at half a megabit a second. */
    public static final Duration LEASE = Duration.ofSeconds(60);

    /** Who has something under lease and has said nothing for so long is not waited for: who fetches reports every 3 s at least. */
    static final Duration QUIET = Duration.ofSeconds(5);

    /** Chunks in one lease. */
    public static final int CHUNKS_PER_LEASE = 32;

    /** Chunks that one peer may have under lease and not say to hold, so that it cannot keep a content to itself. */
    static final int LEASED_PER_PEER = 256;

    /** How long peers may bring nothing to one who wants what they hold, before the hub helps out. */
    public static final Duration PATIENCE = Duration.ofSeconds(2);

    /** That is longer in a large swarm, by each member that fetches: what is new needs several steps to get to everybody. */
    static final Duration PATIENCE_PER_MEMBER = Duration.ofMillis(5);

    /** Nor longer than that. */
    static final Duration LONGEST_PATIENCE = Duration.ofSeconds(10);

    /** Who gets nothing comes back after so long for each member that fetches: 100 questions a second in all. */
    static final Duration RETRY_PER_MEMBER = Duration.ofMillis(10);

    /**
     * Never ask the asker to come back sooner, save when its patience ends, or when it fetches alone and has chunks on their way: it then
     * asks whenever one has come, so that the hub's line never rests.
     */
    public static final Duration SOONEST_RETRY = Duration.ofMillis(250);

    /** Nor later: in a large swarm too, somebody has to notice when the hub may send again. */
    static final Duration LATEST_RETRY = Duration.ofSeconds(2);

    /** Members that fetch, up to which a swarm is small: with so few, the hub's uplink is worth more than theirs. */
    static final int SMALL_SWARM = 3;

    /** Bytes of a content that is not worth waiting for links. */
    static final long SMALL_CONTENT = 1024 * 1024;

    /** Members up to which the hub gives start credit; in all of them together, 1/32 of the content. */
    static final int CREDIT_MEMBERS = 32;

    private Limits() {}
}
