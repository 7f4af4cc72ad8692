package io.hubmesh.accounts.web;

import io.hubmesh.accounts.SignedIn;
import io.hubmesh.accounts.events.AccessEnded;
import io.hubmesh.accounts.events.SignedOut;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.security.authentication.event.LogoutSuccessEvent;
import org.springframework.stereotype.Component;

/** Tells the other rooms when somebody has signed out; the session has ended by then. */
@Component
class SigningOut {

    private final ApplicationEventPublisher events;

    SigningOut(ApplicationEventPublisher events) {
        this.events = events;
    }

    @EventListener
    void on(LogoutSuccessEvent signedOut) {
        if (signedOut.getAuthentication().getPrincipal() instanceof SignedIn signedIn) {
            events.publishEvent(new SignedOut(signedIn.subject().accountId()));
            events.publishEvent(new AccessEnded(signedIn.subject().accountId()));
        }
    }
}
