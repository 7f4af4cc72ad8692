package io.hubmesh.accounts.web;

import io.hubmesh.accounts.Sessions;
import io.hubmesh.accounts.SignedIn;
import io.hubmesh.accounts.Subject;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;

/** Notes where somebody has signed in, and leads them to the page that they wanted. */
class SignInSuccess extends SavedRequestAwareAuthenticationSuccessHandler {

    private final SignInGate gate;
    private final DeviceCookie devices;
    private final Sessions sessions;

    SignInSuccess(SignInGate gate, DeviceCookie devices, Sessions sessions) {
        this.gate = gate;
        this.devices = devices;
        this.sessions = sessions;
        setDefaultTargetUrl("/library");
        setRequestCache(new PagesOnlyRequestCache());
    }

    @Override
    public void onAuthenticationSuccess(
            HttpServletRequest request, HttpServletResponse response, Authentication authentication)
            throws IOException, ServletException {
        gate.succeeded(request);
        if (authentication.getPrincipal() instanceof SignedIn signedIn) {
            Subject subject = signedIn.subject();
            devices.remember(subject.accountId(), subject.name(), request, response);
            sessions.begin(subject.accountId(), request);
        }
        super.onAuthenticationSuccess(request, response, authentication);
    }
}
