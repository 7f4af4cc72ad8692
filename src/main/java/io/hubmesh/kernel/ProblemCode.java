package io.hubmesh.kernel;

import java.util.Locale;

/**
 * Everything that can go wrong for someone who asks the hub for something. The list is closed and its codes are stable:
 * clients may rely on them. The front end mirrors it in {@code frontend/src/protocol/problems.ts}.
 */
public enum ProblemCode {
    MALFORMED_REQUEST(400, "The request could not be understood"),
    INVALID_NAME(400, "That name cannot be used"),
    INVALID_PASSWORD(400, "That password cannot be used"),
    INVALID_VALUE(400, "A value in the request is not valid"),
    SIGN_IN_REQUIRED(401, "Please sign in"),
    TOKEN_INVALID(401, "The access token is not valid"),
    FORBIDDEN(403, "You may not do that"),
    INSUFFICIENT_SCOPE(403, "This access token was not made for that"),
    PASSWORD_CHANGE_REQUIRED(403, "Choose a new password first; until then the account can do nothing else"),
    CSRF_TOKEN_INVALID(403, "This page is out of date; reload it and try again"),
    NOT_FOUND(404, "There is nothing here, or you may not see it"),
    METHOD_NOT_ALLOWED(405, "That method does not apply here"),
    NOT_ACCEPTABLE(406, "The hub cannot answer in the form you asked for"),
    NAME_TAKEN(409, "Something with that name is already there"),
    NOT_A_FOLDER(409, "That is a file, not a folder"),
    NOT_A_FILE(409, "That is a folder, not a file"),
    CHANGED_MEANWHILE(409, "Somebody else changed this at the same moment"),
    ALREADY_RUNNING(409, "That is being done already"),
    ROOT_IS_FIXED(409, "The top folder cannot be changed"),
    LAST_ADMINISTRATOR(409, "The last administrator must stay one"),
    PRECONDITION_FAILED(412, "Somebody else has changed this since you read it; read it again"),
    PRECONDITION_REQUIRED(428, "The request must say which state it changes, by the header If-Match"),
    LENGTH_REQUIRED(411, "The request must say how many bytes it brings"),
    TOO_LARGE(413, "That is more than the hub accepts"),
    UNSUPPORTED_MEDIA_TYPE(415, "The hub does not read that media type here; say it by the header Content-Type"),
    RANGE_NOT_SATISFIABLE(416, "The file does not have the range you asked for"),
    UPLOAD_INCOMPLETE(400, "The upload ended before all its bytes had arrived"),
    CHECKSUM_MISMATCH(422, "The bytes that arrived are not the ones that were announced"),
    UPLOAD_OFFSET_MISMATCH(409, "The upload goes on elsewhere in the file"),
    /** 460 is the protocol's own status: tus 1.0, checksum extension. */
    UPLOAD_CHECKSUM_MISMATCH(460, "The bytes that arrived do not have the checksum that came with them"),
    TUS_VERSION_UNSUPPORTED(412, "The hub speaks tus 1.0.0; say so by the header Tus-Resumable"),
    TOO_MANY_REQUESTS(429, "Too many requests; wait a moment"),
    IDEMPOTENCY_KEY_REUSED(422, "That Idempotency-Key was used for another request; take a new one"),
    IDEMPOTENCY_KEY_IN_USE(
            409, "The first request with that Idempotency-Key is still under way; try again in a moment"),
    QUOTA_EXCEEDED(413, "That is more than this account may keep on the hub"),
    STORAGE_FULL(507, "The hub's storage is full"),
    PEER_DELIVERY_OFF(409, "Peer delivery is switched off for this resource"),
    LEASE_INVALID(403, "There is no lease for that chunk, or it has ended"),
    NOT_JOINED(409, "Join the mesh first"),
    MESSAGE_INVALID(400, "The message could not be understood"),
    MESSAGE_TOO_LARGE(413, "The message is larger than allowed"),
    FINGERPRINT_MISMATCH(403, "The connection offer does not carry the fingerprint that the ticket names"),
    TICKET_INVALID(403, "The ticket is not one of this hub's, has ended, or is for something else"),
    PEER_UNKNOWN(404, "That peer is not in the mesh, or not in this swarm"),
    UNEXPECTED(500, "Something went wrong on the hub; it has been written to the log");

    private final int status;
    private final String title;

    ProblemCode(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** The HTTP status that goes with it (RFC 9110). */
    public int status() {
        return status;
    }

    /** One plain sentence for a person. */
    public String title() {
        return title;
    }

    /** As it stands in a problem document's {@code code} member, for example {@code name-taken}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
