package io.hubmesh.audit.facts;

import io.hubmesh.accounts.SignedIn;
import io.hubmesh.audit.Actor;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Whose request this thread is answering, and from where it came: facts are told by the thread that did them. */
final class Circumstances {

    private Circumstances() {}

    /** Whoever is signed in to the request; nobody when nobody is; the hub when this thread answers no request. */
    static Actor actor() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication != null && authentication.getPrincipal() instanceof SignedIn signedIn) {
            return Actor.of(signedIn.subject());
        }
        return inRequest() ? Actor.NOBODY : Actor.HUB;
    }

    /** Of the client, or of the last proxy that is not trusted to tell; null when there is no request. */
    static @Nullable String address() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes request
                ? request.getRequest().getRemoteAddr()
                : null;
    }

    static boolean inRequest() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes;
    }
}
