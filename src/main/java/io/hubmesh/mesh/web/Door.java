package io.hubmesh.mesh.web;

import io.hubmesh.accounts.SignedIn;
import io.hubmesh.accounts.Subject;
import io.hubmesh.accounts.Welcome;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;

/** Notes at the handshake what a socket rests on: the request is gone once the socket is open. */
@Component
class Door implements HandshakeInterceptor {

    private static final String GUEST = "hubmesh.guest";

    private final Welcome welcome;

    Door(Welcome welcome) {
        this.welcome = welcome;
    }

    /** Whoever opened that socket. */
    static @Nullable Guest guestOf(Map<String, Object> attributes) {
        return attributes.get(GUEST) instanceof Guest guest ? guest : null;
    }

    @Override
    public boolean beforeHandshake(
            ServerHttpRequest request,
            ServerHttpResponse response,
            WebSocketHandler handler,
            Map<String, Object> attributes) {
        Optional<Subject> subject = subjectOf(request.getPrincipal());
        if (subject.isEmpty() || !(request instanceof ServletServerHttpRequest servlet)) {
            response.setStatusCode(HttpStatus.UNAUTHORIZED);
            return false;
        }
        attributes.put(GUEST, guest(subject.get(), servlet.getServletRequest()));
        return true;
    }

    @Override
    public void afterHandshake(
            ServerHttpRequest request,
            ServerHttpResponse response,
            WebSocketHandler handler,
            @Nullable Exception failure) {
        // the socket speaks for itself from here on
    }

    private Guest guest(Subject subject, HttpServletRequest request) {
        return new Guest(subject.accountId(), HostName.of(request.getServerName()), welcome.of(subject, request));
    }

    private static Optional<Subject> subjectOf(@Nullable Principal principal) {
        return principal instanceof Authentication authentication
                        && authentication.getPrincipal() instanceof SignedIn signedIn
                ? Optional.of(signedIn.subject())
                : Optional.empty();
    }
}
