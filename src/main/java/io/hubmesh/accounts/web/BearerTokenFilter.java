package io.hubmesh.accounts.web;

import io.hubmesh.accounts.Known;
import io.hubmesh.accounts.SignedIn;
import io.hubmesh.accounts.Welcome;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.web.Problems;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Signs a request in by its {@code Authorization: Bearer} header (RFC 6750), for that request alone. */
class BearerTokenFilter extends OncePerRequestFilter {

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
        Optional<SignedIn> signedIn = secret == null ? Optional.empty() : known.recognise(secret);
        if (signedIn.isEmpty()) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
            problems.write(request, response, ProblemCode.TOKEN_INVALID);
            return;
        }
        signedIn.get().eraseCredentials();
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                signedIn.get(), null, signedIn.get().getAuthorities()));
        SecurityContextHolder.setContext(context);
        chain.doFilter(request, response);
    }
}
