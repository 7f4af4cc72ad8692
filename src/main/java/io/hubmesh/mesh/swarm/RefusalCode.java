package io.hubmesh.mesh.swarm;

import java.util.Locale;

/** Why a link ended: the closed list of codes that peers give each other and the hub (src/docs/protocol.md). */
public enum RefusalCode {
    TICKET_INVALID,
    TICKET_TYPE,
    TICKET_ISSUER,
    TICKET_EXPIRED,
    TICKET_CONTENT,
    TICKET_PEER,
    TICKET_REVOKED,
    FINGERPRINT_MISSING,
    FINGERPRINT_MANY,
    FINGERPRINT_MISMATCH,
    DESCRIPTION_INVALID,
    NOT_IN_SWARM,
    DUPLICATE,
    BUSY,
    BANNED,
    FRAME_UNKNOWN,
    FRAME_CHANNEL,
    FRAME_LENGTH,
    FRAME_RANGE,
    FRAME_EARLY,
    FRAME_FLOOD,
    HELLO_MISMATCH,
    WRONG_CHUNK,
    SILENT,
    UNREACHABLE,
    LEAVING;

    /** As it is written on the wire. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether a peer tells the hub of a link that ended so; the others end every day and mean nothing. */
    public boolean isTold() {
        return this != LEAVING && this != DUPLICATE;
    }
}
