package io.hubmesh.mesh.wire;

/** What one peer tells another through the hub before they are linked. */
public sealed interface SignalBody {

    /**
     * An offer or an answer, all candidates included.
     *
     * @param sdp RFC 8866, at most 16 KiB
     * @param ticket the sender's ticket for the content
     */
    record Description(String sdp, String ticket) implements SignalBody {}

    /** No link shall come of it. */
    record Refusal(String code) implements SignalBody {}
}
