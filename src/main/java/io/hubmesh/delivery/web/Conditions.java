package io.hubmesh.delivery.web;

import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Collections;
import org.springframework.http.ETag;
import org.springframework.http.HttpHeaders;

/**
 * What a download is asked for on condition of: the very version that the client has begun with (RFC 9110, sections 13.1.1, 13.1.4 and 13.2.2). Spring heeds the
 * first for changes alone, and answers the second without a word of why.
 */
final class Conditions {

    private Conditions() {}

    /**
     * Refuses a download of another version.
     *
     * @param etag of the version that would be sent, with its quotation marks
     * @param changed when that was made, in whole seconds
     * @throws ProblemException precondition-failed when If-Match names none of it, or, without one, it was changed after If-Unmodified-Since
     */
    static void require(HttpServletRequest request, String etag, Instant changed) {
        if (request.getHeader(HttpHeaders.IF_MATCH) != null) {
            require(names(request, ETag.create(etag)));
        } else if (request.getHeader(HttpHeaders.IF_UNMODIFIED_SINCE) != null) {
            require(!changed.isAfter(since(request, changed)));
        }
    }

    private static boolean names(HttpServletRequest request, ETag current) {
        String tags = String.join(",", Collections.list(request.getHeaders(HttpHeaders.IF_MATCH)));
        return ETag.parse(tags).stream().anyMatch(tag -> tag.isWildcard() || tag.compare(current, true));
    }

    /** What is no date is to be ignored (section 13.1.4). */
    private static Instant since(HttpServletRequest request, Instant otherwise) {
        try {
            return Instant.ofEpochMilli(request.getDateHeader(HttpHeaders.IF_UNMODIFIED_SINCE));
        } catch (IllegalArgumentException noDate) {
            return otherwise;
        }
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new ProblemException(ProblemCode.PRECONDITION_FAILED);
        }
    }
}
