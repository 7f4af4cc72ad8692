/** Every tunable of the core: its unit, why it has its value, and the attack that a bound stops. */

const KIB = 1024;
const MIB = 1024 * KIB;

/* ---------------------------------------------------------------- asking */

/** Bytes requested of a link that has not sent yet: 3 s of a slow uplink, and the rest is left for links that open a moment later. */
export const FIRST_WINDOW_BYTES = 256 * KIB;

/** Chunks requested of a link at least, whatever their size: one on its way, one being read. */
export const LEAST_REQUESTS = 2;

/** Most bytes requested of one link: bounds the memory in which its pieces wait to become chunks. */
export const LARGEST_WINDOW_BYTES = 32 * MIB;

/**
 * Milliseconds, the round trip on top, that a chunk may take from its request to its last byte. While it takes less, more is requested:
 * a fast link's window doubles with each round trip up to this much of its rate. Where it takes more, requests only queue at the other end,
 * where they help nobody, hold up the end of the transfer and are asked for twice.
 */
export const WINDOW_MILLIS = 400;

/** Most requests open at one link; the protocol's bound, past which a serving peer answers `busy`. */
export const MOST_REQUESTS = 64;

/** Most bytes received and not yet checked and written: when the disk is slower than the network, asking stops here. */
export const MOST_UNSETTLED_BYTES = 48 * MIB;

/**
 * Bytes asked of all links together past which a link is asked for no more than its least requests: what many peers can make this
 * tab hold by keeping the end of each chunk back. Those least requests are not held back, or else they could make it ask nobody.
 */
export const MOST_ASKED_BYTES = 128 * MIB;

/** Milliseconds without a byte after which what was asked of a link may be asked elsewhere as well (protocol: 2 s). */
export const STALL_MILLIS = 2_000;

/** Milliseconds without a byte after which a link's requests are withdrawn; stops a peer that answers and never sends. */
export const ABANDON_MILLIS = 15_000;

/** Milliseconds that one chunk may take on a link that sends other chunks; stops a peer that withholds the last one. */
export const CHUNK_DEADLINE_MILLIS = 60_000;

/** Milliseconds without a byte after which the link ends: another peer may take its place. */
export const SILENT_MILLIS = 45_000;

/** Most sources asked for the same chunk at the end of a transfer. */
export const MOST_SOURCES = 2;

/** A second source is asked only if it is expected to be this many times quicker than the first: keeps duplicates rare. */
export const ENDGAME_GAIN = 2;

/** Milliseconds the first source must still need before a duplicate is worth its bytes. */
export const ENDGAME_LEAST_MILLIS = 1_000;

/** Smallest piece counted on, in bytes: a chunk in more pieces than that is a flood of tiny allocations. */
export const LEAST_PIECE_BYTES = 1 * KIB;

/** Bytes a peer may send that nobody asked for (beside what a cancel was too late for) before the link ends. */
export const UNASKED_BYTES = 1 * MIB;

/** Most bytes that may arrive unasked at any time: those, and what was withdrawn last. A promise kept for ever is a bound for nobody. */
export const MOST_FORGIVEN_BYTES = UNASKED_BYTES + LARGEST_WINDOW_BYTES;

/** Control frames of one link at once: all that the largest file of the smallest chunks brings about, four times over. */
export const MOST_FRAMES_AT_ONCE = 8_192;

/** Control frames of one link a second on average: a `have` and a `request` for each smallest chunk at 64 MB/s. */
export const FRAMES_PER_SECOND = 2_000;

/** Wrong chunks after which a peer is dropped for the session (protocol: at the second). */
export const MOST_WRONG_CHUNKS = 2;

/** Most certificates whose wrong chunks are remembered; the oldest go first. A tab can make as many as it likes. */
export const MOST_KNOWN_WRONG = 1_024;

/** Milliseconds before a chunk that a peer refused is asked of the same peer again: stops a loop of ask and reject. */
export const REJECT_PAUSE_MILLIS = 1_000;

/* ---------------------------------------------------------------- the hub's share */

/** Bytes of leased chunks being fetched at once: enough for one uplink, little enough to turn to peers quickly. */
export const LEASE_BYTES = 8 * MIB;

/** Seconds of a download limit that are taken of the hub at once: it sends them as fast as it can. */
export const LEASE_SECONDS = 0.2;

/** Messages that ask for leases a second, on average: the hub ends a socket at 50 of all kinds, and there is more to say. */
export const LEASES_PER_SECOND = 20;

/** Such messages at once: a file that has just begun is asked for chunk by chunk, until the hub has seen how quickly it goes. */
export const MOST_LEASES_AT_ONCE = 40;

/** Chunks newly held that the hub is told of before it is asked for more: it leaves 256 to a peer that does not say what has come of them. */
export const HAVE_BEFORE_LEASE = 64;

/** Milliseconds that a chunk may be on its way from the hub before a link may be asked for it as well: 4 MiB at 800 KB/s. */
export const LEASE_STALL_MILLIS = 5_000;

/** Milliseconds a `lease` may go unanswered before it is sent again. */
export const LEASE_ANSWER_MILLIS = 5_000;

/** Milliseconds before the next `lease` when the hub granted none and named no pause. */
export const LEASE_RETRY_MILLIS = 2_000;

/** Longest pause after failed lease fetches, in milliseconds; the pause doubles up to it. */
export const LONGEST_LEASE_PAUSE_MILLIS = 30_000;

/** Milliseconds after entering in which the hub surely gives only what no member holds (protocol: 2 s), the way there allowed for. */
export const UNHELD_ONLY_MILLIS = 1_500;

/** Milliseconds a link may take to open before the hub is asked for what its peer might have. */
export const LINK_PATIENCE_MILLIS = 6_000;

/** Milliseconds after entering a swarm in which the neighbours' list is awaited before the hub is asked for chunks. */
export const NEIGHBOURS_PATIENCE_MILLIS = 3_000;

/** Wrong chunks from the hub after which a transfer fails: its disk is broken, asking on would not help. */
export const MOST_WRONG_FROM_HUB = 3;

/* ---------------------------------------------------------------- serving */

/** Bytes buffered in a link's bulk channel at most (protocol: 1 MiB); more only adds delay for the control channel. */
export const LARGEST_BUFFER_BYTES = 1 * MIB;

/** Bytes read ahead for one link: the disk works while the network sends. */
export const READ_AHEAD_BYTES = 2 * MIB;

/** Bytes read ahead for all links together: bounds what many hungry peers can make this tab hold. */
export const READ_AHEAD_TOTAL_BYTES = 64 * MIB;

/* ---------------------------------------------------------------- experiments */

/** Bytes of the largest test copy that is fetched for an experiment: it is held in memory. */
export const TEST_COPY_BYTES = 256 * MIB;

/** Part of a person's limit that an experiment may take: the rest is for what they fetch and serve themselves meanwhile. */
export const TRIAL_SHARE = 0.5;

/* ---------------------------------------------------------------- limits that a person sets */

/** Seconds of a rate that may go at once after quiet: few, so that a limited transfer is smooth and its average right. */
export const BURST_SECONDS = 0.1;

/** Seconds of a rate that a wake-up may come late without a loss: hidden tabs are woken once a second. */
export const LATE_SECONDS = 1.5;

/** Least milliseconds between two wake-ups: what a browser's timers can do, and little work. */
export const WAKE_MILLIS = 20;

/** Seconds of a limited rate in one piece: a slow limit is no row of long pauses. */
export const PIECE_SECONDS = 0.05;

/** Smallest message that a link may take, in bytes; a description that names less would have chunks sent in crumbs. */
export const LEAST_MESSAGE_BYTES = 16 * KIB;

/* ---------------------------------------------------------------- links and swarms */

/** Most links at once; more cost more processor than they bring, and offers cost an attacker nothing. */
export const MOST_LINKS = 48;

/** Most links of one content, so that one swarm cannot take every place. */
export const MOST_LINKS_OF_CONTENT = 12;

/** Most links of one content that others have offered: a place is left for those that the hub names to this peer. */
export const MOST_LINKS_OFFERED = 8;

/** Milliseconds from the first step of a link to `open`: two gatherings of 2 s, signalling, ICE and DTLS. */
export const SETUP_MILLIS = 20_000;

/** Milliseconds before a refused content of which something is held is asked for again; doubles with each refusal. */
export const ASK_AGAIN_MILLIS = 60_000;

/** Longest such pause, in milliseconds: the hub tells those it has put out at once, so that few ask in vain. */
export const LATEST_ASK_AGAIN_MILLIS = 600_000;

/** Links told lost at once: every one that there can be. */
export const MOST_LOST_AT_ONCE = MOST_LINKS;

/** Links told lost a second on average: far below what ends the socket (50 messages a second). */
export const LOST_PER_SECOND = 2;

/** Milliseconds in which a lost path must be found again: signalling both ways and two gatherings; then the hub is to name others. */
export const MEND_MILLIS = 10_000;

/** Milliseconds after the answer in which a restart finds a path or another is made: a relay may be back only now. */
export const RECOVERY_MILLIS = 3_000;

/** Milliseconds in which a restart is answered, or another is made: signalling both ways and a gathering. */
export const RESTART_ANSWER_MILLIS = 5_000;

/** Milliseconds between two restarts of a link that the other end may ask for: each costs a signature and a gathering. */
export const LEAST_RESTART_MILLIS = 3_000;

/** Milliseconds between two entries of a swarm by a fetching peer that has no link: asks for other neighbours. */
export const REENTER_MILLIS = 15_000;

/** Part of a ticket's life after which a new one is asked for. */
export const TICKET_RENEWAL = 0.5;

/** Least milliseconds between two renewals, whatever the ticket claims: stops a loop on a ticket that is born expired. */
export const LEAST_RENEWAL_MILLIS = 30_000;

/** Most `have` indexes kept for the next message to the hub; the protocol's messages stay far below 64 KiB. */
export const MOST_HAVE_TO_HUB = 1_024;

/** Milliseconds between two `have` messages to the hub for one content. */
export const HAVE_TO_HUB_MILLIS = 500;

/** Milliseconds between two reports of a running transfer (protocol: every second). */
export const REPORT_MILLIS = 1_000;

/** The same while nothing has changed: soon enough for the hub, which leases to others what a silent peer has under lease (protocol: 5 s). */
export const UNCHANGED_REPORT_MILLIS = 3_000;

/** Milliseconds between two reports of a completed transfer whose content is being served: what others say they took is held against it. */
export const SERVING_REPORT_MILLIS = 10_000;

/** Milliseconds between two notes of a running transfer in the store: what a closed tab may forget of the wasted bytes. */
export const NOTE_MILLIS = 5_000;

/** Milliseconds between two notes of a content's use in the store: which one is the least used need not be known more closely. */
export const USE_MILLIS = 60_000;

/** Most transfers kept for the view; the oldest that ended go first. */
export const MOST_TRANSFERS = 100;

/** Most sources that a transfer tells apart: a peer that comes back has another name each time. */
export const MOST_SOURCES_SHOWN = 256;

/** Seconds over which a rate is averaged: steady to read, quick enough to notice a stall. */
export const RATE_SECONDS = 2;
