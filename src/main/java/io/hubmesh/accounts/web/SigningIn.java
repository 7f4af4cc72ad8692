package io.hubmesh.accounts.web;

import io.hubmesh.accounts.SignedIn;
import io.hubmesh.accounts.events.SignInAccepted;
import io.hubmesh.accounts.events.SignInRefused;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.security.authentication.event.AbstractAuthenticationFailureEvent;
import org.springframework.security.authentication.event.AuthenticationFailureDisabledEvent;
import org.springframework.security.authentication.event.InteractiveAuthenticationSuccessEvent;
import org.springframework.stereotype.Component;

/** Tells the other rooms who has signed in, and who was not let in. */
@Component
class SigningIn {

    private final ApplicationEventPublisher events;

    SigningIn(ApplicationEventPublisher events) {
        this.events = events;
    }

    @EventListener
    void on(InteractiveAuthenticationSuccessEvent accepted) {
        if (accepted.getAuthentication().getPrincipal() instanceof SignedIn signedIn) {
            events.publishEvent(new SignInAccepted(signedIn.subject().accountId()));
        }
    }

    @EventListener
    void on(AbstractAuthenticationFailureEvent refused) {
        SignInRefused.Reason reason = refused instanceof AuthenticationFailureDisabledEvent
                ? SignInRefused.Reason.DISABLED
                : SignInRefused.Reason.WRONG;
        events.publishEvent(new SignInRefused(refused.getAuthentication().getName(), reason));
    }
}
