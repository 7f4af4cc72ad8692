package io.hubmesh.accounts.web;

import io.hubmesh.accounts.Sessions;
import io.hubmesh.accounts.SignedIn;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;

/** Notes where somebody has signed in, and leads them to the page that they wanted. */
class SignInSuccess extends SavedRequestAwareAuthenticationSuccessHandler {

    private final Sessions sessions;

    SignInSuccess(Sessions sessions) {
        this.sessions = sessions;
        setDefaultTargetUrl("/library");
        setRequestCache(new PagesOnlyRequestCache());
    }

    @Override
    public void onAuthenticationSuccess(
            HttpServletRequest request, HttpServletResponse response, Authentication authentication)
            throws IOException, ServletException {
        if (authentication.getPrincipal() instanceof SignedIn signedIn) {
            sessions.begin(signedIn.subject().accountId(), request);
        }
        super.onAuthenticationSuccess(request, response, authentication);
    }
}
