package io.hubmesh.mesh.keeping;

import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ContentId;
import io.hubmesh.kernel.PeerId;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A peer that has said how much disk it gives on request. Pure, and not safe for threads. */
final class Giver {

    final PeerId peer;
    final AccountId account;

    /** Bytes that it would still give; what it was asked for since it said so is taken off. */
    long free;

    /** What it was asked to keep, and when. */
    final Map<ContentId, Instant> asked = new HashMap<>();

    /** What it was asked for and has entered the swarm of. */
    final Set<ContentId> begun = new HashSet<>();

    /** What it holds and was told that it need not keep any more. */
    final Set<ContentId> released = new HashSet<>();

    /** What it did not begin to fetch when asked, and when it may be asked again. */
    final Map<ContentId, Instant> declined = new HashMap<>();

    Giver(PeerId peer, AccountId account) {
        this.peer = peer;
        this.account = account;
    }
}
