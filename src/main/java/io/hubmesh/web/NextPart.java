package io.hubmesh.web;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;

/** Names the next part of a list by a {@code Link} header (RFC 8288). */
public final class NextPart {

    private NextPart() {}

    /** @param address of the next part, whose pieces need no encoding */
    public static void link(ResponseEntity.BodyBuilder answer, String address) {
        answer.header(HttpHeaders.LINK, "<" + address + ">; rel=\"next\"");
    }
}
