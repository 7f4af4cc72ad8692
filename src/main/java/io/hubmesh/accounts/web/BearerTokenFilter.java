package io.hubmesh.accounts.web;

import io.hubmesh.accounts.Known;
import io.hubmesh.accounts.Recognised;
import io.hubmesh.accounts.SignedIn;
import io.hubmesh.accounts.TokenScope;
import io.hubmesh.accounts.Welcome;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.web.Problems;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Signs a request in by its {@code Authorization: Bearer} header (RFC 6750), for that request alone, and only if the token was made for
 * requests of this kind. What the token stands for are the details of the authentication.
 */
class BearerTokenFilter extends OncePerRequestFilter {

    /** The safe methods (RFC 9110, 9.2.1) that the hub answers. The mesh's socket is opened by one: whoever may read may fetch and serve. */
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final Known known;
    private final Problems problems;

    BearerTokenFilter(Known known, Problems problems) {
        this.known = known;
        this.problems = problems;
    }

    static boolean carriesToken(HttpServletRequest request) {
        return Welcome.secretIn(request) != null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String secret = Welcome.secretIn(request);
        Optional<Recognised> token = secret == null ? Optional.empty() : known.recognise(secret);
        if (token.isEmpty()) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
            problems.write(request, response, ProblemCode.TOKEN_INVALID);
            return;
        }
        signIn(token.get()); // also before a refusal: the audit says whose token it was
        TokenScope needed = neededBy(request);
        if (!token.get().scope().includes(needed)) {
            String scope = needed.name().toLowerCase(Locale.ROOT);
            response.setHeader(
                    HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"insufficient_scope\", scope=\"" + scope + "\"");
            problems.write(request, response, ProblemCode.INSUFFICIENT_SCOPE);
            return;
        }
        known.used(token.get());
        chain.doFilter(request, response);
    }

    /** The one place that says what a token must have been made for. */
    private static TokenScope neededBy(HttpServletRequest request) {
        if (Administration.isAskedBy(request)) {
            return TokenScope.ADMINISTER;
        }
        return READING.contains(request.getMethod()) ? TokenScope.READ : TokenScope.WRITE;
    }

    private static void signIn(Recognised token) {
        SignedIn signedIn = token.signedIn();
        UsernamePasswordAuthenticationToken authentication =
                UsernamePasswordAuthenticationToken.authenticated(signedIn, null, signedIn.getAuthorities());
        authentication.setDetails(token);
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(authentication);
        SecurityContextHolder.setContext(context);
    }
}
