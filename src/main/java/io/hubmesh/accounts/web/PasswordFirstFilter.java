package io.hubmesh.accounts.web;

import io.hubmesh.accounts.SignedIn;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.web.Problems;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets an account whose password somebody else has chosen do nothing but choose another, or sign out. */
class PasswordFirstFilter extends OncePerRequestFilter {

    static final String PAGE = "/account/password";

    private static final Set<String> LET_THROUGH = Set.of(PAGE, "/api/v1/me/password", "/sign-out", Security.SIGN_IN);

    private final Problems problems;

    PasswordFirstFilter(Problems problems) {
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getServletPath();
        return LET_THROUGH.contains(path) || path.startsWith("/assets/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication == null
                || !(authentication.getPrincipal() instanceof SignedIn signedIn)
                || !signedIn.mustChangePassword()) {
            chain.doFilter(request, response);
        } else if (Problems.wantsProblem(request)) {
            problems.write(request, response, ProblemCode.PASSWORD_CHANGE_REQUIRED);
        } else {
            response.sendRedirect(PAGE);
        }
    }
}
