package io.hubmesh.mesh.events;

/**
 * Hears what peers report. There are thousands of reports a second, and telling one by an event of the framework costs more than counting it; so they
 * are told by a plain call, on the thread of the peer's socket. Whoever hears them is quick.
 */
public interface ReportListener {

    /** A receiver told how far it is. */
    void reported(TransferReported report);

    /** A sender told how much it gave. */
    void reported(UploadReported report);
}
