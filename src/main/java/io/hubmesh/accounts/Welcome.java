package io.hubmesh.accounts;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.stereotype.Component;

/** Whether somebody whose answer goes on and on, such as a stream or a socket, may still have it. */
@Component
public class Welcome {

    private static final String SCHEME = "Bearer ";

    private final Known known;

    Welcome(Known known) {
        this.known = known;
    }

    /** The secret in an {@code Authorization: Bearer} header (RFC 6750); null when the request carries none. */
    public static @Nullable String secretIn(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? header.substring(SCHEME.length()).strip()
                : null;
    }

    /**
     * True for as long as the account is let in, unchanged, and the token of this request stands, or its session lives and
     * is still that account's. May be asked from any thread, also when the request is long over.
     */
    public BooleanSupplier of(Subject subject, HttpServletRequest request) {
        BooleanSupplier credentials = credentials(subject, request);
        return () -> stillIn(subject) && credentials.getAsBoolean();
    }

    private boolean stillIn(Subject subject) {
        return known.account(subject.accountId())
                .filter(account -> account.role() == subject.role())
                .isPresent();
    }

    private BooleanSupplier credentials(Subject subject, HttpServletRequest request) {
        String secret = secretIn(request);
        if (secret != null) {
            return () -> known.recognise(secret).isPresent();
        }
        HttpSession session = request.getSession(false);
        return () -> session != null && isOf(subject, session);
    }

    private static boolean isOf(Subject subject, HttpSession session) {
        try {
            Object context = session.getAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY);
            return context instanceof SecurityContext security && isOf(subject, security.getAuthentication());
        } catch (IllegalStateException ended) {
            return false;
        }
    }

    private static boolean isOf(Subject subject, @Nullable Authentication authentication) {
        return authentication != null
                && authentication.getPrincipal() instanceof SignedIn signedIn
                && signedIn.subject().accountId().equals(subject.accountId());
    }
}
