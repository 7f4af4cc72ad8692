package io.hubmesh.delivery.web;

import io.hubmesh.delivery.Body;
import io.hubmesh.storage.Blob;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpHeaders;

/** The whole of a file, one range of it, or several with a head each (RFC 9110, section 14.6). */
final class RangeAnswer {

    private RangeAnswer() {}

    /** Sets status and headers. @return what is to be sent */
    static Body begin(List<ByteRange> ranges, Blob blob, String mediaType, HttpServletResponse response) {
        Body body = new Body(blob);
        response.setContentType(mediaType);
        if (ranges.isEmpty()) {
            return body.bytes(0, blob.size());
        }
        response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
        if (ranges.size() == 1) {
            ByteRange only = ranges.get(0);
            response.setHeader(HttpHeaders.CONTENT_RANGE, only.contentRange(blob.size()));
            return body.bytes(only.start(), only.length());
        }
        String boundary = UUID.randomUUID().toString();
        response.setContentType("multipart/byteranges; boundary=" + boundary);
        for (ByteRange range : ranges) {
            body.words("\r\n--" + boundary + "\r\nContent-Type: " + mediaType + "\r\nContent-Range: "
                            + range.contentRange(blob.size()) + "\r\n\r\n")
                    .bytes(range.start(), range.length());
        }
        return body.words("\r\n--" + boundary + "--\r\n");
    }
}
