package io.hubmesh.mesh.web;

import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.util.WebUtils;

/** The opening handshake (RFC 6455, section 4.2). No extension is agreed on: compression would cost each peer more memory than all else. */
final class Handshake {

    /** What both ends append to the key (section 1.3). */
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private static final String KEY = "Sec-WebSocket-Key";
    private static final String ACCEPT = "Sec-WebSocket-Accept";
    private static final String VERSION_HEADER = "Sec-WebSocket-Version";
    private static final String VERSION = "13";
    private static final int KEY_BYTES = 16;

    private Handshake() {}

    /** @throws ProblemException malformed-request when it is not a WebSocket's, forbidden when a page of another origin asks */
    static String acceptedKey(HttpServletRequest request) {
        String key = request.getHeader(KEY);
        boolean asked = lists(request, HttpHeaders.UPGRADE, "websocket")
                && lists(request, HttpHeaders.CONNECTION, "upgrade")
                && VERSION.equals(request.getHeader(VERSION_HEADER));
        if (!asked || key == null || !isKey(key)) {
            throw new ProblemException(ProblemCode.MALFORMED_REQUEST, "Here is a WebSocket, version " + VERSION + ".");
        }
        if (!WebUtils.isSameOrigin(new ServletServerHttpRequest(request))) {
            throw new ProblemException(ProblemCode.FORBIDDEN);
        }
        return key;
    }

    static void answer(HttpServletResponse response, String key) {
        response.setHeader(HttpHeaders.UPGRADE, "websocket");
        response.setHeader(HttpHeaders.CONNECTION, "upgrade");
        response.setHeader(ACCEPT, accept(key));
    }

    static String accept(String key) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            return Base64.getEncoder().encodeToString(digest.digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-1", missing);
        }
    }

    private static boolean isKey(@Nullable String key) {
        try {
            return Base64.getDecoder().decode(key).length == KEY_BYTES;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    private static boolean lists(HttpServletRequest request, String header, String wanted) {
        List<String> values = Collections.list(request.getHeaders(header));
        return values.stream()
                .flatMap(value -> List.of(value.split(",", -1)).stream())
                .anyMatch(value -> value.strip().toLowerCase(Locale.ROOT).equals(wanted));
    }
}
