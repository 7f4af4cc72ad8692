package io.hubmesh.measurement.advisor;

/**
 * The least time until everybody has the file, in seconds from the first request, and the least that the hub sends for it.
 * With all requests in one moment and everybody reachable: Kumar and Ross, <i>Peer-Assisted File Distribution: The Minimum
 * Distribution Time</i>, IEEE HotWeb 2006; requests over time and unreachable receivers are reckoned as {@code src/docs/measurement.md} says.
 */
final class Bounds {

    /** Members that fetch, up to which the hub sends an automatic transfer what peers hold too ({@code io.hubmesh.mesh.swarm.Limits}). */
    private static final int SMALL_SWARM = 3;

    /** Bytes of a content that is not worth waiting for links (the same). */
    private static final long SMALL_CONTENT = 1024 * 1024;

    /** Members up to which the hub gives automatic transfers a start, in all one part in as many of the file (the same). */
    private static final int CREDIT_MEMBERS = 32;

    private Bounds() {}

    static double seconds(DeliveryModel model, Environment of) {
        if (isFromHub(model, of)) {
            return fromHub(of);
        }
        return model == DeliveryModel.PEERS ? fromPeers(of) : automatic(of);
    }

    /** Whether a model comes to the hub sending everything, because no peer can help or none is waited for. */
    static boolean isFromHub(DeliveryModel model, Environment of) {
        return model == DeliveryModel.HUB || !of.hasMesh() || (model == DeliveryModel.AUTOMATIC && isSmall(of));
    }

    /** Bytes of the file that the hub sends, relays apart. */
    static double hubBytes(DeliveryModel model, Environment of) {
        double all = (double) of.receivers() * of.sizeBytes();
        if (isFromHub(model, of)) {
            return all;
        }
        double own = ownCopies(of) * of.sizeBytes();
        return Math.min(all, model == DeliveryModel.PEERS ? own : automaticBytes(of, own, all));
    }

    private static double fromHub(Environment of) {
        double inTurn = of.receivers() * (of.sizeBytes() / of.hubUploadBytesPerSecond());
        return Math.max(inTurn, of.spreadSeconds() + of.aloneSeconds());
    }

    private static double fromPeers(Environment of) {
        double others = of.reachable() - meshCopies(of);
        double amongPeers = absentSeconds(of) + others * of.sizeBytes() / meshUpload(of);
        return Math.max(floor(of), others > 0 ? amongPeers : 0);
    }

    private static double automatic(Environment of) {
        if (of.fetchingAtOnce() > SMALL_SWARM) {
            return fromPeers(of);
        }
        double all = (double) of.receivers() * of.sizeBytes();
        double together = (all + meshUpload(of) * absentSeconds(of)) / (of.hubUploadBytesPerSecond() + meshUpload(of));
        return Math.min(fromHub(of), Math.max(floor(of), together));
    }

    /** What no number of peers makes shorter: the hub's own copies, the last request and its download. */
    private static double floor(Environment of) {
        double own = ownCopies(of) * of.sizeBytes() / of.hubUploadBytesPerSecond();
        double last = of.spreadSeconds() + of.sizeBytes() / of.downloadBytesPerSecond();
        return Math.max(own, last);
    }

    private static double automaticBytes(Environment of, double own, double all) {
        if (of.fetchingAtOnce() > SMALL_SWARM) {
            return own + (of.receivers() <= CREDIT_MEMBERS ? (double) of.sizeBytes() / CREDIT_MEMBERS : 0);
        }
        double present = of.spreadSeconds() == 0
                ? of.reachable()
                : Math.min(of.reachable(), of.reachable() * of.stayingShare() / 2 + of.fetchingAtOnce() - 1);
        double hub = of.hubUploadBytesPerSecond();
        return Math.max(own, all * hub / (hub + present * of.uploadBytesPerSecond()));
    }

    /** Copies that the hub sends in any case: one each to those whom no peer reaches, and what the mesh needs. */
    private static double ownCopies(Environment of) {
        return of.receivers() - of.reachable() + meshCopies(of);
    }

    /** Copies for the mesh: one, or one each until the first comes who stays, where nobody meets another who fetches. */
    private static double meshCopies(Environment of) {
        boolean somebodyIsThere = of.reachable() * of.aloneSeconds() >= of.spreadSeconds();
        if (somebodyIsThere) {
            return 1;
        }
        return of.stayingShare() == 0 ? of.reachable() : Math.min(of.reachable(), 1 / of.stayingShare());
    }

    private static double meshUpload(Environment of) {
        return of.reachable() * of.uploadBytesPerSecond();
    }

    /** For how long a receiver gives nothing, on average: before it comes, and, if it does not stay, after it has gone. */
    private static double absentSeconds(Environment of) {
        return of.spreadSeconds() * (1 - of.stayingShare() / 2);
    }

    private static boolean isSmall(Environment of) {
        return of.sizeBytes() <= SMALL_CONTENT;
    }
}
