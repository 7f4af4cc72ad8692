package io.hubmesh.accounts;

import io.hubmesh.accounts.events.AccessEnded;
import io.hubmesh.accounts.events.TokenMade;
import io.hubmesh.accounts.events.TokenWithdrawn;
import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Personal access tokens: made, listed, revoked, recognised. */
@Service
@Transactional
public class AccessTokens {

    /** Lets secret scanners know one when they see it. */
    static final String PREFIX = "hmt_";

    private static final int SECRET_BYTES = 32;
    private static final int LONGEST_NAME = 64;
    private static final int MOST_PER_ACCOUNT = 100;

    private final AccessTokenRows rows;
    private final AccountRows accounts;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    AccessTokens(AccessTokenRows rows, AccountRows accounts, ApplicationEventPublisher events, Clock clock) {
        this.rows = rows;
        this.accounts = accounts;
        this.events = events;
        this.clock = clock;
    }

    /** A token and its secret, which is told only here. */
    public record Created(AccessToken token, String secret) {}

    /** One that may do all that its owner may, until it is revoked. @throws ProblemException as the other */
    public Created create(Subject subject, String name) {
        return create(subject, new NewToken(name, TokenScope.ADMINISTER, null));
    }

    /**
     * Makes a token of the subject's.
     *
     * @throws ProblemException invalid-name; invalid-value when it would have ended already or the account has too many
     */
    public Created create(Subject subject, NewToken token) {
        String wanted = token.name().strip();
        if (wanted.isEmpty() || wanted.length() > LONGEST_NAME || wanted.chars().anyMatch(Character::isISOControl)) {
            throw new ProblemException(ProblemCode.INVALID_NAME, "A token's name has 1 to 64 characters.");
        }
        if (token.expiresAt() != null && !token.expiresAt().isAfter(clock.instant())) {
            throw new ProblemException(
                    ProblemCode.INVALID_VALUE, "A token ends at a time to come. Choose a later one.");
        }
        UUID account = subject.accountId().value();
        if (rows.findByAccountIdOrderByCreatedAt(account).size() >= MOST_PER_ACCOUNT) {
            throw new ProblemException(
                    ProblemCode.INVALID_VALUE, "You have " + MOST_PER_ACCOUNT + " tokens. Revoke one first.");
        }
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        String secret = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        NewToken named = new NewToken(wanted, token.scope(), token.expiresAt());
        AccessToken made = rows.save(new AccessTokenRow(account, named, hash(secret), clock.instant()))
                .toToken();
        events.publishEvent(new TokenMade(subject.accountId(), made.id(), made.name()));
        return new Created(made, secret);
    }

    /** An account's, oldest first. */
    @Transactional(readOnly = true)
    public List<AccessToken> of(AccountId account) {
        return rows.findByAccountIdOrderByCreatedAt(account.value()).stream()
                .map(AccessTokenRow::toToken)
                .toList();
    }

    /** Ends one of an account's tokens at once. @throws ProblemException not-found */
    public void revoke(AccountId account, UUID token) {
        AccessTokenRow row = rows.findByIdAndAccountId(token, account.value())
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND));
        rows.delete(row);
        events.publishEvent(new TokenWithdrawn(account, token, row.toToken().name()));
        events.publishEvent(new Known.Outdated());
        events.publishEvent(new AccessEnded(account));
    }

    /** Notes that a token was used just now. */
    void used(UUID token) {
        rows.used(token, clock.instant());
    }

    /** What the secret with that hash stands for; nothing when it is unknown, revoked, or its owner is disabled. */
    @Transactional(readOnly = true)
    Optional<Recognised> recognise(String hash) {
        Optional<Recognised> found = rows.findBySecretHash(hash).flatMap(row -> accounts.findById(row.accountId())
                .map(AccountRow::toSignedIn)
                .filter(SignedIn::isEnabled)
                .map(row::toRecognised));
        found.ifPresent(recognised -> recognised.signedIn().eraseCredentials());
        return found;
    }

    /** A plain hash is enough for 256 random bits; it needs no salt and no stretching. */
    static String hash(String secret) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
