package io.hubmesh.accounts.web;

import io.hubmesh.accounts.AccessToken;
import io.hubmesh.accounts.AccessTokens;
import io.hubmesh.accounts.Subject;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import io.hubmesh.web.Items;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
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

    record Wanted(@Nullable String name) {}

    record Made(UUID id, String name, Instant createdAt, String secret) {}

    @GetMapping
    Items<AccessToken> mine(Subject subject) {
        return new Items<>(tokens.of(subject));
    }

    @PostMapping
    ResponseEntity<Made> create(Subject subject, @RequestBody Wanted wanted) {
        if (wanted.name() == null) {
            throw new ProblemException(ProblemCode.INVALID_NAME, "Give the token a name.");
        }
        AccessTokens.Created created = tokens.create(subject, wanted.name());
        AccessToken token = created.token();
        return ResponseEntity.created(URI.create("/api/v1/tokens/" + token.id()))
                .body(new Made(token.id(), token.name(), token.createdAt(), created.secret()));
    }

    @DeleteMapping("/{token}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(Subject subject, @PathVariable UUID token) {
        tokens.revoke(subject, token);
    }
}
