package io.hubmesh.accounts.web;

import io.hubmesh.accounts.AccessToken;
import io.hubmesh.accounts.AccessTokens;
import io.hubmesh.accounts.NewToken;
import io.hubmesh.accounts.Recognised;
import io.hubmesh.accounts.Subject;
import io.hubmesh.accounts.TokenScope;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.web.Items;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** One's own access tokens. */
@RestController
@RequestMapping("/api/v1/tokens")
class TokensController {

    private final AccessTokens tokens;

    TokensController(AccessTokens tokens) {
        this.tokens = tokens;
    }

    /** @param scope READ when it is not given: whoever wants more says so */
    record Wanted(
            @Nullable String name,
            @Nullable TokenScope scope,
            @Nullable Instant expiresAt) {}

    record Made(
            UUID id,
            String name,
            TokenScope scope,
            Instant createdAt,
            @Nullable Instant expiresAt,
            String secret) {}

    @GetMapping
    Items<AccessToken> mine(Subject subject) {
        return new Items<>(tokens.of(subject.accountId()));
    }

    @PostMapping
    ResponseEntity<Made> create(Subject subject, Authentication authentication, @RequestBody Wanted wanted) {
        if (wanted.name() == null) {
            throw new ProblemException(ProblemCode.INVALID_NAME, "Give the token a name.");
        }
        NewToken token = new NewToken(
                wanted.name(), wanted.scope() == null ? TokenScope.READ : wanted.scope(), wanted.expiresAt());
        requireWithin(authentication, token);
        AccessTokens.Created created = tokens.create(subject, token);
        AccessToken made = created.token();
        return ResponseEntity.created(URI.create("/api/v1/tokens/" + made.id()))
                .body(new Made(
                        made.id(), made.name(), made.scope(), made.createdAt(), made.expiresAt(), created.secret()));
    }

    @DeleteMapping("/{token}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(Subject subject, @PathVariable UUID token) {
        tokens.revoke(subject.accountId(), token);
    }

    /** A token makes none that may do more than itself, or for longer. */
    static void requireWithin(Authentication authentication, NewToken wanted) {
        if (authentication.getDetails() instanceof Recognised own
                && (!own.scope().includes(wanted.scope()) || outlives(own.expiresAt(), wanted.expiresAt()))) {
            throw new ProblemException(
                    ProblemCode.INSUFFICIENT_SCOPE,
                    "A token makes no token that may do more than itself, or for longer. Make it on the page of your account.");
        }
    }

    private static boolean outlives(@Nullable Instant own, @Nullable Instant wanted) {
        return own != null && (wanted == null || wanted.isAfter(own));
    }
}
