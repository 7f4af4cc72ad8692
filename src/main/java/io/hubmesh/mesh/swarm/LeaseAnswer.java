package io.hubmesh.mesh.swarm;

import java.time.Duration;

/** What comes of asking for a lease. */
public sealed interface LeaseAnswer {

    record Granted(Lease lease) implements LeaseAnswer {}

    /** Nothing now; ask again after that time. */
    record NotNow(Duration retryAfter) implements LeaseAnswer {}
}
