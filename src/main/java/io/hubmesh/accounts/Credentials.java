package io.hubmesh.accounts;

import io.hubmesh.accounts.events.AccessEnded;
import io.hubmesh.accounts.events.PasswordChanged;
import io.hubmesh.accounts.events.SessionEnded;
import io.hubmesh.kernel.AccountId;
import io.hubmesh.kernel.ProblemCode;
import io.hubmesh.kernel.ProblemException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Changes the password of an account, and ends what was begun under the old one. */
@Service
@Transactional
public class Credentials {

    private final AccountRows rows;
    private final Passwords passwords;
    private final ApplicationEventPublisher events;

    Credentials(AccountRows rows, Passwords passwords, ApplicationEventPublisher events) {
        this.rows = rows;
        this.passwords = passwords;
        this.events = events;
    }

    /**
     * Changes one's own password. All sessions end but the one in which it was changed.
     *
     * @param session the session that goes on; null when a token asks
     * @return the principal that this session goes on with
     * @throws ProblemException invalid-password when the current one is wrong or the next one is not taken
     */
    public SignedIn change(Subject subject, String current, String next, @Nullable UUID session) {
        AccountRow row = row(subject.accountId());
        if (!passwords.matches(current, row.passwordHash())) {
            throw new ProblemException(ProblemCode.INVALID_PASSWORD, "The current password is not right.");
        }
        if (passwords.matches(next, row.passwordHash())) {
            throw new ProblemException(
                    ProblemCode.INVALID_PASSWORD, "That is the password you have. Choose another one.");
        }
        row.changePassword(passwords.hash(next), false);
        events.publishEvent(new PasswordChanged(subject.accountId()));
        tellOver(subject.accountId(), session);
        return row.toSignedIn();
    }

    /**
     * Gives an account a password that the hub makes. Its sessions end, and it can do nothing, also by its tokens, before it has chosen
     * another.
     *
     * @return the password, told only here
     * @throws ProblemException not-found
     */
    public String reset(AccountId account) {
        String generated = passwords.generate();
        row(account).changePassword(passwords.hash(generated), true);
        events.publishEvent(new PasswordChanged(account));
        tellOver(account, null);
        return generated;
    }

    /** Ends all sessions of an account, wherever they are. Tokens stay. @throws ProblemException not-found */
    public void signOutEverywhere(AccountId account) {
        row(account).endSessions();
        events.publishEvent(new SessionEnded(account));
        tellOver(account, null);
    }

    private void tellOver(AccountId account, @Nullable UUID exceptSession) {
        events.publishEvent(new Known.Outdated());
        events.publishEvent(new Sessions.Over(account, exceptSession));
        events.publishEvent(new AccessEnded(account));
    }

    private AccountRow row(AccountId account) {
        return rows.findById(account.value()).orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND));
    }
}
